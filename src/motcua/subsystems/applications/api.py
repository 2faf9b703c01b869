"""Dossiers for programs: the public look-up, and a citizen's own dossiers."""

from __future__ import annotations

from typing import Annotated, Any, cast
from uuid import UUID

import msgspec
from django.urls import path
from dmr import Path, Query, modify

from motcua.casework.access.public import Actor, api_audience
from motcua.casework.cases.public import Case, State, StateChange, access_case, kind_of
from motcua.casework.clock.public import ClockLine, span_in_words
from motcua.foundation.errors import Bilingual, InvalidInput, NotFound
from motcua.foundation.rest import Api, CitizenApi, Moment, PageSize, PublicApi, refuses
from motcua.subsystems.applications.selectors import (
    DossierPage,
    dossier_page,
    my_dossiers,
    public_state,
)

DossierCode = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=60,
        pattern=r"^[0-9A-Za-z.-]+$",
        description="Code printed on the receipt.",
        examples=["H29.130.1-261122-0001"],
    ),
]


class StatePath(msgspec.Struct):
    """Which dossier."""

    code: DossierCode


class DossierPath(msgspec.Struct):
    """Which of one's own dossiers."""

    uid: UUID


class MineQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Which page of one's own dossiers."""

    after: Annotated[UUID | None, msgspec.Meta(description="`next` of the page before.")] = None
    size: PageSize = 20


class StateFacts(msgspec.Struct):
    """A state: its identifier, its national number, its name, what it means for the applicant."""

    id: str
    number: int
    name: str
    meaning: str
    final: bool


class DossierState(msgspec.Struct):
    """What anybody who knows the code may see (Thông tư 01/2018/TT-VPCP, Điều 16)."""

    code: str
    state: StateFacts


class DossierItem(msgspec.Struct):
    """One of one's own dossiers."""

    uid: UUID
    code: str
    procedure: str
    title: str
    state: StateFacts
    filed_at: Moment
    received_at: Moment | None
    due_at: Moment | None


class DossierList(msgspec.Struct):
    """A page of one's own dossiers, newest first; ``next`` is null on the last one."""

    items: list[DossierItem]
    next: UUID | None


class Stretch(msgspec.Struct):
    """One stretch of the explanation of a due date; ``to`` is null while it lasts."""

    start: Moment = msgspec.field(name="from")
    end: Moment | None = msgspec.field(name="to")
    counted: str
    why: str
    legal_basis: str


class Step(msgspec.Struct):
    """One step of the public history."""

    at: Moment
    state: str
    agency: str
    note: str


class PaperState(msgspec.Struct):
    """A paper of the dossier and what was handed in for it."""

    id: str
    name: str
    required: bool
    state: str
    files: int


class OwnDossier(msgspec.Struct):
    """A dossier as its applicant may see it."""

    dossier: DossierItem
    holder: str
    fee: int
    due_explained: list[Stretch]
    history: list[Step]
    papers: list[PaperState]
    waits_for_you: bool
    result_number: str


class PublicState(PublicApi):
    """The state of one dossier."""

    @modify(
        extra_responses=refuses(404, 406, 422), operation_id="getDossierState", tags=["dossiers"]
    )
    def get(self, parsed_path: Path[StatePath]) -> DossierState:
        """Tell the state of a dossier, and nothing about persons."""
        found = public_state(parsed_path.code)
        return DossierState(found.code, _state(self, found.state))


class MyDossiers(CitizenApi):
    """One's own dossiers."""

    @modify(extra_responses=refuses(401, 406, 422), operation_id="listMyDossiers", tags=["me"])
    def get(self, parsed_query: Query[MineQuery]) -> DossierList:
        """List one's own dossiers and those of the people one acts for."""
        actor = _actor(self)
        before = _before(actor, parsed_query.after) if parsed_query.after else 0
        rows = my_dossiers(actor, before_id=before, size=parsed_query.size + 1)
        shown = rows[: parsed_query.size]
        return DossierList(
            items=[item_facts(self, case) for case in shown],
            next=shown[-1].uid if len(rows) > len(shown) else None,
        )


class MyDossier(CitizenApi):
    """One of one's own dossiers."""

    @modify(extra_responses=refuses(401, 404, 406, 422), operation_id="getMyDossier", tags=["me"])
    def get(self, parsed_path: Path[DossierPath]) -> OwnDossier:
        """Tell where a dossier stands, who holds it, and why it is due when it is due."""
        actor = _actor(self)
        if actor.kind != "citizen":
            raise NotFound
        return dossier_facts(self, dossier_page(actor, parsed_path.uid))


routes = [
    path(
        "dossiers/<str:code>/state",
        api_audience("public")(PublicState.as_view()),
        name="dossier-state",
    ),
    path("me/dossiers", api_audience("citizen")(MyDossiers.as_view()), name="my-dossiers"),
    path("me/dossiers/<str:uid>", api_audience("citizen")(MyDossier.as_view()), name="my-dossier"),
]


def _actor(controller: CitizenApi) -> Actor:
    return cast(Any, controller.request).actor


def _before(actor: Actor, uid: UUID) -> int:
    """The place in the list after which the page begins; only a visible case is a place."""
    try:
        return access_case(actor, uid, kind="application").pk
    except NotFound:
        raise InvalidInput(
            {"after": Bilingual("Không có trang bắt đầu từ đây.", "No page begins here.")}
        ) from None


def _state(controller: Api, state: State) -> StateFacts:
    return StateFacts(
        state.id,
        state.number,
        controller.say(state.name),
        controller.say(state.plain),
        state.terminal,
    )


def item_facts(controller: Api, case: Case) -> DossierItem:
    """A dossier as a row of a list."""
    return DossierItem(
        uid=case.uid,
        code=case.code or "",
        procedure=case.subject_code,
        title=controller.say(Bilingual(case.title, case.title_en or case.title)),
        state=_state(controller, kind_of(case.kind).by_id[case.state]),
        filed_at=case.opened_at,
        received_at=case.received_at,
        due_at=case.due_at,
    )


def dossier_facts(controller: Api, page: DossierPage) -> OwnDossier:
    """A dossier as whoever may see it is told, in the language of the request."""
    case, say = page.case, controller.say
    holder = case.holder_agency
    return OwnDossier(
        dossier=item_facts(controller, case),
        holder=say(Bilingual(holder.name, holder.name_en or holder.name)) if holder else "",
        fee=page.dossier.application.fee_amount,
        due_explained=[_stretch(controller, line) for line in page.due.lines],
        history=[_step(controller, change, case.kind) for change in page.history],
        papers=[
            PaperState(
                row.paper.id, say(row.paper.name), row.paper.required, row.state, len(row.files)
            )
            for row in page.papers
        ],
        waits_for_you=page.state.tone == "yours",
        result_number=page.dossier.application.result_number,
    )


def _stretch(controller: Api, line: ClockLine) -> Stretch:
    return Stretch(
        start=line.from_at,
        end=line.to_at,
        counted=controller.say(span_in_words(line.counted)),
        why=controller.say(line.why),
        legal_basis=line.legal_basis,
    )


def _step(controller: Api, change: StateChange, kind: str) -> Step:
    agency = change.agency
    return Step(
        at=change.at,
        state=controller.say(kind_of(kind).by_id[change.to_state].name),
        agency=controller.say(Bilingual(agency.name, agency.name_en or agency.name))
        if agency
        else "",
        note=change.note,
    )
