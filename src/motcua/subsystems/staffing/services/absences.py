"""Absences: asked for, decided, ended; who stands in gets the posts for those days."""

# Django's field types come from a mypy plugin that pyright lacks.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from motcua.casework.access.public import SYSTEM, Actor, require
from motcua.casework.agencies.public import end_standing_in, holders_of, let_stand_in
from motcua.casework.ledger.public import record
from motcua.casework.notices.public import Recipient, notify
from motcua.foundation.errors import Bilingual, InvalidInput, NotAllowed, NotPossibleNow
from motcua.foundation.timesource import now, today
from motcua.subsystems.staffing.manifest import APPROVE, HEADS
from motcua.subsystems.staffing.models import Absence
from motcua.subsystems.staffing.rules import overlaps
from motcua.subsystems.staffing.selectors import absence_of, colleagues

LONGEST = dt.timedelta(days=366)
State = Absence.State


@dataclass(frozen=True, slots=True)
class Away:
    """What is asked: which days (both included), why, and who should stand in."""

    begins: dt.date | None
    ends: dt.date | None
    kind: str
    substitute_id: int | None = None


@transaction.atomic
def ask_absence(*, actor: Actor, agency_id: int, away: Away) -> Absence:
    """An official says when it will be away; the head of the agency decides.

    Raises:
        NotAllowed: the actor has no post in this agency.
        InvalidInput: with the field that is wrong.
    """
    if agency_id not in actor.agency_ids or actor.kind != "official":
        raise NotAllowed
    made = _write(actor, agency_id, actor.account_id, away)
    heads = {m.account_id for role in sorted(HEADS) for m in holders_of(agency_id, role, today())}
    _tell("staffing.absence_asked", made, sorted(heads - {actor.account_id}))
    return made


@transaction.atomic
def record_absence(*, actor: Actor, agency_id: int, account_id: int, away: Away) -> Absence:
    """A head enters that somebody is away; it holds at once.

    Raises:
        NotAllowed: the actor does not head this agency.
        InvalidInput: with the field that is wrong.
    """
    require(actor, APPROVE, agency_id=agency_id)
    if account_id not in dict(colleagues(agency_id, None, today())):
        raise InvalidInput({"account": Bilingual("Chọn cán bộ.", "Choose the official.")})
    return _approve(actor, _write(actor, agency_id, account_id, away))


@transaction.atomic
def decide_absence(*, actor: Actor, uid: UUID | str, approve: bool) -> Absence:
    """The head approves, and who stands in gets the posts; or refuses.

    Raises:
        NotFound: no such absence open to the actor.
        NotAllowed: it does not head the agency, or it decides about itself.
        NotPossibleNow: decided already.
    """
    absence = _locked(actor, uid)
    require(actor, APPROVE, agency_id=absence.agency_id)
    if absence.account_id == actor.account_id:
        raise NotAllowed
    if absence.state != State.ASKED:
        raise NotPossibleNow
    if approve:
        return _approve(actor, absence)
    _decide(actor, absence, State.REFUSED)
    _tell("staffing.absence_refused", absence, [absence.account_id])
    return absence


@transaction.atomic
def end_absence(*, actor: Actor, uid: UUID | str) -> Absence:
    """Back earlier: the last day away is yesterday; what has not begun is called off.

    Raises:
        NotFound: no such absence open to the actor.
        NotAllowed: neither the absent one nor the head.
        NotPossibleNow: it is over or was never approved.
    """
    absence = _locked(actor, uid)
    if absence.account_id != actor.account_id:
        require(actor, APPROVE, agency_id=absence.agency_id)
    if absence.state == State.ASKED:
        return _decide(actor, absence, State.ENDED)
    if absence.state != State.APPROVED or absence.ends < today():
        raise NotPossibleNow
    last = today() - dt.timedelta(days=1)
    if absence.substitute_id is not None:
        end_standing_in(
            actor=SYSTEM,
            agency_id=absence.agency_id,
            absent_id=absence.account_id,
            substitute_id=absence.substitute_id,
            last_day=last,
        )
    return _decide(actor, absence, State.ENDED)


