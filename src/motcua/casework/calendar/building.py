"""From dated rows (days off, make-up days, opening hours) to a WorkCalendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from motcua.casework.calendar.rules import Slots, SpecialDay, WorkCalendar


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of one weekday (Monday = 0) that count for deadlines, in a period.

    ``slots`` is ``None`` when the weekday does not count (closed, or open only to
    receive and return).
    """

    weekday: int
    slots: Slots | None
    valid_from: dt.date = dt.date.min
    valid_to: dt.date | None = None


def parse_slots(spans: Sequence[Sequence[str]]) -> Slots:
    """``[["07:30", "11:30"], …]`` as slots. ValueError names what is wrong."""
    return Slots(tuple((_second(begin), _second(end)) for begin, end in spans))


def _second(text: str) -> int:
    hour, _, minute = text.partition(":")
    value = int(hour) * 3600 + int(minute) * 60
    if not (0 <= int(minute) < 60 and 0 <= value <= 86_400):
        raise ValueError(f"not a time of day: {text!r}")
    return value


OFFICE_SLOTS = parse_slots([["07:30", "11:30"], ["13:00", "17:00"]])
OFFICE_WEEK: tuple[Hours, ...] = tuple(Hours(weekday, OFFICE_SLOTS) for weekday in range(5))


def hours_on(week: Sequence[Hours], day: dt.date, weekday: int) -> Slots | None:
    """The counting hours for ``weekday`` under the rules in force on ``day``; the last row wins."""
    for row in reversed(week):
        if (
            row.weekday == weekday
            and row.valid_from <= day
            and (row.valid_to is None or day <= row.valid_to)
        ):
            return row.slots
    return None


def build(
    special: Iterable[SpecialDay],
    *,
    week: Sequence[Hours] = OFFICE_WEEK,
    first_year: int,
    last_year: int,
    known_years: frozenset[int] | None = None,
) -> WorkCalendar:
    """A calendar for whole years. Later special days replace earlier ones of the same date.

    A make-up day has the hours of an ordinary Monday, since it stands for a
    weekday that was given off.
    """
    days = {day.day.toordinal(): day for day in special}
    first, last = dt.date(first_year, 1, 1), dt.date(last_year, 12, 31)
    table = _WeekTable(week)
    working: list[tuple[int, Slots]] = []
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        row = days.get(ordinal)
        slots = table.on(ordinal, 0 if row and row.works else None)
        if slots is not None and (row is None or row.works):
            working.append((ordinal, slots))
    known = known_years
    if known is None:
        known = frozenset(row.day.year for row in days.values() if row.decided)
    return WorkCalendar(
        first=first, last=last, working=working, special=dict(days), known_years=known
    )


class _WeekTable:
    """Looks hours up once per stretch between changes, not once per day."""

    def __init__(self, week: Sequence[Hours]) -> None:
        self._week = week
        starts = {row.valid_from.toordinal() for row in week}
        ends = {row.valid_to.toordinal() + 1 for row in week if row.valid_to}
        self._changes = sorted(starts | ends, reverse=True)
        self._known: dict[tuple[int, int], Slots | None] = {}

    def on(self, ordinal: int, as_weekday: int | None) -> Slots | None:
        weekday = (ordinal + 6) % 7
        if as_weekday is not None and weekday >= 5:
            weekday = as_weekday
        stretch = next((c for c in self._changes if c <= ordinal), 1)
        key = (stretch, weekday)
        if key not in self._known:
            day = dt.date.fromordinal(ordinal)
            self._known[key] = hours_on(self._week, day, weekday)
        return self._known[key]


def slots_as_text(value: Sequence[Sequence[str]]) -> str:
    """Stored spans in words: ``07:30–11:30, 13:00–17:00``."""
    return ", ".join(f"{begin}–{end}" for begin, end in value)
