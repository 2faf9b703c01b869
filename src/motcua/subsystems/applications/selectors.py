"""Every read of dossiers; each takes the actor and filters inside the query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count

from motcua.casework.access.public import Actor
from motcua.casework.agencies.public import holders_of
from motcua.casework.attachments.public import Attachment, attachments_of
from motcua.casework.cases.public import (
    Case,
    Correction,
    StateChange,
    case_by_code,
    cases_of_party,
    corrections_of,
    kind_of,
    timeline,
)
from motcua.casework.clock.public import MAIN, Badge, Due, active_track, badge, due_of, entries_of
from motcua.casework.forms.public import FormDefinition, settle, summary
from motcua.casework.issuing.public import digest_of
from motcua.casework.workflow.public import (
    Consultation,
    Position,
    Possible,
    actions_for,
    consultations,
    position,
)
from motcua.foundation.errors import NotFound
from motcua.foundation.timesource import now, today
from motcua.subsystems.applications.communes import commune_options
from motcua.subsystems.applications.dossiers import Dossier, form_of, load_dossier
from motcua.subsystems.applications.models import HandOver, HandOverLine, Rating, Slip, YearRegister
from motcua.subsystems.payments.public import Charge, charge_of
from motcua.subsystems.procedures.public import Paper, components_for


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper of the dossier with what was given for it."""

    paper: Paper
    state: str
    files: Sequence[Attachment]


@dataclass(frozen=True, slots=True)
class DossierPage:
    """Everything the page of a dossier shows, for the citizen or the official."""

    dossier: Dossier
    form: FormDefinition
    answers: Sequence[Any]
    papers: Sequence[PaperRow]
    history: Sequence[StateChange]
    positions: Sequence[Position]
    actions: Sequence[Possible]
    due: Due
    first_phase: Due | None
    first_answer: Due
    badge: Badge
    corrections: Sequence[Correction]
    slips: Sequence[Slip]
    charge: Charge | None
    rating: Rating | None
    consultations: Sequence[Consultation]

    @property
    def case(self) -> Case:
        return self.dossier.case

    @property
    def state(self) -> Any:
        return kind_of(self.case.kind).by_id[self.case.state]

    @property
    def open_correction(self) -> Correction | None:
        """The request that waits for the applicant's answer."""
        last = self.corrections[-1] if self.corrections else None
        return last if last is not None and last.answered_at is None else None