def _locked(actor: Actor, uid: UUID | str) -> Absence:
    found = absence_of(actor, uid)
    return (
        Absence.objects.select_for_update(of=("self",))
        .select_related("account", "substitute", "agency")
        .get(pk=found.pk)
    )


def _write(actor: Actor, agency_id: int, account_id: int | None, away: Away) -> Absence:
    problems = _problems(agency_id, account_id, away)
    if problems:
        raise InvalidInput(problems)
    assert account_id is not None
    assert away.begins is not None
    assert away.ends is not None
    made = Absence.objects.create(
        account_id=account_id,
        agency_id=agency_id,
        begins=away.begins,
        ends=away.ends,
        kind=away.kind,
        substitute_id=away.substitute_id,
        asked_at=now(),
    )
    _note(actor, made, "staffing.ask_absence")
    return made


def _problems(agency_id: int, account_id: int | None, away: Away) -> dict[str, Bilingual]:
    problems: dict[str, Bilingual] = {}
    if away.kind not in Absence.Kind.values:
        problems["kind"] = Bilingual("Chọn lý do vắng mặt.", "Choose why.")
    if away.begins is None or away.begins < today():
        problems["begins"] = Bilingual(
            "Nhập ngày bắt đầu, từ hôm nay trở đi.", "Enter the first day, today or later."
        )
    elif away.ends is None or not away.begins <= away.ends <= away.begins + LONGEST:
        problems["ends"] = Bilingual(
            "Nhập ngày cuối, không trước ngày bắt đầu.", "Enter the last day, not before the first."
        )
    elif _twice(account_id, away.begins, away.ends):
        problems["begins"] = Bilingual(
            "Đã có đợt vắng mặt khác trong những ngày này.",
            "There is another absence on these days.",
        )
    others = dict(colleagues(agency_id, account_id, today()))
    if away.substitute_id is not None and away.substitute_id not in others:
        problems["substitute"] = Bilingual(
            "Chọn người làm thay trong cùng cơ quan.", "Choose somebody of the same agency."
        )
    return problems


def _twice(account_id: int | None, begins: dt.date, ends: dt.date) -> bool:
    rows = Absence.objects.filter(
        account_id=account_id, state__in=[State.ASKED, State.APPROVED], ends__gte=begins
    )
    return any(overlaps((begins, ends), days) for days in rows.values_list("begins", "ends"))


def _approve(actor: Actor, absence: Absence) -> Absence:
    _decide(actor, absence, State.APPROVED)
    if absence.substitute_id is not None:
        let_stand_in(
            actor=actor,
            agency_id=absence.agency_id,
            absent_id=absence.account_id,
            substitute_id=absence.substitute_id,
            begins=absence.begins,
            ends=absence.ends,
        )
    readers = {absence.account_id, absence.substitute_id} - {None}
    _tell("staffing.absence_approved", absence, sorted(r for r in readers if r is not None))
    return absence


def _decide(actor: Actor, absence: Absence, state: str) -> Absence:
    absence.state = state
    absence.decided_by_id, absence.decided_at = actor.account_id, now()
    absence.save(update_fields=["state", "decided_by", "decided_at"])
    _note(actor, absence, f"staffing.absence_{state}")
    return absence


def _note(actor: Actor, absence: Absence, verb: str) -> None:
    record(
        actor=actor,
        chain=f"staffing:{absence.agency_id}",
        verb=verb,
        after={
            "absence": str(absence.uid),
            "account": absence.account_id,
            "substitute": absence.substitute_id,
            "begins": absence.begins.isoformat(),
            "ends": absence.ends.isoformat(),
        },
        agency_id=absence.agency_id,
    )


def _tell(template: str, absence: Absence, accounts: list[int]) -> None:
    if not accounts:
        return
    stands = absence.substitute.display_name if absence.substitute else "—"
    notify(
        actor=SYSTEM,
        template=template,
        recipients=[Recipient(account_id=account) for account in accounts],
        data={
            "who": absence.account.display_name,
            "begins": f"{absence.begins:%d/%m/%Y}",
            "ends": f"{absence.ends:%d/%m/%Y}",
            "substitute": stands,
        },
        link="/console/vang-mat/",
        dedupe_key=f"{template}:{absence.uid}",
    )
