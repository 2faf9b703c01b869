"""Every read of the evaluation; what was frozen is shown as it was frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from motcua.casework.access.public import Actor
from motcua.casework.agencies.public import Agency
from motcua.casework.cases.public import Case, access_case
from motcua.casework.people.public import Account
from motcua.foundation.errors import Bilingual, NotFound
from motcua.subsystems.applications.public import APPLICATION
from motcua.subsystems.supervision.gathering import (
    Judged,
    facts_held,
    judged,
    unit_indices,
)
from motcua.subsystems.supervision.models import FrozenDossier, FrozenScore, Period, UnitFact
from motcua.subsystems.supervision.reach import led_by, require_unit, whole_city
from motcua.subsystems.supervision.rules import (
    CRITERIA,
    GRADES,
    UNIT_CRITERIA,
    Index,
    Point,
    indices_of,
    staff_grade,
    total_of,
    unit_grade,
)
from motcua.subsystems.supervision.thresholds import confirmed, limits_on

PAGE = 50


@dataclass(frozen=True, slots=True)
class ShownIndex:
    """An index with the name of its criterion."""

    name: Bilingual
    index: Index


@dataclass(frozen=True, slots=True)
class Result:
    """A result: what it is made of, its sum and its grade."""

    indices: Sequence[ShownIndex]
    total: Decimal
    grade: Bilingual
    dossiers: int


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of a period with its frozen result, or none while the period is open."""

    code: str
    name: Bilingual
    result: Result | None


@dataclass(frozen=True, slots=True)
class PeriodPage:
    """A period and the units the actor may see; ``own`` leads to the actor's own page."""

    period: Period
    confirmed: bool
    units: Sequence[UnitRow]
    own: Sequence[Agency]
    after: str
    may_close: bool


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit in a period: result, its people, its dossiers, what was entered."""

    period: Period
    agency: Agency
    confirmed: bool
    result: Result
    people: Sequence[Account]
    dossiers: Sequence[Any]
    after: int
    facts: Sequence[tuple[int, Bilingual, UnitFact | None]]
    may_enter: bool


@dataclass(frozen=True, slots=True)
class DossierScores:
    """The points of one dossier with the reason of each."""

    period: Period
    case: Case
    points: Sequence[tuple[Bilingual, Point, str]]
    may_enter: bool


def _result(indices: Sequence[Index], dossiers: int, grade: str) -> Result:
    shown = [ShownIndex(CRITERIA[index.criterion], index) for index in indices]
    return Result(shown, total_of(indices), GRADES[grade], dossiers)


def _frozen(row: FrozenScore) -> Result:
    indices = [Index(n, Decimal(score), count, total) for n, score, count, total in row.indices]
    return _result(indices, row.dossiers, row.grade)


def periods() -> list[Period]:
    """All periods, newest first."""
    return list(Period.objects.order_by("-since", "-pk")[:40])


def period_by(code: str) -> Period:
    """A period by its code.

    Raises:
        NotFound: there is none.
    """
    found = Period.objects.filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def agency_by(code: str) -> Agency:
    """An agency by its code.

    Raises:
        NotFound: there is none.
    """
    found = Agency.objects.filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def _unit_rows(period: Period, agencies: Sequence[Agency]) -> list[UnitRow]:
    scores = FrozenScore.objects.filter(
        period=period, account__isnull=True, agency_id__in=[agency.pk for agency in agencies]
    )
    frozen = {row.agency_id: _frozen(row) for row in scores} if period.closed_at else {}
    return [
        UnitRow(agency.code, Bilingual(agency.name, agency.name_en), frozen.get(agency.pk))
        for agency in agencies
    ]


def period_page(actor: Actor, code: str, *, after: str = "") -> PeriodPage:
    """A period with the units open to the actor, by code, keyset. Three statements."""
    period = period_by(code)
    rows = Agency.objects.filter(code__gt=after).order_by("code")
    if not whole_city(actor):
        rows = rows.filter(pk__in=led_by(actor))
    agencies = list(rows[: PAGE + 1])
    own = list(Agency.objects.filter(pk__in=actor.agency_ids).order_by("code"))
    return PeriodPage(
        period,
        confirmed(period.until),
        _unit_rows(period, agencies[:PAGE]),
        own,
        agencies[PAGE - 1].code if len(agencies) > PAGE else "",
        whole_city(actor),
    )


def published_units(code: str = "", *, after: str = "") -> tuple[list[Period], Period | None, Any]:
    """Closed periods, one of them (the newest unless named) and its units by total."""
    closed = list(Period.objects.filter(closed_at__isnull=False).order_by("-since", "-pk")[:40])
    period = next((row for row in closed if not code or row.code == code), None)
    if period is None:
        return closed, None, []
    rows = FrozenScore.objects.filter(period=period, account__isnull=True).select_related("agency")
    named = [
        UnitRow(row.agency.code, Bilingual(row.agency.name, row.agency.name_en), _frozen(row))
        for row in rows.order_by("-total", "agency__code")
    ]
    return closed, period, named


def _live_or_frozen(
    period: Period, agency: Agency, rows: Sequence[Judged], account_id: int | None
) -> Result:
    if period.closed_at:
        row = FrozenScore.objects.filter(
            period=period, agency=agency, account_id=account_id
        ).first()
        return _frozen(row) if row else _result([], 0, "weak" if account_id is None else "less")
    limits = limits_on(period.until)
    own = [row for row in rows if row.agency_id == agency.pk]
    if account_id is None:
        indices = unit_indices(period, agency, rows, facts_held(period, agency.pk))
        return _result(indices, len(own), unit_grade(total_of(indices), limits))
    own = [row for row in own if row.officer_id == account_id]
    indices = indices_of((point for row in own for point in row.points), agency.pk)
    return _result(indices, len(own), staff_grade(total_of(indices), limits))


def unit_page(actor: Actor, code: str, agency_code: str, *, after: int = 0) -> UnitPage:
    """A unit in a period, with its people and dossiers.

    Raises:
        NotFound: absent, or not open to the actor.
    """
    period, agency = period_by(code), agency_by(agency_code)
    require_unit(actor, agency.pk)
    rows = judged(period, agency.pk)
    own = [row for row in rows if row.agency_id == agency.pk]
    officers = {row.officer_id for row in own if row.officer_id}
    facts = facts_held(period, agency.pk)
    shown = [row for row in own if row.case_id > after]
    return UnitPage(
        period,
        agency,
        confirmed(period.until),
        _live_or_frozen(period, agency, rows, None),
        list(Account.objects.filter(pk__in=officers).order_by("display_name")),
        shown[:PAGE],
        shown[PAGE - 1].case_id if len(shown) > PAGE else 0,
        [(n, CRITERIA[n], facts.get(n)) for n in UNIT_CRITERIA],
        whole_city(actor) and not period.closing_asked_at,
    )


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person's result in a unit and period: confidential."""

    period: Period
    agency: Agency
    person: Account
    confirmed: bool
    result: Result
    dossiers: Sequence[Judged]
    after: int


