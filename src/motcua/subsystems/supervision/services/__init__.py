"""Every write of this slice."""

from motcua.subsystems.supervision.services.evaluating import (
    FIELDS,
    ask_closing,
    enter_fact,
    find_attitude,
    freeze,
    open_period,
)

__all__ = ["FIELDS", "ask_closing", "enter_fact", "find_attitude", "freeze", "open_period"]
