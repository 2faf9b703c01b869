"""Reads of this slice."""

from motcua.subsystems.staffing.selectors.absences import (
    absence_of,
    absences,
    away_on,
    colleagues,
    standing_in_today,
)
from motcua.subsystems.staffing.selectors.assigning import (
    distribution_of,
    distributions,
    handled,
    officers,
    rule_of,
    rule_on,
    subjects,
    waiting,
)

__all__ = [
    "absence_of",
    "absences",
    "away_on",
    "colleagues",
    "distribution_of",
    "distributions",
    "handled",
    "officers",
    "rule_of",
    "rule_on",
    "standing_in_today",
    "subjects",
    "waiting",
]
