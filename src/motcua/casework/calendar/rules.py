"""Working time as arithmetic: an immutable calendar that answers in constant time.

Days are proleptic ordinals, times of day are seconds after midnight on the
city's wall clock. All sums are prepared once, so a due date is a lookup or one
bisection, never a walk over days.

Law: Bộ luật Lao động 45/2019/QH14 Điều 111, 112 (days off, swaps); Bộ luật Dân sự
91/2015/QH13 Điều 147, 148 (how periods begin and end).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from motcua.casework.calendar.days import OutsideCalendarError, Slots, SpecialDay
from motcua.foundation.timesource import CITY_ZONE

DAY_TICKS = 28_800
"""One working day counts as eight working hours, in seconds, however long it really is."""

SAME_DAY_CUTOFF = dt.time(15, 0)

_DAY = dt.timedelta(days=1)

__all__ = [
    "DAY_TICKS",
    "SAME_DAY_CUTOFF",
    "OutsideCalendarError",
    "Slots",
    "SpecialDay",
    "WorkCalendar",
]


class WorkCalendar:
    """The working days and hours of one agency. Immutable; safe to share between threads.

    ``first``/``last`` bound the years covered. ``known_years`` are those whose
    days off have been decided; in others they are computed or only weekends are
    known, and a due date is provisional. Moments in and out are aware; answers are
    on the city's clock.
    """

    __slots__ = (
        "_before",
        "_by_day",
        "_ends",
        "_first",
        "_last",
        "_midnights",
        "_ordinals",
        "_prefix",
        "known_years",
        "special",
    )

    known_years: frozenset[int]
    special: Mapping[int, SpecialDay]

    def __init__(
        self,
        *,
        first: dt.date,
        last: dt.date,
        working: Sequence[tuple[int, Slots]],
        special: Mapping[int, SpecialDay],
        known_years: frozenset[int],
    ) -> None:
        """``working`` holds every working day as (ordinal, slots), ascending."""
        self._first = first.toordinal()
        self._last = last.toordinal()
        self._ordinals = [ordinal for ordinal, _ in working]
        self._by_day = [slots for _, slots in working]
        self._midnights = [
            dt.datetime.combine(dt.date.fromordinal(o), dt.time(), CITY_ZONE)
            for o in self._ordinals
        ]
        self._ends = [
            midnight + dt.timedelta(seconds=slots.last)
            for midnight, slots in zip(self._midnights, self._by_day, strict=True)
        ]
        prefix = [0]
        for slots in self._by_day:
            prefix.append(prefix[-1] + slots.total)
        self._prefix = prefix
        before: list[int] = []
        index = 0
        for ordinal in range(self._first, self._last + 2):
            before.append(index)
            if index < len(self._ordinals) and self._ordinals[index] == ordinal:
                index += 1
        self._before = before
        self.special = special
        self.known_years = known_years

    # -- days ---------------------------------------------------------------

    def _offset(self, ordinal: int) -> int:
        if not self._first <= ordinal <= self._last:
            raise OutsideCalendarError(day=dt.date.fromordinal(ordinal).isoformat())
        return ordinal - self._first

    def _index_from(self, ordinal: int) -> int:
        """The index of the first working day on or after ``ordinal``."""
        index = self._before[self._offset(ordinal)]
        if index >= len(self._ordinals):
            raise OutsideCalendarError(day=dt.date.fromordinal(ordinal).isoformat())
        return index

    def _end_of(self, index: int) -> dt.datetime:
        if index >= len(self._ends):
            raise OutsideCalendarError(day=dt.date.fromordinal(self._last + 1).isoformat())
        return self._ends[index]

    def is_working_day(self, day: dt.date) -> bool:
        """Whether ``day`` counts as a working day for deadlines."""
        offset = self._offset(day.toordinal())
        return self._before[offset + 1] > self._before[offset]

    def slots_on(self, day: dt.date) -> Slots | None:
        """The hours that count on ``day``; ``None`` on a day off."""
        if not self.is_working_day(day):
            return None
        return self._by_day[self._before[self._offset(day.toordinal())]]

    def end_of_working_day(self, day: dt.date) -> dt.datetime:
        """The end of the last slot of ``day``, or of the next working day (BLDS Điều 148(5))."""
        return self._end_of(self._index_from(day.toordinal()))

    def working_days_between(self, after: dt.date, upto: dt.date) -> int:
        """How many working days lie in ``(after, upto]``."""
        before = self._before
        return (
            before[self._offset(upto.toordinal()) + 1] - before[self._offset(after.toordinal()) + 1]
        )

    # -- moments ------------------------------------------------------------

    def next_slot_start(self, moment: dt.datetime) -> dt.datetime:
        """``moment`` itself inside working hours, else the start of the next slot."""
        here = moment.astimezone(CITY_ZONE)
        ordinal = here.toordinal()
        index = self._index_from(ordinal)
        if self._ordinals[index] == ordinal:
            second = here.hour * 3600 + here.minute * 60 + here.second
            for begin, end in self._by_day[index].spans:
                if second < end:
                    if second >= begin:
                        return here
                    return self._midnights[index] + dt.timedelta(seconds=begin)
            index += 1
        return self._end_of(index) - dt.timedelta(
            seconds=self._by_day[index].last - self._by_day[index].first
        )

    def add_working_hours(self, start: dt.datetime, hours: float) -> dt.datetime:
        """The moment ``hours`` (> 0) of working time after ``start`` have been worked."""
        return self.at_second_tick(self.second_tick(start) + round(hours * 3600))

    def add_working_days(self, start: dt.datetime, days: int) -> dt.datetime:
        """End of the ``days``-th working day after the start day, which is not counted.

        A start outside working hours is first moved to the next slot.
        """
        index = self._start_index(start)
        return self._end_of(index + days)

    def add_calendar_days(self, start: dt.datetime, days: int) -> dt.datetime:
        """End of the ``days``-th day after the start day; a day off ends on the next working day.

        BLDS Điều 147(2), 148(1), 148(5).
        """
        day = self._ordinals[self._start_index(start)] + days
        return self._end_of(self._index_from(day))

    def same_day(self, start: dt.datetime, cutoff: dt.time = SAME_DAY_CUTOFF) -> dt.datetime:
        """End of the start day; after ``cutoff`` (local time), of the next working day."""
        begin = self.next_slot_start(start)
        index = self._before[begin.toordinal() - self._first]
        return self._end_of(index + (begin.time() > cutoff))

    def next_day_start(self, day: dt.date) -> dt.datetime:
        """When work begins on the first working day after ``day``."""
        index = self._index_from(day.toordinal() + 1)
        return self._midnights[index] + dt.timedelta(seconds=self._by_day[index].first)

    def working_minutes_between(self, begin: dt.datetime, end: dt.datetime) -> int:
        """Whole minutes of working time from ``begin`` to ``end`` (0 if reversed)."""
        return max(0, self.second_tick(end) - self.second_tick(begin)) // 60

    def _start_index(self, start: dt.datetime) -> int:
        here = start.astimezone(CITY_ZONE)
        ordinal = here.toordinal()
        index = self._index_from(ordinal)
        if self._ordinals[index] == ordinal and (
            here.hour * 3600 + here.minute * 60 + here.second >= self._by_day[index].last
        ):
            return index + 1
        return index

    # -- positions: moments as places on a ruler, and back -------------------

    def second_tick(self, moment: dt.datetime) -> int:
        """Working seconds from the beginning of the calendar to ``moment``."""
        index, elapsed, _ = self._place(moment)
        return self._prefix[index] + elapsed

    def at_second_tick(self, tick: int) -> dt.datetime:
        """The earliest moment at which ``tick`` working seconds have passed."""
        index = bisect_left(self._prefix, tick) - 1
        if index < 0 or index >= len(self._midnights):
            raise OutsideCalendarError(day=dt.date.fromordinal(self._last).isoformat())
        second = self._by_day[index].second_at(tick - self._prefix[index])
        return self._midnights[index] + dt.timedelta(seconds=second)

    def day_tick(self, moment: dt.datetime) -> int:
        """Working days to ``moment``, in units of :data:`DAY_TICKS` a day."""
        index, elapsed, total = self._place(moment)
        return index * DAY_TICKS + (elapsed * DAY_TICKS // total if elapsed else 0)

    def day_tick_after(self, moment: dt.datetime) -> int:
        """The place where counting begins when the day of ``moment`` is not counted."""
        return (self._start_index(moment) + 1) * DAY_TICKS

    def at_day_tick(self, tick: int) -> dt.datetime:
        """The earliest moment at which ``tick`` (see :meth:`day_tick`) is reached."""
        index, rest = divmod(tick, DAY_TICKS)
        if rest == 0:
            return self._end_of(index - 1)
        self._end_of(index)
        slots = self._by_day[index]
        # Rounded up, so that counting back never yields less than was granted.
        elapsed = -(-rest * slots.total // DAY_TICKS)
        return self._midnights[index] + dt.timedelta(seconds=slots.second_at(elapsed))

    def _place(self, moment: dt.datetime) -> tuple[int, int, int]:
        here = moment.astimezone(CITY_ZONE)
        offset = self._offset(here.toordinal())
        index = self._before[offset]
        if self._before[offset + 1] == index:
            return index, 0, 1
        slots = self._by_day[index]
        return (
            index,
            slots.elapsed(here.hour * 3600 + here.minute * 60 + here.second),
            slots.total,
        )

    # -- what people are told ------------------------------------------------

    def special_between(self, first: dt.date, last: dt.date) -> list[SpecialDay]:
        """Days off and make-up days in ``[first, last]``, ascending."""
        ordinals = sorted(self.special)
        low = bisect_left(ordinals, first.toordinal())
        high = bisect_right(ordinals, last.toordinal())
        return [self.special[ordinal] for ordinal in ordinals[low:high]]

    def next_working_day(self, day: dt.date) -> dt.date:
        """The first working day after ``day``."""
        return dt.date.fromordinal(self._ordinals[self._index_from(day.toordinal() + 1)])
