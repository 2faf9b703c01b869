"""A dossier while it is taken in at the counter: two drafts and the uploads under one key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from motcua.casework.access.public import Actor, allowed
from motcua.casework.attachments.public import Attachment, draft_attachments
from motcua.casework.forms.public import (
    Draft,
    FormDefinition,
    Outcome,
    draft_of,
    drafts_of,
    one_screen,
    prefill,
    save_draft,
    take_screen,
)
from motcua.casework.ledger.public import record
from motcua.casework.people.public import party_by_identity
from motcua.foundation.errors import Conflict, NotAllowed
from motcua.foundation.timesource import today
from motcua.subsystems.applications.console_views.counter_form import (
    FORM_ID,
    STEP,
    answers_from,
    counter_form,
    source_of,
)
from motcua.subsystems.applications.dossiers import form_of
from motcua.subsystems.procedures.public import (
    Paper,
    ProcedureVersion,
    case_for,
    components_for,
    procedures,
    version_in_force,
)

RECEIVE = "applications.receive_at_counter"


@dataclass(slots=True)
class CounterDraft:
    """What a clerk has taken down so far for one procedure."""

    actor: Actor
    version: ProcedureVersion
    key: str
    agency_id: int

    @property
    def form(self) -> FormDefinition:
        """The procedure's e-form."""
        return form_of(self.version)

    @property
    def sheet(self) -> FormDefinition:
        """The whole e-form on one page, as the counter fills it in."""
        form = self.form
        return one_screen(form, (name for step in form.steps for name in step.fields))

    @property
    def name(self) -> str:
        """The procedure's name in the reader's language."""
        english = (get_language() or "vi").startswith("en")
        return self.version.name_en if english else self.version.name

    def person(self) -> Draft | None:
        """Who stands at the counter, as taken down."""
        return draft_of(self.actor, FORM_ID, self.context)

    def answers(self) -> Draft | None:
        """The e-form, as filled in so far."""
        return draft_of(self.actor, self.form.id, self.context)

    @property
    def context(self) -> str:
        """The key of the person's draft; it names the procedure for the list of open drafts."""
        return f"{self.version.procedure.code}/{self.key}"

    @property
    def channel(self) -> str:
        """How the dossier came; at the counter until the clerk says otherwise."""
        person = self.person()
        return str(person.answers.get("channel", "counter")) if person else "counter"

    def known(self) -> dict[str, Any]:
        """Values of the e-form's declared variables."""
        return {"channel": self.channel, "applicant": []}

    def uploads(self) -> list[Attachment]:
        """The scans received so far."""
        return list(draft_attachments(self.actor, self.context))

    def papers(self, answers: Mapping[str, Any]) -> Sequence[Paper]:
        """The papers this application needs."""
        document, on = self.version.document, today()
        case = case_for(document, answers, on)
        return components_for(document, answers, channel=self.channel, case=case, on=on)


def counter_of(actor: Actor) -> int:
    """The centre at whose counter the actor works.

    Raises:
        NotAllowed: at none.
    """
    for post in actor.posts:
        if allowed(actor, RECEIVE, agency_id=post.agency_id):
            return post.agency_id
    raise NotAllowed


def open_draft(actor: Actor, code: str, key: UUID) -> CounterDraft:
    """The draft under this key; empty when nothing was taken down yet.

    Raises:
        NotAllowed: the actor works at no counter. NoVersionInForce: no such procedure.
    """
    agency_id = counter_of(actor)
    return CounterDraft(actor, version_in_force(code, today()), key.hex, agency_id)


def procedures_at_counter() -> list[tuple[str, str, str]]:
    """Procedures taken at the counter: code, name, field; in the reader's language."""
    english = (get_language() or "vi").startswith("en")
    return [
        (
            v.procedure.code,
            v.name_en if english else v.name,
            v.procedure.field.name_en if english else v.procedure.field.name,
        )
        for v in procedures(today())
        if "counter" in v.document["channels"]
    ]


