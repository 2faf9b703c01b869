"""What the pages of a group show: one line for each member, in plain words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from motcua.casework.access.public import Actor
from motcua.casework.calendar.public import calendar_for
from motcua.casework.cases.public import Case, State, access_case, kind_of, timeline
from motcua.casework.clock.public import Badge, row_badge
from motcua.casework.forms.public import latest_answers, settle, summary
from motcua.casework.issuing.public import IssuedDocument
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import now, today
from motcua.subsystems.applications.communes import commune_options
from motcua.subsystems.applications.dossiers import form_of, version_by_id
from motcua.subsystems.applications.group_rules import Member
from motcua.subsystems.applications.models import Application, GroupMember
from motcua.subsystems.applications.services.grouping import (
    GROUP_KIND,
    member_rows,
    members_of,
    standings,
)
from motcua.subsystems.applications.states import APPLICATION

STAGES = {
    "waiting": (
        Bilingual("Chờ kết quả trước", "Waits for an earlier result"), "neutral", "hourglass",
    ),
    "blocked": (
        Bilingual("Không mở được vì việc trước không thành", "Not opened: what it needs failed"),
        "danger", "circle-x",
    ),
    "stuck": (
        Bilingual("Cán bộ đang xem lại", "An official is looking at it"), "warning", "loader",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member of the group as it stands."""

    id: str
    name: Bilingual
    standing: Member
    state: Bilingual
    tone: str
    icon: str
    case: Case | None
    agency: Bilingual | None
    badge: Badge | None
    result: IssuedDocument | None
    problem: str
    needs: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class GroupPage:
    """The whole group for its applicant or an official."""

    case: Case
    state: State
    application: Application
    lines: Sequence[MemberLine]
    answers: Sequence[Any]
    history: Sequence[Any]

    @property
    def granted(self) -> int:
        """How many results there are."""
        return sum(line.standing.stage == "granted" for line in self.lines)


def group_page(actor: Actor, uid: UUID | str) -> GroupPage:
    """The page of a group open to the actor; a fixed number of statements.

    Raises:
        NotFound: absent or not open to the actor.
    """
    case = access_case(actor, uid, kind=GROUP_KIND)
    application = Application.objects.get(pk=case.pk)
    version = version_by_id(application.procedure_version_id)
    form = form_of(version)
    found = latest_answers(case.pk, form.id)
    settled = settle(
        form,
        dict(found.answers) if found else {},
        today=today(),
        context={"channel": case.channel},
    )
    rows = member_rows(case.pk)
    names = {one["id"]: Bilingual(**one["name"]) for one in members_of(version)}
    return GroupPage(
        case=case,
        state=kind_of(GROUP_KIND).by_id[case.state],
        application=application,
        lines=[
            _line(row, standing, names, now())
            for row, standing in zip(rows, standings(rows), strict=True)
        ],
        answers=summary(form, settled, commune_options()),
        history=timeline(case, public_only=actor.kind == "citizen"),
    )


def dossiers_filed(actor: Actor, uid: str) -> list[str]:
    """The dossiers that a filing opened: itself, or of a group the members open by now.

    Raises:
        NotFound: absent or not open to the actor.
    """
    case = access_case(actor, uid)
    if case.kind != GROUP_KIND:
        return [uid]
    return [str(row.dossier.uid) for row in member_rows(case.pk) if row.dossier is not None]


def _line(
    row: GroupMember, standing: Member, names: dict[str, Bilingual], at: dt.datetime
) -> MemberLine:
    from motcua.subsystems.applications.shown import TONES

    case, needs = row.dossier, tuple(names[name] for name in row.after)
    if case is None:
        state, tone, icon = STAGES[standing.stage]
        return MemberLine(
            row.member, names[row.member], standing, state, tone, icon,
            None, None, None, None, row.problem, needs,
        )  # fmt: skip
    known = APPLICATION.by_id[case.state]
    yours = case.is_open and case.holder_role == "applicant"
    tone, icon = TONES["yours" if yours else known.tone]
    document = case.application.result  # type: ignore[attr-defined]
    sealed = document is not None and document.state == IssuedDocument.State.SEALED
    agency = case.competent_agency
    return MemberLine(
        row.member, names[row.member], standing, known.name, tone, icon, case,
        Bilingual(agency.name, agency.name_en or agency.name),
        row_badge(case.clock_state, case.due_at, at, calendar_for(agency.pk)),
        document if sealed else None, "", needs,
    )  # fmt: skip
