"""Every write of the synchronisation."""

from motcua.subsystems.national_portal.services.delivering import deliver
from motcua.subsystems.national_portal.services.reconciling import reconcile
from motcua.subsystems.national_portal.services.reporting import report_dossier, send_again
from motcua.subsystems.national_portal.services.taking import (
    collect_filed,
    set_aside,
    take,
    take_again,
)

__all__ = [
    "collect_filed",
    "deliver",
    "reconcile",
    "report_dossier",
    "send_again",
    "set_aside",
    "take",
    "take_again",
]
