"""Moments on a clock other than its end: a share used, days before and after. Pure."""

from __future__ import annotations

import datetime as dt

from motcua.casework.calendar.rules import DAY_TICKS, WorkCalendar
from motcua.casework.clock.terms import Due, Ruler
from motcua.foundation.timesource import CITY_ZONE


def share_moment(due: Due, percent: int) -> dt.datetime | None:
    """When a running clock has used so many percent of its period; pauses count nothing."""
    if due.state != "running" or due.at is None or due.limit is None or due.calendar is None:
        return None
    used = -(-due.total.ticks * percent // 100)
    place = due.run_tick + max(0, used - due.consumed.ticks)
    return min(Ruler(due.calendar, due.limit.unit).moment(place), due.at)


def days_before(due: Due, days: int = 1) -> dt.datetime | None:
    """The start of the working day that lies so many before the due day.

    None for a period that does not begin before that day.
    """
    if due.at is None or due.started_at is None or due.calendar is None:
        return None
    first = due.started_at.astimezone(CITY_ZONE).date()
    day = due.at.astimezone(CITY_ZONE).date()
    for _ in range(days):
        day -= dt.timedelta(days=1)
        while day > first and not due.calendar.is_working_day(day):
            day -= dt.timedelta(days=1)
        if day <= first:
            return None
    return due.calendar.next_day_start(day - dt.timedelta(days=1))


def days_after(moment: dt.datetime, days: int, calendar: WorkCalendar) -> dt.datetime:
    """So many working days after a moment, such as a due date; 0: the moment itself."""
    if not days:
        return moment
    ruler = Ruler(calendar, "working_day")
    return ruler.moment(ruler.place(moment) + days * DAY_TICKS)


def full_days_after(moment: dt.datetime, at: dt.datetime, calendar: WorkCalendar) -> int:
    """How many whole working days lie between a moment and a later one; 0 when it is earlier."""
    ruler = Ruler(calendar, "working_day")
    return max(0, ruler.place(at) - ruler.place(moment)) // DAY_TICKS
