"""Opening periods, entering what no data gives, and closing: results are frozen."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.db import transaction

from motcua.casework.access.public import SYSTEM, Actor
from motcua.casework.agencies.public import Agency
from motcua.casework.cases.public import access_case
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, InvalidInput
from motcua.foundation.outbox.public import enqueue
from motcua.foundation.timesource import now, today
from motcua.subsystems.applications.public import APPLICATION
from motcua.subsystems.supervision.errors import PeriodClosed, PeriodNotOver
from motcua.subsystems.supervision.gathering import Judged, facts_held, judged, unit_indices
from motcua.subsystems.supervision.models import (
    AttitudeFinding,
    FrozenDossier,
    FrozenScore,
    Period,
    UnitFact,
)
from motcua.subsystems.supervision.reach import require_city
from motcua.subsystems.supervision.rules import (
    Index,
    indices_of,
    staff_grade,
    total_of,
    unit_grade,
)
from motcua.subsystems.supervision.thresholds import limits_on

CHAIN = "supervision"
CLOSE = "supervision.close"
FIELDS: Mapping[int, tuple[tuple[str, str], ...]] = {
    5: (("share", "percent"), ("all_received", "yes")),
    6: (("posted", "yes"), ("electronic", "yes")),
    8: (("received", "count"), ("in_time", "count"), ("dragging", "count")),
    9: (("procedures_share", "percent"),),
}
_NUMBER = Bilingual("Nhập số hợp lệ.", "Enter a valid number.")
_EVIDENCE = Bilingual("Nêu bằng chứng.", "Name the evidence.")
_CODE = Bilingual("Nhập kỳ như 2026-Q3 hoặc 2026.", "Enter a period such as 2026-Q3 or 2026.")


def open_period(*, actor: Actor, code: str) -> Period:
    """Open a quarter (``2026-Q3``) or a year (``2026``); an open one is returned as it is.

    Raises:
        NotAllowed: the actor may not. InvalidInput: no such period.
    """
    require_city(actor, "supervision.evaluate")
    found = re.fullmatch(r"(20\d\d)(?:-Q([1-4]))?", code.strip().upper())
    if not found:
        raise InvalidInput({"code": _CODE})
    year, quarter = int(found[1]), int(found[2] or 0)
    first = dt.date(year, 3 * quarter - 2 if quarter else 1, 1)
    after = dt.date(year + 1, 1, 1) if quarter in (0, 4) else dt.date(year, 3 * quarter + 1, 1)
    with transaction.atomic():
        period, made = Period.objects.get_or_create(
            code=found[0], defaults={"since": first, "until": after - dt.timedelta(days=1)}
        )
        if made:
            record(actor=actor, chain=CHAIN, verb="supervision.open", after={"code": period.code})
    return period


def _number(text: str, kind: str) -> Decimal | None:
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    if not value.is_finite() or value < 0 or (kind == "percent" and value > 100):
        return None
    return None if kind == "count" and value != value.to_integral_value() else value


def read_facts(criterion: int, given: Mapping[str, str]) -> dict[str, str]:
    """What was typed for a criterion of units.

    Raises:
        InvalidInput: a number is missing or impossible.
    """
    facts: dict[str, str] = {}
    wrong: dict[str, Bilingual] = {}
    for name, kind in FIELDS[criterion]:
        text = given.get(name, "")
        if kind == "yes":
            facts[name] = "yes" if text == "yes" else "no"
        elif (value := _number(text, kind)) is None:
            wrong[name] = _NUMBER
        else:
            facts[name] = str(value)
    if criterion == 8 and not wrong and Decimal(facts["in_time"]) > Decimal(facts["received"]):
        wrong["in_time"] = _NUMBER
    if not given.get("evidence", "").strip():
        wrong["evidence"] = _EVIDENCE
    if wrong:
        raise InvalidInput(wrong)
    return facts


@transaction.atomic
def enter_fact(
    *, actor: Actor, period: Period, agency: Agency, criterion: int, given: Mapping[str, str]
) -> UnitFact:
    """Append what was found for a unit's criterion (5, 6, 8, 9), with evidence.

    Raises:
        NotAllowed, InvalidInput; PeriodClosed: its results are frozen.
    """
    require_city(actor, "supervision.evaluate")
    _refuse_closed(period)
    row = UnitFact.objects.create(
        period=period,
        agency=agency,
        criterion=criterion,
        facts=read_facts(criterion, given),
        evidence=given["evidence"].strip()[:500],
        account_id=actor.account_id,
        actor_name=actor.name,
        recorded_at=now(),
    )
    facts = {"period": period.code, "agency": agency.code, "criterion": criterion, **row.facts}
    record(actor=actor, chain=CHAIN, verb="supervision.enter_fact", after=facts)
    return row


@transaction.atomic
def find_attitude(
    *, actor: Actor, uid: UUID | str, substantiated: bool, evidence: str
) -> AttitudeFinding:
    """Append whether a complaint about attitude in a dossier is right, with evidence.

    Raises:
        NotAllowed, NotFound; InvalidInput: no evidence.
    """
    require_city(actor, "supervision.evaluate")
    case = access_case(actor, uid, kind=APPLICATION.code)
    if not evidence.strip():
        raise InvalidInput({"evidence": _EVIDENCE})
    row = AttitudeFinding.objects.create(
        case=case,
        substantiated=substantiated,
        evidence=evidence.strip()[:500],
        account_id=actor.account_id,
        actor_name=actor.name,
        recorded_at=now(),
    )
    after = {"case": case.code, "substantiated": substantiated}
    record(actor=actor, chain=CHAIN, verb="supervision.find_attitude", after=after)
    return row


def _refuse_closed(period: Period) -> None:
    held = Period.objects.select_for_update().get(pk=period.pk)
    if held.closing_asked_at or held.closed_at:
        raise PeriodClosed


@transaction.atomic
def ask_closing(*, actor: Actor, period: Period) -> None:
    """Close a period that is over: a job freezes the results of units, persons and dossiers.

    Raises:
        NotAllowed; PeriodNotOver; PeriodClosed.
    """
    require_city(actor, "supervision.close")
    if period.until >= today():
        raise PeriodNotOver
    _refuse_closed(period)
    Period.objects.filter(pk=period.pk).update(closing_asked_at=now())
    record(actor=actor, chain=CHAIN, verb="supervision.close", after={"code": period.code})
    enqueue(CLOSE, {"period_id": period.pk}, dedupe_key=f"{CLOSE}:{period.pk}")


@transaction.atomic
def freeze(period_id: int) -> int:
    """Write the results of a closing period, once. Returns how many units were frozen."""
    period = Period.objects.select_for_update().get(pk=period_id)
    if period.closed_at or not period.closing_asked_at:
        return 0
    units = 0
    for agency in Agency.objects.order_by("pk"):
        units += _freeze_unit(period, agency)
    Period.objects.filter(pk=period.pk).update(closed_at=now())
    record(actor=SYSTEM, chain=CHAIN, verb="supervision.frozen", after={"units": units})
    return units


def _freeze_unit(period: Period, agency: Agency) -> int:
    rows = judged(period, agency.pk)
    indices = unit_indices(period, agency, rows, facts_held(period, agency.pk))
    if not indices:
        return 0
    own = [row for row in rows if row.agency_id == agency.pk]
    limits = limits_on(period.until)
    grade = unit_grade(total_of(indices), limits)
    scores = [_score(period, agency, None, len(own), indices, grade)]
    for officer in sorted({row.officer_id for row in own if row.officer_id}):
        his = [row for row in own if row.officer_id == officer]
        found = indices_of((p for row in his for p in row.points), agency.pk)
        grade = staff_grade(total_of(found), limits)
        scores.append(_score(period, agency, officer, len(his), found, grade))
    FrozenScore.objects.bulk_create(scores, batch_size=500)
    FrozenDossier.objects.bulk_create(
        [FrozenDossier(period=period, case_id=row.case_id, points=_kept(row)) for row in own],
        batch_size=500,
    )
    return 1


def _score(
    period: Period,
    agency: Agency,
    account: int | None,
    dossiers: int,
    found: list[Index],
    grade: str,
) -> FrozenScore:
    return FrozenScore(
        period=period,
        agency=agency,
        account_id=account,
        dossiers=dossiers,
        indices=[[i.criterion, str(i.score), i.count, i.total] for i in found],
        total=total_of(found),
        grade=grade,
    )


def _kept(row: Judged) -> list[list[object]]:
    return [[p.criterion, p.points, p.agency_id, p.why.vi, p.why.en] for p in row.points]