def open_drafts(actor: Actor) -> list[dict[str, Any]]:
    """What the clerk began and did not finish, newest first."""
    names = {code: name for code, name, _field in procedures_at_counter()}
    found: list[dict[str, Any]] = []
    for row in drafts_of(actor):
        code, _slash, key = row.context_key.partition("/")
        if row.form_key == FORM_ID and code in names and key:
            found.append(
                {"code": code, "key": UUID(key), "name": names[code], "at": row.updated_at}
            )
    return found


def look_up(draft: CounterDraft, number: str) -> bool:
    """Lay what is on record of a person into the draft; whether anybody was found.

    Who looked whom up stands in the ledger.
    """
    party = party_by_identity(number)
    person = draft.person()
    answers = dict(person.answers) if person else {}
    answers = {**answers, "identity_number": number, "channel": answers.get("channel", "counter")}
    if party is not None:
        answers |= answers_from(party)
        record(
            actor=draft.actor,
            chain=f"lookups:{draft.actor.account_id}",
            verb="people.look_up",
            after={"party": party.pk},
        )
    remember_person(draft, answers)
    return party is not None


def remember_person(draft: CounterDraft, answers: Mapping[str, Any]) -> None:
    """Keep who stands at the counter."""
    person = draft.person()
    _keep(draft, counter_form(), answers, person.revision if person else 0)


def take_person(draft: CounterDraft, posted: Any) -> Outcome:
    """Take the person's screen; when it is right, lay the facts into the e-form."""
    person = draft.person()
    before = person.answers if person else {}
    outcome = take_screen(counter_form(), STEP, posted, before, today=today())
    _keep(draft, counter_form(), outcome.answers, person.revision if person else 0)
    if not outcome.step:
        lay_into_form(draft, outcome.answers)
    return outcome


def lay_into_form(draft: CounterDraft, person: Mapping[str, Any]) -> None:
    """Prefill the procedure's e-form with the person's facts."""
    present = draft.answers()
    answers, origins = prefill(
        draft.form, {"party": source_of(person)}, present.answers if present else {}
    )
    save_draft(
        actor=draft.actor,
        definition=draft.form,
        context_key=draft.context,
        answers=answers,
        origins={**origins, **(present.origins if present else {})},
        revision=present.revision if present else 0,
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """One posted screen of the e-form; ``stale`` when another window saved meanwhile."""

    outcome: Outcome
    revision: int
    stale: bool = False


def take_form_step(draft: CounterDraft, step: str, posted: Any) -> Taken:
    """Take one screen of the e-form and keep it, unless another window was quicker."""
    present = draft.answers()
    before = present.answers if present else {}
    known = draft.known()
    outcome = take_screen(draft.sheet, step, posted, before, today=today(), context=known)
    try:
        revision = save_draft(
            actor=draft.actor,
            definition=draft.form,
            context_key=draft.context,
            answers=outcome.answers,
            origins=present.origins if present else {},
            current_step=outcome.step,
            revision=outcome.revision if present else 0,
        )
    except Conflict:
        return Taken(outcome, present.revision if present else 0, stale=True)
    return Taken(outcome, revision)


def _keep(
    draft: CounterDraft, form: FormDefinition, answers: Mapping[str, Any], revision: int
) -> None:
    save_draft(
        actor=draft.actor,
        definition=form,
        context_key=draft.context,
        answers=answers,
        revision=revision,
    )


def keep_shown(
    draft: CounterDraft, shown: Sequence[str], counts: Mapping[str, Sequence[int]]
) -> None:
    """Remember which papers came: shown, and how many originals and copies were taken."""
    person = draft.person()
    if person is not None:
        taken = {paper: list(numbers) for paper, numbers in counts.items()}
        answers = {**person.answers, "papers": list(shown), "counts": taken}
        _keep(draft, counter_form(), answers, person.revision)
