"""The end of the counter's work: what it costs, filing, accepting in the same breath."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.casework.access.public import Actor
from motcua.casework.forms.public import discard_draft
from motcua.foundation.errors import DomainError
from motcua.foundation.timesource import today
from motcua.subsystems.applications.console_views.counter_draft import CounterDraft
from motcua.subsystems.applications.console_views.counter_form import (
    FORM_ID,
    details_of,
    helper_of,
)
from motcua.subsystems.applications.console_views.feeing import fee_ask
from motcua.subsystems.applications.console_views.sent import Ask
from motcua.subsystems.applications.groups_shown import dossiers_filed
from motcua.subsystems.applications.public import Filing, act, dossier_page, receive_at_counter
from motcua.subsystems.applications.services.verbs.receiving import claimed_classes
from motcua.subsystems.procedures.public import case_for


def file_it(
    draft: CounterDraft, shown: Sequence[str], counts: Mapping[str, tuple[int, int]], key: str
) -> dict[str, Any]:
    """File the dossier for the person at the counter.

    Raises:
        InvalidInput: by field, ``paper-<id>`` for papers. NotFileable, NotAllowed.
    """
    person, present = draft.person(), draft.answers()
    answers = present.answers if present else {}
    filing = Filing(
        procedure_code=draft.version.procedure.code,
        answers=answers,
        receiving_agency_id=draft.agency_id,
        draft_key=draft.context,
        papers_shown=tuple(shown),
        paper_counts=counts,
        helper=helper_of(person.answers if person else {}),
    )
    done = receive_at_counter(
        actor=draft.actor,
        filing=filing,
        applicant=details_of(person.answers if person else {}),
        channel=draft.channel,
        key=key,
    )
    for form_key in (FORM_ID, draft.form.id):
        discard_draft(actor=draft.actor, form_key=form_key, context_key=draft.context)
    return done


def fee_of(draft: CounterDraft, answers: Mapping[str, Any]) -> Ask:
    """What the dossier will cost, or the field for the amount where no rule knows it."""
    document = draft.version.document
    variant = case_for(document, answers, today())
    return fee_ask(document, answers, variant, draft.channel, claimed_classes(None, answers))


def accept_now(actor: Actor, uid: str, key: str, payload: Mapping[str, Any]) -> DomainError | None:
    """Accept what was just filed (of a group: what is open); the refusal when impossible."""
    problems = [_accept(actor, one, key, payload) for one in dossiers_filed(actor, uid)]
    return next((problem for problem in problems if problem), None)


def _accept(actor: Actor, uid: str, key: str, payload: Mapping[str, Any]) -> DomainError | None:
    for possible in dossier_page(actor, uid).actions:
        if possible.verb == "accept":
            try:
                act(
                    actor=actor,
                    uid=uid,
                    token_id=possible.token_id,
                    action=possible.action,
                    payload=payload,
                    key=f"{key}-accept-{uid[:8]}",
                )
            except DomainError as problem:
                return problem
    return None
