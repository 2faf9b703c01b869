"""The door of this slice: what others may call."""

from motcua.subsystems.applications.api import (
    DossierItem,
    OwnDossier,
    dossier_facts,
    item_facts,
)
from motcua.subsystems.applications.case_panels import Panel, offer_panel
from motcua.subsystems.applications.communes import commune_options, communes
from motcua.subsystems.applications.dossiers import Dossier, dossier_of
from motcua.subsystems.applications.drafting import OpenDraft, my_drafts
from motcua.subsystems.applications.events import ACTS
from motcua.subsystems.applications.laws import one_stop_law
from motcua.subsystems.applications.models import Application, Rating, Slip
from motcua.subsystems.applications.queue_tools import offer_together
from motcua.subsystems.applications.reporting import DossierReport, dossier_report
from motcua.subsystems.applications.selectors import (
    DossierPage,
    Offer,
    PublicState,
    dossier_page,
    my_dossiers,
    offered,
    officers_of,
    public_state,
)
from motcua.subsystems.applications.services import (
    Filing,
    act,
    make_slip,
    print_control_slip,
    print_register,
    rate,
    receive_at_counter,
    submit,
)
from motcua.subsystems.applications.services.addressing import committee_of
from motcua.subsystems.applications.services.filing_elsewhere import (
    file_by_client,
    file_from_portal,
)
from motcua.subsystems.applications.services.steps import Step, perform
from motcua.subsystems.applications.shown import OwnRow, own_rows
from motcua.subsystems.applications.slip_content import slip_content
from motcua.subsystems.applications.states import APPLICATION

__all__ = [
    "ACTS",
    "APPLICATION",
    "Application",
    "Dossier",
    "DossierItem",
    "DossierPage",
    "DossierReport",
    "Filing",
    "Offer",
    "OpenDraft",
    "OwnDossier",
    "OwnRow",
    "Panel",
    "PublicState",
    "Rating",
    "Slip",
    "Step",
    "act",
    "committee_of",
    "commune_options",
    "communes",
    "dossier_facts",
    "dossier_of",
    "dossier_page",
    "dossier_report",
    "file_by_client",
    "file_from_portal",
    "item_facts",
    "make_slip",
    "my_dossiers",
    "my_drafts",
    "offer_panel",
    "offer_together",
    "offered",
    "officers_of",
    "one_stop_law",
    "own_rows",
    "perform",
    "print_control_slip",
    "print_register",
    "public_state",
    "rate",
    "receive_at_counter",
    "slip_content",
    "submit",
]
