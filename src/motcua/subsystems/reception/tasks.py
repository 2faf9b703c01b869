"""What follows from acts in the hall: links to dossiers, mail, the night's wiping."""

from __future__ import annotations

from typing import Any

from motcua.casework.access.public import SYSTEM
from motcua.casework.cases.public import StateChange
from motcua.foundation.outbox.public import EventMessage, enqueue, every, handles, subscribes
from motcua.subsystems.reception.mailing import mail_appointment
from motcua.subsystems.reception.services import link_case, wipe_personal_data

MAIL = "reception.mail"


@subscribes("applications.submitted", "reception.link_case")
def link_filed_dossier(event: EventMessage) -> None:
    """A dossier filed by a clerk belongs to the ticket that clerk is serving."""
    case_id = int(event.payload["case_id"])
    first = StateChange.objects.filter(case_id=case_id).order_by("seq").first()
    if first is not None and first.account_id is not None:
        link_case(actor=SYSTEM, account_id=first.account_id, case_id=case_id)


@subscribes("reception.appointment_changed", "reception.mail_appointment")
def ask_for_mail(event: EventMessage) -> None:
    """Ask for the confirmation of an appointment's newest state."""
    facts = event.payload
    key = f"appointment:{facts['appointment_id']}:{facts['sequence']}"
    enqueue(MAIL, {"appointment_id": facts["appointment_id"]}, dedupe_key=key)


@handles(MAIL, in_transaction=False)
def send_confirmation(payload: dict[str, Any]) -> None:
    """Mail one appointment with its calendar file."""
    mail_appointment(int(payload["appointment_id"]))


@every(6 * 3600, "reception.wipe")
def wipe() -> None:
    """Wipe cards and contacts that are no longer needed."""
    wipe_personal_data()
