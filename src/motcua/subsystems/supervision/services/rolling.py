"""The roll-up behind the board: followed case by case, compared with the truth, made anew."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from uuid import UUID

from django.db import transaction
from django.db.models import F

from motcua.casework.cases.public import Case, StateChange
from motcua.foundation.timesource import CITY_ZONE, today
from motcua.subsystems.applications.public import APPLICATION, Application, Rating
from motcua.subsystems.supervision.models import CaseMark, LoadCell, QualityDay

NOT_RUNNING = dt.date(9999, 1, 1)
Place = tuple[int, int, dt.date]
_COLUMNS = ("pk", "holder_agency_id", "assignee_id", "due_at", "clock_state")


def _place(row: tuple) -> Place:  # type: ignore[type-arg]
    _pk, agency, officer, due, clock = row
    if clock != "running" or due is None:
        return agency, officer or 0, NOT_RUNNING
    return agency, officer or 0, due.astimezone(CITY_ZONE).date()


def _open_cases(case_id: int | None = None) -> Iterator[tuple]:  # type: ignore[type-arg]
    rows = Case.objects.filter(
        kind=APPLICATION.code, is_open=True, holder_agency__isnull=False
    ).order_by()
    if case_id is not None:
        rows = rows.filter(pk=case_id)
    return rows.values_list(*_COLUMNS).iterator(chunk_size=5000)


def _bump(place: Place, by: int) -> None:
    agency, officer, due_on = place
    keys = {"agency_id": agency, "officer": officer, "due_on": due_on}
    if not LoadCell.objects.filter(**keys).update(n=F("n") + by):
        LoadCell.objects.get_or_create(**keys)
        LoadCell.objects.filter(**keys).update(n=F("n") + by)


@transaction.atomic
def follow(case_id: int) -> None:
    """Count a case where it stands now, and no longer where it stood."""
    list(Case.objects.select_for_update().filter(pk=case_id).values_list("pk"))
    new = next((_place(row) for row in _open_cases(case_id)), None)
    mark = CaseMark.objects.filter(pk=case_id).first()
    old = (mark.agency_id, mark.officer, mark.due_on) if mark else None
    if old == new:
        return
    if old is not None:
        _bump(old, -1)
        CaseMark.objects.filter(pk=case_id).delete()
    if new is not None:
        agency, officer, due_on = new
        CaseMark.objects.create(case_id=case_id, agency_id=agency, officer=officer, due_on=due_on)
        _bump(new, 1)


@transaction.atomic
def note_quality(case_id: int, verb: str, score: int = 0) -> None:
    """Count a return for rework, a second supplement or a rating for the competent agency."""
    agency = Case.objects.values_list("competent_agency_id", flat=True).get(pk=case_id)
    adds: dict[str, int] = {}
    if verb == "return_for_rework":
        adds = {"rework": 1}
    elif verb == "request_supplement":
        asked = Application.objects.values_list("contacts", flat=True).get(pk=case_id)
        adds = {"second": 1} if asked > 1 else {}
    elif score:
        adds = {"ratings": 1, "rating_sum": score}
    if adds:
        row, _made = QualityDay.objects.get_or_create(agency_id=agency, day=today())
        QualityDay.objects.filter(pk=row.pk).update(**{k: F(k) + v for k, v in adds.items()})


def differences() -> dict[Place, tuple[int, int]]:
    """Places where the roll-up differs from the cases: counted there, true number."""
    truth = Counter(_place(row) for row in _open_cases())
    held = {(r[0], r[1], r[2]): r[3] for r in LoadCell.objects.exclude(n=0).values_list(
        "agency_id", "officer", "due_on", "n")}  # fmt: skip
    return {
        place: (held.get(place, 0), truth.get(place, 0))
        for place in held.keys() | truth.keys()
        if held.get(place, 0) != truth.get(place, 0)
    }


@transaction.atomic
def rebuild() -> int:
    """Make the roll-up of open cases anew. Returns how many cases it counts."""
    CaseMark.objects.all().delete()
    LoadCell.objects.all().delete()
    cells: Counter[Place] = Counter()
    batch: list[CaseMark] = []
    for row in _open_cases():
        place = _place(row)
        cells[place] += 1
        batch.append(
            CaseMark(case_id=row[0], agency_id=place[0], officer=place[1], due_on=place[2])
        )
        if len(batch) == 5000:
            CaseMark.objects.bulk_create(batch, batch_size=500)
            batch.clear()
    CaseMark.objects.bulk_create(batch, batch_size=500)
    LoadCell.objects.bulk_create(
        [LoadCell(agency_id=a, officer=o, due_on=d, n=n) for (a, o, d), n in cells.items()],
        batch_size=500,
    )
    return sum(cells.values())


@transaction.atomic
def count_past_quality(since: dt.datetime, leave_out: Collection[UUID]) -> None:
    """Count what happened to dossiers whose events nobody hears any more, from their history.

    For data that was brought in whole (an import, the demo's past). Not to be repeated.

    Args:
        since: the earliest act that is counted.
        leave_out: uids of dossiers whose events are still to be heard.
    """
    days: dict[tuple[int, dt.date], Counter[str]] = defaultdict(Counter)
    rework = StateChange.objects.filter(verb="applications.return_for_rework", at__gte=since)
    for uid, agency, at in rework.values_list("case__uid", "case__competent_agency_id", "at"):
        if uid not in leave_out:
            days[agency, at.astimezone(CITY_ZONE).date()]["rework"] += 1
    ratings = Rating.objects.filter(at__gte=since).values_list(
        "case__uid", "case__competent_agency_id", "at", "score"
    )
    for uid, agency, at, score in ratings:
        if uid not in leave_out:
            counts = days[agency, at.astimezone(CITY_ZONE).date()]
            counts["ratings"] += 1
            counts["rating_sum"] += score
    for (agency, day), counts in days.items():
        row, _made = QualityDay.objects.get_or_create(agency_id=agency, day=day)
        adds = {name: F(name) + n for name, n in counts.items()}
        QualityDay.objects.filter(pk=row.pk).update(**adds)
