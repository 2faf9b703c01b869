"""Every read of the workflow: where a case stands, what can be done, what waits where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from motcua.casework.access.public import Actor
from motcua.casework.cases.public import Case
from motcua.casework.workflow.bpmn import diagram_svg
from motcua.casework.workflow.models import Consultation, ProcessDefinition, Token
from motcua.casework.workflow.placing import CaseUnits, units_of
from motcua.casework.workflow.rules import Definition, ProcessDocument, read_document
from motcua.casework.workflow.rules.conditions import holds
from motcua.casework.workflow.rules.definition import MoveRow
from motcua.casework.workflow.rules.holding import APPLICANT, Turn, may_act
from motcua.casework.workflow.tables import tables
from motcua.foundation.errors import Bilingual, NotFound
from motcua.foundation.timesource import now


@dataclass(frozen=True, slots=True)
class Possible:
    """An action the actor may take now, with what the screen must ask for.

    ``awaits``: the signals that may take an action where it leads to.
    """

    token_id: int
    step: str
    step_name: Bilingual
    action: str
    name: Bilingual
    verb: str
    primary: bool
    asks: tuple[str, ...]
    awaits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """A step where a case stands: who holds it, since when, due when."""

    token_id: int
    step: str
    name: Bilingual
    kind: str
    role: str
    agency_id: int | None
    agency_name: Bilingual | None
    assignee_id: int | None
    since: dt.datetime
    due_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Passed:
    """One turn of a case's history, ended or not."""

    step: str
    name: Bilingual
    role: str
    agency_name: Bilingual | None
    entered_at: dt.datetime
    left_at: dt.datetime | None
    due_at: dt.datetime | None
    action: Bilingual | None
    account_id: int | None
    state: str

    @property
    def late(self) -> bool:
        """Whether the turn ended after its step was due."""
        return bool(self.due_at and self.left_at and self.left_at > self.due_at)


@dataclass(frozen=True, slots=True)
class Queue:
    """How many turns wait in one step for one of the actor's posts."""

    process: str
    step: str
    role: str
    agency_id: int
    waiting: int
    late: int


def definition_in_force(key: str, on: dt.date) -> ProcessDefinition:
    """The version that cases opened on a city date use. Raises ``NotFound``."""
    rows = ProcessDefinition.objects.filter(key=key, valid_from__lte=on).defer("bpmn")
    found = rows.order_by("-valid_from", "-version").first()
    if found is None:
        raise NotFound
    return found


def document_of(definition: ProcessDefinition) -> ProcessDocument:
    """The typed document of a published version."""
    typed = read_document(definition.document)
    if isinstance(typed, list):
        raise ValueError(f"the published document {definition} cannot be read")
    return typed


def actions_for(
    actor: Actor, case: Case, variables: Mapping[str, Any] | None = None
) -> list[Possible]:
    """What the actor may do with the case now, primary actions first.

    One statement; one more for an official while it is the applicant's turn.
    """
    home = _home(case)
    found: list[Possible] = []
    for token in _active(case):
        table = tables(token.definition_id, token.definition.checksum)
        for row in table.actions(token.step):
            if not holds(row.when, variables or {}):
                continue
            if may_act(actor, _turn(actor, token, row, home, variables or {})):
                found.append(_possible(table, token, row))
    return sorted(found, key=lambda item: not item.primary)


def _home(case: Any) -> CaseUnits:
    parties = frozenset({case.applicant_id, case.submitter_id} - {None})
    return CaseUnits(case.pk, case.receiving_agency_id, case.competent_agency_id, parties=parties)


def _possible(table: Definition, token: Token, row: MoveRow) -> Possible:
    return Possible(
        token.pk, token.step, _step_name(table, token.step), row.id, row.label, row.verb,
        row.primary, row.asks, _awaited(table, row),
    )  # fmt: skip


def _awaited(table: Definition, row: MoveRow) -> tuple[str, ...]:
    leads_to = (step for step in row.to if step in table.steps)
    rows = (action for step in leads_to for action in table.actions(step))
    return tuple(sorted({name for action in rows for name in action.signals}))


def _turn(
    actor: Actor, token: Token, row: MoveRow, home: CaseUnits, variables: Mapping[str, Any]
) -> Turn:
    agency_id = home.place(row.unit, variables, now()) if row.unit else token.agency_id
    role, counter = row.role or token.role, None
    if role == APPLICANT and actor.kind == "official":
        # The counter that once received the case may have been merged since.
        counter = units_of(home.case_id).place("receiving", {}, now())
    return Turn(role, agency_id, home.parties, counter)


