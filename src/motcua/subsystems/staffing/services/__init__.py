"""Writes of this slice."""

from motcua.subsystems.staffing.services.absences import (
    ask_absence,
    decide_absence,
    end_absence,
    record_absence,
)
from motcua.subsystems.staffing.services.distributing import (
    GIVE,
    distribute,
    give_next,
    stop_distribution,
)
from motcua.subsystems.staffing.services.standing import (
    give_by_rule,
    let_handle,
    set_rule,
    stop_handling,
)

__all__ = [
    "GIVE",
    "ask_absence",
    "decide_absence",
    "distribute",
    "end_absence",
    "give_by_rule",
    "give_next",
    "let_handle",
    "record_absence",
    "set_rule",
    "stop_distribution",
    "stop_handling",
]
