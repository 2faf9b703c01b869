"""Pages of this slice."""

from motcua.subsystems.staffing.views.absences import absence_act, absences_page
from motcua.subsystems.staffing.views.assigning import assigning, distribution, handle, rule, stop

__all__ = [
    "absence_act",
    "absences_page",
    "assigning",
    "distribution",
    "handle",
    "rule",
    "stop",
]