def turns_offering(case_ids: Iterable[int], verb: str) -> set[int]:
    """Those of the cases that stand in a step which knows an act of this verb.

    Conditions of the act are not asked: it may still be refused. One statement.
    """
    rows = (
        Token.objects.filter(case_id__in=list(case_ids), state=Token.State.ACTIVE)
        .select_related("definition")
        .only("case_id", "step", "definition_id", "definition__checksum")
    )
    found: set[int] = set()
    for token in rows:
        table = tables(token.definition_id, token.definition.checksum)
        if any(row.verb == verb for row in table.actions(token.step)):
            found.add(token.case_id)
    return found


def position(case: Case) -> list[Position]:
    """Where the case stands, longest first. One statement."""
    found: list[Position] = []
    for token in _active(case):
        step = tables(token.definition_id, token.definition.checksum).step(token.step)
        found.append(
            Position(
                token.pk, step.id, Bilingual(step.name.vi, step.name.en), step.kind, token.role,
                token.agency_id, _agency_name(token), token.assignee_id, token.entered_at,
                token.step_due_at,
            )
        )  # fmt: skip
    return found


def history(case: Case) -> list[Passed]:
    """Every turn of the case, oldest first. One statement."""
    found: list[Passed] = []
    for token in _tokens(case).order_by("entered_at", "pk"):
        table = tables(token.definition_id, token.definition.checksum)
        row = table.move(token.step, token.outcome)
        found.append(
            Passed(
                token.step, _step_name(table, token.step), token.role, _agency_name(token),
                token.entered_at, token.left_at, token.step_due_at, row.label if row else None,
                token.left_by_id, token.state,
            )
        )  # fmt: skip
    return found


def queue_counts(actor: Actor, at: dt.datetime | None = None) -> list[Queue]:
    """What waits for each of the actor's posts, by process and step. One statement."""
    posts = {(post.agency_id, post.role) for post in actor.posts}
    if not posts:
        return []
    mine = Q()
    for agency_id, role in sorted(posts):
        mine |= Q(agency_id=agency_id, role=role)
    rows = (
        Token.objects.filter(mine, state=Token.State.ACTIVE)
        .values("definition__key", "step", "role", "agency_id")
        .annotate(waiting=Count("pk"), late=Count("pk", filter=Q(step_due_at__lt=at or now())))
        .order_by("definition__key", "step", "agency_id")
    )
    return [
        Queue(row["definition__key"], row["step"], row["role"], row["agency_id"],
              row["waiting"], row["late"])
        for row in rows
    ]  # fmt: skip


def consultations(case: Case) -> list[Consultation]:
    """The consultations of a case with their agencies, oldest first. One statement."""
    rows = Consultation.objects.filter(case=case).select_related("agency")
    return list(rows.order_by("asked_at", "pk"))


def case_diagram(
    case: Case, *, language: str = "vi", lane_names: dict[str, str] | None = None
) -> str:
    """The drawing of the case's own version with its present steps marked; empty without one."""
    newest = _tokens(case).order_by("-pk").values_list("definition_id", flat=True).first()
    if newest is None:
        return ""
    definition = ProcessDefinition.objects.defer("bpmn", "compiled").get(pk=newest)
    active: Iterable[str] = _active(case).values_list("step", flat=True)
    return diagram_svg(document_of(definition), active, language=language, lane_names=lane_names)


def _tokens(case: Case) -> Any:
    return (
        Token.objects.filter(case_id=case.pk)
        .select_related("agency", "definition")
        .only(
            "case_id", "step", "role", "state", "entered_at", "left_at", "step_due_at", "outcome",
            "left_by_id", "assignee_id", "agency_id", "agency__name", "agency__name_en",
            "definition_id", "definition__checksum",
        )
    )  # fmt: skip


def _active(case: Case) -> Any:
    return _tokens(case).filter(state=Token.State.ACTIVE).order_by("entered_at", "pk")


def _step_name(table: Definition, step_id: str) -> Bilingual:
    name = table.step(step_id).name
    return Bilingual(name.vi, name.en)


def _agency_name(token: Token) -> Bilingual | None:
    agency = token.agency
    return Bilingual(agency.name, agency.name_en) if agency is not None else None


__all__ = [
    "Passed",
    "Position",
    "Possible",
    "Queue",
    "actions_for",
    "case_diagram",
    "consultations",
    "definition_in_force",
    "document_of",
    "history",
    "position",
    "queue_counts",
    "turns_offering",
]
