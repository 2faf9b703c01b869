"""Appointment slots: opening hours cut into pieces, each with so many places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from motcua.foundation.timesource import CITY_ZONE


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What a centre decided about appointments.

    ``minutes``: length of a slot; ``counters`` kept for appointments × ``per_counter`` people
    each = places in a slot; bookable ``days_ahead`` days, until ``minutes_before`` its start.
    """

    minutes: int
    counters: int
    per_counter: int
    days_ahead: int
    minutes_before: int

    @property
    def places(self) -> int:
        """How many people one slot takes."""
        return self.counters * self.per_counter


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot with the places that are left."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    left: int


def day_slots(
    day: dt.date, spans: Iterable[tuple[int, int]], minutes: int
) -> list[tuple[dt.datetime, dt.datetime]]:
    """The slots of a day: whole pieces of each opening span (seconds after midnight).

    A piece that would run past the end of a span, into lunch or closing, is left out.
    """
    midnight = dt.datetime.combine(day, dt.time(), CITY_ZONE)
    length = minutes * 60
    return [
        (midnight + dt.timedelta(seconds=at), midnight + dt.timedelta(seconds=at + length))
        for begin, end in spans
        for at in range(begin, end - length + 1, length)
    ]


def is_bookable(starts_at: dt.datetime, at: dt.datetime, plan: PlanFacts) -> bool:
    """Whether a slot may still (and already) be booked at a moment."""
    if starts_at < at + dt.timedelta(minutes=plan.minutes_before):
        return False
    last = at.astimezone(CITY_ZONE).date() + dt.timedelta(days=plan.days_ahead)
    return starts_at.astimezone(CITY_ZONE).date() <= last
