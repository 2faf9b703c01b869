"""Reads of the calendar: the working calendar of an agency, and the rows behind it."""

from __future__ import annotations

import datetime as dt
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Q

from motcua.casework.calendar.building import OFFICE_WEEK, Hours, build, parse_slots
from motcua.casework.calendar.models import CalendarDay, CalendarVersion, OpeningHours
from motcua.casework.calendar.rules import SpecialDay, WorkCalendar
from motcua.casework.calendar.seed import (
    FIRST_YEAR,
    LAST_YEAR,
    delivered_calendar,
    delivered_days,
    special_day,
)
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import CITY_ZONE

RECHECK_SECONDS = 5.0
"""How old a process's idea of the calendar may get; deadlines computed meanwhile are recomputed."""

FORMER_KEPT = 50


@dataclass
class _Cache:
    stamp: uuid.UUID | None = None
    last_change: dt.datetime | None = None
    checked_at: float = float("-inf")
    unsettled: tuple[int, Callable[[], None]] | None = None
    calendars: dict[int | None, WorkCalendar] = field(default_factory=dict)
    former: dict[tuple[int | None, dt.datetime], WorkCalendar] = field(default_factory=dict)
    with_own_rows: frozenset[int] | None = None

    def forget(self) -> None:
        self.calendars.clear()
        self.former.clear()
        self.with_own_rows = None
        self.checked_at = float("-inf")


_cache = _Cache()


def forget_calendars() -> None:
    """Drop what this process remembers, after a change in the present transaction.

    Until that transaction ends, this thread asks the database on every read and
    remembers nothing across its end, since the change may be rolled back.
    """
    _cache.forget()

    def committed() -> None:
        _cache.forget()

    if connection.in_atomic_block:
        transaction.on_commit(committed)
        _cache.unsettled = (threading.get_ident(), committed)


def _change_pending() -> bool:
    """Whether this thread's own change is neither committed nor rolled back yet."""
    if _cache.unsettled is None or _cache.unsettled[0] != threading.get_ident():
        return False
    if any(entry[1] is _cache.unsettled[1] for entry in connection.run_on_commit):
        return True
    _cache.unsettled = None
    _cache.forget()
    return False


def calendar_for(agency_id: int | None, as_of: dt.datetime | dt.date | None = None) -> WorkCalendar:
    """The working calendar of an agency, or the city's ordinary one for ``None``.

    Remembered per process and dropped when the calendar's version changes, which
    is asked at most every :data:`RECHECK_SECONDS`: usually no statement at all.
    With ``as_of`` (an aware moment, or a date to its end) the calendar as it was
    on record then.
    """
    _recheck()
    if agency_id is not None and agency_id not in _own_rows():
        agency_id = None
    moment = _recorded_until(as_of)
    if moment is not None:
        return _former(agency_id, moment)
    found = _cache.calendars.get(agency_id)
    if found is None:
        found = _cache.calendars[agency_id] = _build(agency_id, None)
    return found


def _recorded_until(as_of: dt.datetime | dt.date | None) -> dt.datetime | None:
    """The moment to look back to; ``None`` when nothing was recorded since."""
    if as_of is None or _cache.last_change is None:
        return None
    moment = (
        as_of
        if isinstance(as_of, dt.datetime)
        else dt.datetime.combine(as_of, dt.time.max, CITY_ZONE)
    )
    return moment if moment < _cache.last_change else None


def _former(agency_id: int | None, moment: dt.datetime) -> WorkCalendar:
    key = (agency_id, moment)
    if key not in _cache.former:
        if len(_cache.former) >= FORMER_KEPT:
            _cache.former.clear()
        _cache.former[key] = _build(agency_id, moment)
    return _cache.former[key]


def _recheck() -> None:
    pending = _change_pending()
    clock = time.monotonic()
    if not pending and clock - _cache.checked_at < RECHECK_SECONDS:
        return
    row = CalendarVersion.objects.values_list("stamp", "changed_at").first()
    stamp, last_change = row or (None, None)
    if stamp != _cache.stamp:
        _cache.forget()
        _cache.stamp, _cache.last_change = stamp, last_change
    _cache.checked_at = clock


