"""When a case passes each rung, on the legal clock. Pure; the clock does the counting."""

from __future__ import annotations

import datetime as dt

from motcua.casework.calendar.public import WorkCalendar
from motcua.casework.clock.public import (
    Due,
    days_after,
    days_before,
    full_days_after,
    share_moment,
)
from motcua.subsystems.escalation.rules import AGAIN, BEFORE, SHARE, Ladder, Point


def points_of(ladder: Ladder, due: Due) -> list[Point]:
    """The rungs of a running clock at their moments, earliest first, but for repeated ones.

    What was paused counts nothing. Rungs that would lie before the first day of a short
    period are left out.
    """
    if due.state != "running" or due.at is None or due.calendar is None:
        return []
    points: list[Point] = []
    for rung in ladder.rungs:
        if rung.when == AGAIN:
            continue
        if rung.when == SHARE:
            at = share_moment(due, rung.amount)
        elif rung.when == BEFORE:
            at = days_before(due, rung.amount)
        else:
            at = days_after(due.at, rung.amount, due.calendar)
        if at is not None:
            points.append(Point(rung.key, at))
    return sorted(points, key=lambda point: point.at)


def repeats(
    again: int, due_at: dt.datetime, at: dt.datetime, calendar: WorkCalendar
) -> list[Point]:
    """The repeated reminder that was passed last (only that one), and the next."""
    over = full_days_after(due_at, at, calendar) // again
    points = [
        Point(f"{AGAIN}:{again}:{n}", days_after(due_at, n * again, calendar))
        for n in (over, over + 1, over + 2)
        if n > 0
    ]
    past = [point for point in points if point.at <= at]
    return past[-1:] + [point for point in points if point.at > at][:1]
