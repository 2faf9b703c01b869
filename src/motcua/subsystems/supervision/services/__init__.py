"""Every write of this slice."""

from motcua.subsystems.supervision.services.evaluating import (
    FIELDS,
    ask_closing,
    enter_fact,
    find_attitude,
    freeze,
    open_period,
)
from motcua.subsystems.supervision.services.rolling import (
    count_past_quality,
    differences,
    follow,
    note_quality,
    rebuild,
)

__all__ = [
    "FIELDS",
    "ask_closing",
    "count_past_quality",
    "differences",
    "enter_fact",
    "find_attitude",
    "follow",
    "freeze",
    "note_quality",
    "open_period",
    "rebuild",
]