def dossier_page(actor: Actor, uid: UUID | str) -> DossierPage:
    """The whole page of a dossier open to the actor; a fixed number of statements.

    Raises:
        NotFound: absent or not open to the actor.
    """
    dossier = load_dossier(actor, uid)
    case, at, on = dossier.case, now(), today()
    form = form_of(dossier.version)
    settled = settle(form, dossier.answers, today=on, context={"channel": case.channel})
    entries = entries_of(case.pk)
    track = active_track(entries)
    due = due_of(case.pk, track, entries=entries)
    first = due_of(case.pk, "first_answer", entries=entries)
    shown = due if due.state != "none" else first
    official = actor.serves
    return DossierPage(
        dossier=dossier,
        form=form,
        answers=summary(form, settled, commune_options()),
        papers=_papers(dossier),
        history=timeline(case, public_only=not official),
        positions=position(case),
        actions=actions_for(actor, case, dossier.variables(on)),
        due=due,
        first_phase=due_of(case.pk, entries=entries) if track != MAIN else None,
        first_answer=first,
        badge=badge(shown, at),
        corrections=corrections_of(case),
        slips=list(
            Slip.objects.filter(case=case).select_related("document").order_by("ordered_at", "pk")
        ),
        charge=charge_of(actor, case.pk),
        rating=Rating.objects.filter(case=case).first(),
        consultations=consultations(case) if official else [],
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """The one act of a kind that somebody may do with a dossier now, and the paper it is about.

    ``digest`` is empty while there is no paper; see :func:`issuing.public.digest_of`.
    """

    possible: Possible | None
    version: int
    paper_id: int | None
    paper_version: int
    digest: str


def offered(actor: Actor, uid: UUID | str, verb: str) -> Offer:
    """Whether the process offers the actor an act of this verb now. Two statements.

    Raises:
        NotFound: absent or not open to the actor.
    """
    dossier = load_dossier(actor, uid)
    found = actions_for(actor, dossier.case, dossier.variables(today()))
    possible = next((one for one in found if one.verb == verb), None)
    paper = dossier.application.result
    if paper is None:
        return Offer(possible, dossier.case.version, None, 0, "")
    return Offer(possible, dossier.case.version, paper.pk, paper.version, digest_of(paper))


def _papers(dossier: Dossier) -> list[PaperRow]:
    files: dict[str, list[Attachment]] = {}
    for attachment in attachments_of(dossier.case.pk):
        files.setdefault(attachment.component_code, []).append(attachment)
    given: Mapping[str, Any] = dossier.application.papers
    wanted = components_for(
        dossier.package,
        dossier.answers,
        channel=dossier.case.channel,
        case=dossier.application.variant,
    )
    return [
        PaperRow(paper, given.get(paper.id, {}).get("state", ""), files.get(paper.id, []))
        for paper in wanted
    ]


def officers_of(dossier: Dossier) -> list[tuple[int, str]]:
    """The officers to whom the competent agency may give the dossier."""
    held = holders_of(dossier.case.competent_agency_id, "case_officer", today())
    return [(m.account_id, f"{m.account.display_name} — {m.post.title}") for m in held]


def my_dossiers(actor: Actor, *, before_id: int = 0, size: int = 20) -> list[Case]:
    """The citizen's own dossiers and those of the people it represents, newest first."""
    return cases_of_party(
        actor, kinds=("application", "application_group"), before_id=before_id, size=size
    )


def handed_over_next(agency_id: int, direction: str, other_id: int | None = None) -> list[Case]:
    """Dossiers forwarded (``out``) or issued (``back``) that stand on no sheet yet.

    Those of the last 30 days, oldest first, at most 500; the centre itself deciding needs none.
    """
    verb = "applications.forward" if direction == HandOver.Direction.OUT else "applications.issue"
    moved = StateChange.objects.filter(verb=verb, at__gte=now() - dt.timedelta(days=30))
    rows = (
        Case.objects.filter(
            kind="application", receiving_agency_id=agency_id, pk__in=moved.values("case_id")
        )
        .exclude(pk__in=HandOverLine.objects.filter(direction=direction).values("case_id"))
        .exclude(competent_agency_id=agency_id)
    )
    if other_id is not None:
        rows = rows.filter(competent_agency_id=other_id)
    return list(
        rows.select_related("applicant", "competent_agency").order_by("opened_at", "pk")[:500]
    )


def hand_overs_of(agency_id: int, *, most: int = 30) -> list[HandOver]:
    """The latest sheets of a centre."""
    rows = HandOver.objects.filter(agency_id=agency_id).select_related("other", "document")
    return list(rows.order_by("-made_at")[:most])


def year_registers_of(agency_ids: Iterable[int]) -> list[YearRegister]:
    """The yearly registers that were begun, newest first."""
    rows = YearRegister.objects.filter(agency_id__in=list(agency_ids))
    return list(rows.select_related("agency", "document").order_by("-year", "agency_id"))


def procedures_received(agency_id: int, since: dt.datetime) -> list[str]:
    """Codes of what a centre received at its counters since then, the most frequent first."""
    rows = (
        Case.objects.filter(
            kind="application",
            receiving_agency_id=agency_id,
            channel__in=("counter", "post"),
            opened_at__gte=since,
        )
        .values_list("subject_code")
        .annotate(times=Count("pk"))
        .order_by("-times", "subject_code")
    )
    return [code for code, _times in rows[:20]]


@dataclass(frozen=True, slots=True)
class PublicState:
    """What anybody who knows the code may see: the state and nothing about persons."""

    code: str
    state: Any
    badge: Badge
    procedure: str
    procedure_en: str


def public_state(code: str) -> PublicState:
    """The state behind a dossier code (Thông tư 01/2018/TT-VPCP, Điều 16(2)(d)).

    Raises:
        NotFound: there is no such code.
    """
    case = case_by_code(code)
    if case is None or case.code is None:
        raise NotFound
    if case.kind not in {"application", "application_group"}:
        raise NotFound
    entries = entries_of(case.pk)
    due = due_of(case.pk, active_track(entries), entries=entries)
    return PublicState(
        case.code,
        kind_of(case.kind).by_id[case.state],
        badge(due, now()),
        case.title,
        case.title_en,
    )