def _own_rows() -> frozenset[int]:
    if _cache.with_own_rows is None:
        days = CalendarDay.objects.filter(agency__isnull=False).values_list("agency_id")
        hours = OpeningHours.objects.filter(agency__isnull=False).values_list("agency_id")
        _cache.with_own_rows = frozenset(row[0] for row in days.union(hours))
    return _cache.with_own_rows


def _build(agency_id: int | None, as_of: dt.datetime | None) -> WorkCalendar:
    """Delivered days, overlaid by the rows on record: an empty table reads as delivered."""
    rows = _newest(agency_id, as_of=as_of)
    week = _week(agency_id, as_of)
    if not rows and week is OFFICE_WEEK:
        return delivered_calendar()
    special = {row.day: special_day(row) for row in delivered_days()}
    for day, row in rows.items():
        if row.kind == CalendarDay.Kind.ORDINARY:
            special.pop(day, None)
        else:
            special[day] = _special(row)
    return build(special.values(), week=week, first_year=FIRST_YEAR, last_year=LAST_YEAR)


def _scope(agency_id: int | None) -> Q:
    city = Q(agency__isnull=True)
    return city if agency_id is None else city | Q(agency_id=agency_id)


def effective_days(
    agency_id: int | None, *, first: dt.date, last: dt.date, as_of: dt.datetime | None = None
) -> list[CalendarDay]:
    """The rows on record that hold for an agency in ``[first, last]``, by date. One statement."""
    rows = _newest(agency_id, first=first, last=last, as_of=as_of)
    return [row for _, row in sorted(rows.items()) if row.kind != CalendarDay.Kind.ORDINARY]


def _newest(
    agency_id: int | None,
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
    as_of: dt.datetime | None = None,
) -> dict[dt.date, CalendarDay]:
    """The row of each date that holds: an agency's own before the city's, then the newest."""
    rows = CalendarDay.objects.filter(_scope(agency_id))
    if first and last:
        rows = rows.filter(date__range=(first, last))
    if as_of:
        rows = rows.filter(recorded_at__lte=as_of)
    order = sorted(rows, key=lambda row: (row.agency_id is not None, row.pk))
    return {row.date: row for row in order}


def _special(row: CalendarDay) -> SpecialDay:
    return SpecialDay(
        row.date,
        row.kind == CalendarDay.Kind.MAKEUP,
        Bilingual(row.name_vi, row.name_en),
        row.basis,
        row.status == CalendarDay.Status.DECIDED,
    )


def _week(agency_id: int | None, as_of: dt.datetime | None) -> Sequence[Hours]:
    rows = OpeningHours.objects.filter(_scope(agency_id))
    if as_of:
        rows = rows.filter(recorded_at__lte=as_of)
    found = sorted(rows, key=lambda row: (row.agency_id is not None, row.pk))
    if not found:
        return OFFICE_WEEK
    own = [
        Hours(
            row.weekday,
            parse_slots(row.slots) if row.counts_for_deadline and row.slots else None,
            row.valid_from,
            row.valid_to,
        )
        for row in found
    ]
    return [*OFFICE_WEEK, *own]


def opening_hours_of(agency_id: int | None, on: dt.date) -> list[OpeningHours]:
    """The rows on record for each weekday on a date, Monday first; the default has none."""
    rows = OpeningHours.objects.filter(_scope(agency_id), valid_from__lte=on).exclude(
        valid_to__lt=on
    )
    found: dict[int, OpeningHours] = {}
    for row in sorted(rows, key=lambda row: (row.agency_id is not None, row.pk)):
        found[row.weekday] = row
    return [row for _, row in sorted(found.items())]


def history_of(day: dt.date, agency_id: int | None = None) -> list[CalendarDay]:
    """Every row ever recorded for a date, oldest first."""
    return list(CalendarDay.objects.filter(_scope(agency_id), date=day).order_by("pk"))
