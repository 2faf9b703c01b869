"""Everything the page of a dossier prints, gathered from what the selectors read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.casework.access.public import Actor, allowed
from motcua.casework.attachments.public import draft_attachments
from motcua.casework.cases.public import (
    Correction,
    StateChange,
    TransitionRefused,
    VersionConflict,
    claim_holder,
    lookers,
)
from motcua.casework.forms.public import AnswerChange, answer_versions, changes
from motcua.casework.workflow.public import NoSuchAction
from motcua.foundation.errors import Conflict, DomainError, InvalidInput
from motcua.foundation.timesource import now
from motcua.subsystems.applications.case_panels import Panel, panels_of
from motcua.subsystems.applications.communes import commune_options
from motcua.subsystems.applications.console_views.asking import ActionForm, action_forms
from motcua.subsystems.applications.console_views.diagrams import Drawing, diagram_of
from motcua.subsystems.applications.console_views.names import role_names
from motcua.subsystems.applications.console_views.sent import Sent
from motcua.subsystems.applications.console_views.viewing import Viewer, viewer_of
from motcua.subsystems.applications.console_views.words import verb_name
from motcua.subsystems.applications.selectors import DossierPage
from motcua.subsystems.payments.public import Receipt, collecting_agency, may_keep_obligations

TONES = {"waiting": "neutral", "working": "info", "yours": "turn", "done": "success"}
RESULT_FIRST = frozenset({"approve", "sign", "issue", "deliver", "return_for_rework"})
OVERTAKEN = (VersionConflict, NoSuchAction, TransitionRefused)
TYPED = ("reason", "note", "basis", "receiver", "repeat_reason")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why an act was refused: in words, at fields, and what others did meanwhile."""

    what: str
    advice: str
    fields: Mapping[str, str] = field(default_factory=dict[str, str])
    meanwhile: Sequence[dict[str, Any]] = ()
    seen: int | None = None
    changed: Sequence[AnswerChange] = ()
    typed: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The page of one dossier."""

    page: DossierPage
    title: str
    tone: str
    viewer: Viewer
    actions: Sequence[ActionForm]
    trouble: Trouble | None
    history: Sequence[dict[str, Any]]
    corrections: Sequence[CorrectionView]
    positions: Sequence[dict[str, Any]]
    drawing: Drawing
    lookers: Sequence[str]
    held_by_me: bool
    held_by: str
    may_hold: bool
    may_collect: bool
    may_keep_duties: bool
    may_print: bool
    methods: Sequence[tuple[str, str]]
    sent: Sent | None
    panels: Sequence[Panel] = ()

    @property
    def answers(self) -> list[tuple[Any, AnswerChange | None]]:
        """Every answer, with what it was before the last supplement where that changed it."""
        last = self.corrections[-1].changed if self.corrections else ()
        changed = {change.place: change for change in last}
        return [(row, changed.get(row.place)) for row in self.page.answers]

    @property
    def main(self) -> Sequence[ActionForm]:
        """Actions that stand open: the main ones, and one that was just refused."""
        return [form for form in self.actions if form.open]

    @property
    def others(self) -> Sequence[ActionForm]:
        """Actions behind a fold."""
        return [form for form in self.actions if not form.open]


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """One request for supplements and what changed with the answer."""

    request: Correction
    items: Sequence[Any]
    changed: Sequence[AnswerChange]


def casefile(
    actor: Actor,
    page: DossierPage,
    given: Mapping[str, str],
    sent: Sent | None = None,
    problem: DomainError | None = None,
) -> CaseFile:
    """Gather the page."""
    language = get_language() or "vi"
    case, at = page.case, now()
    errors = problem.fields if isinstance(problem, InvalidInput) else {}
    actions = action_forms(actor, page, sent, errors)
    if sent:
        _show_waiting_files(actor, actions, sent)
    prefer = "result" if {a.possible.verb for a in actions} & RESULT_FIRST else ""
    holder = claim_holder(case.claimed_by_id, case.claimed_until, at)
    centre, agency = collecting_agency(case), case.holder_agency_id
    return CaseFile(
        page=page,
        title=case.title_en if language.startswith("en") and case.title_en else case.title,
        tone=TONES.get(page.state.tone, "neutral"),
        viewer=viewer_of(page, given, prefer=prefer),
        actions=actions,
        trouble=_trouble(page, actions, sent, problem),
        history=[_told(row) for row in page.history],
        corrections=_corrections(page),
        positions=[_position(page, p, language) for p in page.positions],
        drawing=diagram_of(page),
        lookers=lookers(case, but=actor.account_id, at=at),
        held_by_me=holder is not None and holder == actor.account_id,
        held_by=case.claimed_by.display_name if holder and case.claimed_by else "",
        may_hold=case.is_open and allowed(actor, "cases.claim", agency_id=agency),
        may_collect=allowed(actor, "payments.collect", agency_id=centre),
        may_keep_duties=may_keep_obligations(actor, case),
        may_print=allowed(actor, "applications.print_slip"),
        methods=[(str(v), _(str(t))) for v, t in Receipt.Method.choices if v != "none"],
        sent=sent,
        panels=panels_of(actor, case),
    )


def _show_waiting_files(actor: Actor, actions: Sequence[ActionForm], sent: Sent) -> None:
    for form in actions:
        if not (sent.is_for(form.possible) and form.has_files):
            continue
        waiting = list(draft_attachments(actor, f"act-{sent.key}"))
        for ask in form.asks:
            if ask.kind == "file":
                ask.value = [{"name": file.name} for file in waiting]
            elif ask.kind == "papers":
                ask.value = [file.name for file in waiting]


def _told(row: StateChange) -> dict[str, Any]:
    return {
        "title": verb_name(row.verb),
        "at": row.at,
        "who": f"{row.actor_name}{', ' + row.actor_title if row.actor_title else ''}",
        "text": row.note,
        "state": "done",
    }


def _position(page: DossierPage, position: Any, language: str) -> dict[str, Any]:
    agency = position.agency_name
    return {
        "step": position.name.in_language(language),
        "role": role_names(language).get(position.role, position.role),
        "agency": agency.in_language(language) if agency else "",
        "due_at": position.due_at,
        "since": position.since,
    }


def _corrections(page: DossierPage) -> list[CorrectionView]:
    if not page.corrections:
        return []
    versions = list(reversed(answer_versions(page.case.pk, page.form.id)))
    shown: list[CorrectionView] = []
    for request in page.corrections:
        changed: Sequence[AnswerChange] = ()
        if request.answered_at is not None:
            before = [v for v in versions if v.submitted_at <= request.asked_at]
            after = [v for v in versions if v.submitted_at <= request.answered_at]
            if before and after and before[-1].pk != after[-1].pk:
                changed = changes(
                    page.form, before[-1].answers, after[-1].answers, commune_options()
                )
        items = list(request.items.all())  # pyright: ignore[reportUnknownMemberType]
        shown.append(CorrectionView(request, items, changed))
    return shown


def _trouble(
    page: DossierPage,
    actions: Sequence[ActionForm],
    sent: Sent | None,
    problem: DomainError | None,
) -> Trouble | None:
    if problem is None or sent is None:
        return None
    language = get_language() or "vi"
    what = problem.text().in_language(language)
    advice = problem.what_to_do().in_language(language)
    overtaken = isinstance(problem, OVERTAKEN)
    offered = any(sent.is_for(form.possible) for form in actions)
    later = [row for row in page.history if sent.version is not None and row.seq > sent.version]
    return Trouble(
        what,
        advice,
        _at_fields(actions, sent, problem, language),
        [_told(row) for row in later] if overtaken or isinstance(problem, Conflict) else (),
        sent.version if overtaken and later else None,
        _changed_answers(page, later),
        [] if offered else [sent.text(name) for name in TYPED if sent.text(name)],
    )


def _at_fields(
    actions: Sequence[ActionForm], sent: Sent, problem: DomainError, language: str
) -> dict[str, str]:
    """Faults by the id of the field they stand at; without a field they stand alone."""
    if not isinstance(problem, InvalidInput):
        return {}
    places: dict[str, str] = {}
    for form in actions:
        if sent.is_for(form.possible):
            for ask in form.asks:
                places[ask.name] = ask.id
                if ask.kind == "items":
                    places |= {f"reason-{row.target}": row.anchor for row in ask.rows}
    return {
        places.get(name, f"{name}"): text.in_language(language)
        for name, text in problem.fields.items()
    }


def _changed_answers(page: DossierPage, later: Sequence[StateChange]) -> Sequence[AnswerChange]:
    """What the applicant changed since the page was opened."""
    if not any(row.verb == "applications.supplement" for row in later):
        return ()
    since = min(row.at for row in later)
    versions = list(reversed(answer_versions(page.case.pk, page.form.id)))
    before = [version for version in versions if version.submitted_at < since]
    if not before:
        return ()
    return changes(page.form, before[-1].answers, versions[-1].answers, commune_options())