def person_page(
    actor: Actor, code: str, agency_code: str, account: UUID, *, after: int = 0
) -> PersonPage:
    """A person's result; open to that person, the head of the unit and the supervisor.

    Raises:
        NotFound: absent, or not open to the actor.
    """
    period, agency = period_by(code), agency_by(agency_code)
    person = Account.objects.filter(uid=account).first()
    if person is None:
        raise NotFound
    if person.pk != actor.account_id:
        require_unit(actor, agency.pk)
    rows = judged(period, agency.pk)
    his = [r for r in rows if r.agency_id == agency.pk and r.officer_id == person.pk]
    shown = [row for row in his if row.case_id > after]
    return PersonPage(
        period,
        agency,
        person,
        confirmed(period.until),
        _live_or_frozen(period, agency, rows, person.pk),
        shown[:PAGE],
        shown[PAGE - 1].case_id if len(shown) > PAGE else 0,
    )


def dossier_scores(actor: Actor, code: str, uid: UUID) -> DossierScores:
    """Each point of a dossier, explained.

    Raises:
        NotFound: absent, not decided in the period, or not open to the actor.
    """
    period = period_by(code)
    case = access_case(actor, uid, kind=APPLICATION.code)
    rows = judged(period, case.competent_agency_id, [case.pk])
    if not rows:
        raise NotFound
    if rows[0].officer_id != actor.account_id:
        require_unit(actor, case.competent_agency_id)
    points = rows[0].points
    frozen = FrozenDossier.objects.filter(period=period, case=case).first()
    if frozen is not None:
        points = tuple(Point(n, p, Bilingual(vi, en), a) for n, p, a, vi, en in frozen.points)
    agencies = {point.agency_id for point in points if point.agency_id}
    names = dict(Agency.objects.filter(pk__in=agencies).values_list("pk", "name"))
    shown = [(CRITERIA[p.criterion], p, names.get(p.agency_id or 0, "")) for p in points]
    return DossierScores(period, case, shown, whole_city(actor) and not period.closing_asked_at)
