"""What goes into the store when a dossier moves on."""

from __future__ import annotations

from motcua.casework.access.public import SYSTEM
from motcua.foundation.outbox.public import EventMessage, subscribes
from motcua.subsystems.papers.services import keep_papers


@subscribes("applications.accept", "papers.keep_given")
def keep_given(event: EventMessage) -> None:
    """The papers of an accepted dossier."""
    keep_papers(actor=SYSTEM, case_id=int(event.payload["case_id"]))


@subscribes("applications.issue", "papers.keep_result")
def keep_result(event: EventMessage) -> None:
    """The sealed result."""
    facts = event.payload
    if document := str(facts.get("document", "")):
        keep_papers(actor=SYSTEM, case_id=int(facts["case_id"]), result=document)
