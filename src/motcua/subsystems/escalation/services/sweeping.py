"""The sweep: note when each running case passes its next rung, and pass those that are due.

Each turn takes a chunk by key and costs a fixed number of statements, however many cases there
are; when nothing is due it costs three.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from motcua.casework.calendar.public import calendar_for
from motcua.casework.cases.public import Case
from motcua.casework.clock.public import active_track, due_of, entries_of_many
from motcua.foundation.timesource import local
from motcua.subsystems.escalation.ladders import Known, ladders_on, stamp_of
from motcua.subsystems.escalation.models import Passed, Watch
from motcua.subsystems.escalation.moments import points_of, repeats
from motcua.subsystems.escalation.rules import (
    AGAIN,
    Fired,
    Ladder,
    Point,
    fire,
    ladder_for,
    rung_of,
)
from motcua.subsystems.escalation.services.telling import tell
from motcua.subsystems.procedures.public import field_of_procedures

KINDS = ("application",)
CHUNK = 500


def sweep(at: dt.datetime) -> bool:
    """One turn: a chunk of cases not watched yet, and a chunk of rungs that were passed.

    Safe to repeat and to run twice at once: a rung is passed once for a case and due date.

    Returns:
        Whether more is waiting.
    """
    known = ladders_on(local(at).date())
    stamp = stamp_of(known)
    with transaction.atomic():
        fresh = _watch_new(known, stamp)
    with transaction.atomic():
        fired = _pass_due(known, stamp, at)
    return CHUNK in (fresh, fired)


def _watch_new(known: Known, stamp: str) -> int:
    """Watch running cases whose due date or ladder is another than is watched. Four statements."""
    watched = Watch.objects.filter(case_id=OuterRef("pk"), due_at=OuterRef("due_at"), stamp=stamp)
    running = Case.objects.filter(
        ~Exists(watched), kind__in=KINDS, is_open=True, clock_state="running", due_at__isnull=False
    )
    columns = ("id", "due_at", "subject_code", "holder_agency_id", "competent_agency_id")
    cases: list[Any] = list(running.order_by("pk").only(*columns)[:CHUNK])
    if not cases:
        return 0
    ids = [case.pk for case in cases]
    entries = entries_of_many(ids)
    already = _already(ids)
    fields = field_of_procedures()
    rows: list[Watch] = []
    for case in cases:
        ladder = _ladder_of(known, case, fields)
        acts = entries.get(case.pk, [])
        due = due_of(case.pk, active_track(acts), entries=acts)
        points = points_of(ladder, due) if ladder else []
        told = already.get((case.pk, case.due_at), set())
        coming = [point.at for point in points if point.key not in told]
        if not coming and ladder and _again(ladder):
            coming = [case.due_at]
        kept = [[point.key, point.at.isoformat()] for point in points]
        rows.append(
            Watch(
                case_id=case.pk, due_at=case.due_at, stamp=stamp, points=kept,
                next_at=min(coming) if coming else None,
            )
        )  # fmt: skip
    Watch.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["due_at", "stamp", "points", "next_at"],
    )
    return len(cases)


def _already(ids: Sequence[int]) -> dict[tuple[int, dt.datetime], set[str]]:
    """The rungs that cases passed, by case and due date."""
    found: dict[tuple[int, dt.datetime], set[str]] = {}
    rows = Passed.objects.filter(case_id__in=ids).values_list("case_id", "due_at", "key")
    for case_id, due_at, key in rows:
        found.setdefault((case_id, due_at), set()).add(key)
    return found


def _ladder_of(known: Known, case: Any, fields: dict[str, str]) -> Ladder | None:
    agency = case.holder_agency_id or case.competent_agency_id
    return ladder_for(known, fields.get(case.subject_code, ""), agency)


def _again(ladder: Ladder) -> int:
    return next((rung.amount for rung in ladder.rungs if rung.when == AGAIN), 0)


def _pass_due(known: Known, stamp: str, at: dt.datetime) -> int:
    """Pass the rungs that are due. A fixed number of statements, however many cases.

    What is no longer running is forgotten; should it run again, it is watched anew.
    """
    gone = Q(case__is_open=False) | ~Q(case__clock_state="running")
    Watch.objects.filter(gone, next_at__lte=at).delete()
    rows = Watch.objects.filter(
        next_at__lte=at, stamp=stamp, due_at=F("case__due_at"), case__is_open=True,
        case__clock_state="running",
    ).select_related("case__competent_agency")  # fmt: skip
    locked = rows.select_for_update(of=("self",), skip_locked=True)
    watches = list(locked.order_by("next_at", "case_id")[:CHUNK])
    if not watches:
        return 0
    already, fields = _already([w.case_id for w in watches]), field_of_procedures()
    made: list[tuple[Passed, Case, tuple[str, ...]]] = []
    rows_passed: list[Passed] = []
    for watch in watches:
        ladder = _ladder_of(known, watch.case, fields)
        fired = _fired(watch, ladder, already.get((watch.case_id, watch.due_at), set()), at)
        watch.next_at = fired.next_at
        for point in fired.passed:
            rung = rung_of(ladder, point.key) if ladder else None
            row = Passed(
                case_id=watch.case_id, due_at=watch.due_at, key=point.key, passed_at=point.at,
                noticed_at=at, told=point is fired.told,
                explain=bool(rung and rung.explain and point is fired.told),
            )  # fmt: skip
            rows_passed.append(row)
            if row.told and rung:
                made.append((row, watch.case, rung.tell))
    Passed.objects.bulk_create(rows_passed)
    Watch.objects.bulk_update(watches, ["next_at"])
    tell(made, at)
    return len(watches)


def _fired(watch: Watch, ladder: Ladder | None, already: set[str], at: dt.datetime) -> Fired:
    points = [Point(key, dt.datetime.fromisoformat(moment)) for key, moment in watch.points]
    if again := _again(ladder) if ladder else 0:
        agency = watch.case.holder_agency_id or watch.case.competent_agency_id
        points += repeats(again, watch.due_at, at, calendar_for(agency))
    return fire(points, already, at)
