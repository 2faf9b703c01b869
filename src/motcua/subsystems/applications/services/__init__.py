"""Every write to dossiers. One module per concern; the verbs of processes in ``verbs``."""

from motcua.subsystems.applications.services import verbs
from motcua.subsystems.applications.services.addressing import NotFileable
from motcua.subsystems.applications.services.books import close_year, print_register
from motcua.subsystems.applications.services.filing import (
    Filing,
    receive_at_counter,
    submit,
)
from motcua.subsystems.applications.services.grouping import members_of, open_again
from motcua.subsystems.applications.services.handing_over import make_hand_over
from motcua.subsystems.applications.services.outage import check_outage_file, import_outage_file
from motcua.subsystems.applications.services.printing import print_control_slip
from motcua.subsystems.applications.services.rating import AlreadyRated, rate
from motcua.subsystems.applications.services.results import NoDraftYet
from motcua.subsystems.applications.services.slips import make_slip
from motcua.subsystems.applications.services.steps import act, act_by_itself, known_verbs

__all__ = [
    "AlreadyRated",
    "Filing",
    "NoDraftYet",
    "NotFileable",
    "act",
    "act_by_itself",
    "check_outage_file",
    "close_year",
    "import_outage_file",
    "known_verbs",
    "make_hand_over",
    "make_slip",
    "members_of",
    "open_again",
    "print_control_slip",
    "print_register",
    "rate",
    "receive_at_counter",
    "submit",
    "verbs",
]
