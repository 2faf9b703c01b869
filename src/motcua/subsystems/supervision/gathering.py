"""From dossiers to points: what a period's decided dossiers are judged by. No actor here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from motcua.casework.agencies.public import Agency
from motcua.casework.cases.public import Case
from motcua.casework.workflow.public import Token
from motcua.foundation.timesource import CITY_ZONE
from motcua.subsystems.applications.public import APPLICATION
from motcua.subsystems.supervision.models import AttitudeFinding, Period, UnitFact
from motcua.subsystems.supervision.rules import (
    DossierFacts,
    Index,
    Point,
    complaint_points,
    counter_points,
    dossier_points,
    index_of,
    indices_of,
    online_points,
    publication_points,
)
from motcua.subsystems.supervision.thresholds import limits_on

CHUNK = 500
_COLUMNS = (
    "pk", "uid", "code", "competent_agency_id", "channel", "due_at", "decided_at",
    "application__officer_id", "application__contacts", "application__extended",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """A decided dossier with its points."""

    case_id: int
    uid: UUID
    code: str
    agency_id: int
    officer_id: int | None
    online: bool
    late: bool
    points: tuple[Point, ...]


def moments(period: Period) -> tuple[dt.datetime, dt.datetime]:
    """The first moment of the period and the first after it."""
    after = period.until + dt.timedelta(days=1)
    return (
        dt.datetime.combine(period.since, dt.time(), CITY_ZONE),
        dt.datetime.combine(after, dt.time(), CITY_ZONE),
    )


def judged(period: Period, agency_id: int, case_ids: Sequence[int] | None = None) -> list[Judged]:
    """The dossiers an agency decided in a period, or took part in, in the order of their numbers.

    Three statements for each 500 dossiers. Those of other agencies count for criterion 2 alone.
    """
    since, until = moments(period)
    part = Token.objects.filter(agency_id=agency_id, step_due_at__isnull=False).values("case_id")
    rows = Case.objects.filter(
        Q(competent_agency_id=agency_id) | Q(pk__in=part),
        kind=APPLICATION.code,
        decided_at__gte=since,
        decided_at__lt=until,
    )
    if case_ids is not None:
        rows = rows.filter(pk__in=case_ids)
    found: list[Judged] = []
    rows = rows.order_by("pk")
    last = 0
    while chunk := list(rows.filter(pk__gt=last).values_list(*_COLUMNS)[:CHUNK]):
        found += _judge(chunk)
        last = chunk[-1][0]
        if len(chunk) < CHUNK:
            break
    return found


def _judge(rows: Sequence[tuple]) -> list[Judged]:  # type: ignore[type-arg]
    ids = [row[0] for row in rows]
    turns = _turns(ids)
    complaints = dict(
        AttitudeFinding.objects.filter(case_id__in=ids)
        .order_by("pk")
        .values_list("case_id", "substantiated")
    )
    found: list[Judged] = []
    for pk, uid, code, agency, channel, due, decided, officer, contacts, extended in rows:
        late = due is not None and decided > due
        facts = DossierFacts(
            decided_on=decided.astimezone(CITY_ZONE).date(),
            due_on=due.astimezone(CITY_ZONE).date() if due else None,
            late=late,
            extended=bool(extended),
            contacts=contacts or 0,
            online=channel == "online",
            complaint=complaints.get(pk, False),
            turns=tuple(turns.get(pk, {}).items()),
        )
        points = tuple(dossier_points(facts))
        found.append(Judged(pk, uid, code or "", agency, officer, facts.online, late, points))
    return found


def _turns(case_ids: Sequence[int]) -> dict[int, dict[int, int]]:
    """Seconds after (or before) the limits of its steps, for each dossier and agency."""
    found: dict[int, dict[int, int]] = {}
    rows = Token.objects.filter(
        case_id__in=case_ids, agency__isnull=False, left_at__isnull=False, step_due_at__isnull=False
    )
    for case_id, agency_id, left, due in rows.order_by("case_id", "pk").values_list(
        "case_id", "agency_id", "left_at", "step_due_at"
    ):
        of_case = found.setdefault(case_id, {})
        of_case[agency_id] = of_case.get(agency_id, 0) + round((left - due).total_seconds())
    return found


def points_for_unit(rows: Iterable[Judged], agency_id: int) -> list[Point]:
    """The points that count for an agency: all of its own, criterion 2 of the others'."""
    return [
        point
        for row in rows
        for point in row.points
        if row.agency_id == agency_id or point.criterion == 2
    ]


def facts_held(period: Period, agency_id: int) -> dict[int, UnitFact]:
    """What people entered for an agency, the newest for each criterion. One statement."""
    rows = UnitFact.objects.filter(period=period, agency_id=agency_id).order_by("pk")
    return {row.criterion: row for row in rows}


def unit_indices(
    period: Period, agency: Agency, rows: Sequence[Judged], facts: dict[int, UnitFact]
) -> list[Index]:
    """All indices of an agency that have data, by criterion."""
    found = indices_of(points_for_unit(rows, agency.pk), agency.pk)
    limits = limits_on(period.until)
    own = [row for row in rows if row.agency_id == agency.pk]
    for criterion, fact in facts.items():
        given: dict[str, str] = fact.facts
        if criterion == 5:
            points = counter_points(given, limits, commune=agency.level == "commune")
        elif criterion == 6:
            points = publication_points(given)
        elif criterion == 8:
            points = complaint_points(given, limits)
        else:
            online = [row for row in own if row.online]
            points = online_points(
                Decimal(given["procedures_share"]),
                dossiers=len(own),
                online=len(online),
                late=sum(row.late for row in online),
                limits=limits,
            )
        index = index_of(criterion, [points])
        found += [index] if index else []
    return sorted(found, key=lambda index: index.criterion)
