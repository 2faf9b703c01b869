"""The values of the legal clock: periods, entries, the ruler that measures, the due date.

Law: Bộ luật Dân sự 91/2015/QH13 Điều 147, 148 (how periods begin and end).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from motcua.casework.calendar.rules import DAY_TICKS, SAME_DAY_CUTOFF, WorkCalendar
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import CITY_ZONE

Unit = Literal["hour", "working_hour", "working_day", "calendar_day", "same_day"]
Act = Literal["start", "suspend", "resume", "extend", "stop", "recompute", "restart"]
State = Literal["none", "running", "paused", "stopped"]
PolicyKind = Literal["restart", "pause", "fixed"]
Ground = Literal["supplement", "financial", "verification"]

MAIN = "main"
PHASE_TWO = "phase2"
CASE_TRACKS = (MAIN, PHASE_TWO)
"""The clocks of the result itself, in their order; the case mirrors the last one begun."""

CIVIL_CODE_147 = "Bộ luật Dân sự 91/2015/QH13, Điều 147"
CIVIL_CODE_148 = "Bộ luật Dân sự 91/2015/QH13, Điều 148"

_TICKS: Mapping[str, int] = {
    "hour": 3600,
    "working_hour": 3600,
    "working_day": DAY_TICKS,
    "calendar_day": 1,
}
WORKING_UNITS = frozenset({"working_hour", "working_day", "same_day"})


@dataclass(frozen=True, slots=True)
class Limit:
    """A lawful period. ``hour`` runs round the clock, ``working_hour`` only in office hours.

    ``same_day`` always has amount 1.
    """

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 1 or (self.unit == "same_day" and self.amount != 1):
            raise ValueError(f"no such period: {self.amount} {self.unit}")

    def stored(self) -> list[Any]:
        """As kept in an entry's data."""
        return [self.amount, self.unit]

    @classmethod
    def read(cls, stored: Sequence[Any]) -> Limit:
        """The inverse of :meth:`stored`."""
        return cls(int(stored[0]), stored[1])


@dataclass(frozen=True, slots=True)
class Policy:
    """What a request for supplement does to the clock, per procedure.

    ``restart``: the whole time again from the full dossier; ``pause``: the old due
    date plus the pause; ``fixed``: as pause, and the applicant has ``applicant``
    to answer, or is refused.
    """

    kind: PolicyKind = "pause"
    applicant: Limit | None = None

    def stored(self) -> dict[str, Any]:
        """As kept in an entry's data."""
        return {
            "kind": self.kind,
            "applicant": self.applicant.stored() if self.applicant else None,
        }

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Policy:
        """The inverse of :meth:`stored`."""
        limit = stored.get("applicant")
        return cls(stored["kind"], Limit.read(limit) if limit else None)


@dataclass(frozen=True, slots=True)
class Span:
    """An amount of counted time: ``ticks`` on the ruler of ``unit``.

    Ticks are seconds, or whole days for ``calendar_day``; a working day has
    28,800 whatever the office's hours.
    """

    ticks: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Entry:
    """One appended act. ``due_at`` and ``state`` are what held right after it."""

    seq: int
    track: str
    act: Act
    at: dt.datetime
    data: Mapping[str, Any]
    reason: str = ""
    legal_basis: str = ""
    evidence: str = ""
    actor_name: str = ""
    agency_id: int | None = None
    due_at: dt.datetime | None = None
    state: State = "none"


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One stretch of the explanation. ``to_at`` is ``None`` while a pause lasts."""

    from_at: dt.datetime
    to_at: dt.datetime | None
    counted: Span
    why: Bilingual
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Ruler:
    """Places moments on the scale of one unit, and reads them back."""

    calendar: WorkCalendar
    unit: Unit

    def place(self, moment: dt.datetime) -> int:
        """Where ``moment`` stands."""
        if self.unit == "working_day":
            return self.calendar.day_tick(moment)
        if self.unit == "calendar_day":
            return moment.astimezone(CITY_ZONE).toordinal()
        if self.unit == "hour":
            return int(moment.timestamp())
        return self.calendar.second_tick(moment)

    def begin(self, started_at: dt.datetime) -> int:
        """Where counting begins: the day of the start itself is not counted (147(2))."""
        if self.unit == "working_day":
            return self.calendar.day_tick_after(started_at)
        return self.place(started_at)

    def moment(self, tick: int) -> dt.datetime:
        """The earliest moment at ``tick``; days end with the last slot (148(1), 148(5))."""
        if self.unit == "working_day":
            return self.calendar.at_day_tick(tick)
        if self.unit == "calendar_day":
            return self.calendar.end_of_working_day(dt.date.fromordinal(tick))
        if self.unit == "hour":
            return dt.datetime.fromtimestamp(tick, CITY_ZONE)
        return self.calendar.at_second_tick(tick)

    def ticks(self, limit: Limit) -> int:
        """The length of ``limit`` on this ruler. ValueError when the units do not mix."""
        if limit.unit == self.unit or {limit.unit, self.unit} <= WORKING_UNITS:
            return limit.amount * _TICKS[limit.unit]
        raise ValueError(f"{limit.unit} cannot be added to {self.unit}")


def started_at(start: dt.datetime, unit: Unit, calendar: WorkCalendar) -> dt.datetime:
    """When the clock begins: the next slot, except for hours round the clock (147(1))."""
    if unit == "hour":
        return start.astimezone(CITY_ZONE).replace(microsecond=0)
    return calendar.next_slot_start(start.replace(microsecond=0))


def due_at(
    limit: Limit,
    start: dt.datetime,
    calendar: WorkCalendar,
    cutoff: dt.time = SAME_DAY_CUTOFF,
) -> dt.datetime:
    """The due date of an undisturbed period: one look-up, no explanation. The fast path."""
    if limit.unit == "working_day":
        return calendar.add_working_days(start, limit.amount)
    if limit.unit == "working_hour":
        return calendar.add_working_hours(start.replace(microsecond=0), limit.amount)
    if limit.unit == "calendar_day":
        return calendar.add_calendar_days(start, limit.amount)
    if limit.unit == "same_day":
        return calendar.same_day(start, cutoff)
    return started_at(start, "hour", calendar) + dt.timedelta(hours=limit.amount)


PartKind = Literal["base", "remote", "extension"]
StretchKind = Literal["wait", "run", "pause", "void"]


@dataclass(frozen=True, slots=True)
class Part:
    """A granted amount: the limit itself, remote-area days, an extension."""

    kind: PartKind
    ticks: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the past (or the last run, up to the due date) as walked by ``rules.derive``."""

    kind: StretchKind
    from_at: dt.datetime
    to_at: dt.datetime | None
    from_tick: int
    to_tick: int
    entry: Entry
    fresh: bool = False


@dataclass(frozen=True)
class Due:
    """Where a clock stands after its last entry. ``at`` is ``None`` while paused or absent.

    ``proposed`` is set when today's calendar would give another date than the one
    promised: the promise holds until a recompute entry says otherwise.
    ``missed`` marks a date that had passed before the clock was paused: it stays.
    ``provisional`` tells that the due year's days off are not on record yet.
    """

    state: State
    at: dt.datetime | None = None
    started_at: dt.datetime | None = None
    limit: Limit | None = None
    policy: Policy = field(default_factory=Policy)
    total: Span = Span(0, "working_day")
    consumed: Span = Span(0, "working_day")
    stopped_at: dt.datetime | None = None
    applicant_due: dt.datetime | None = None
    proposed: dt.datetime | None = None
    provisional: bool = False
    extended: bool = False
    missed: bool = False
    promised: dt.datetime | None = None
    last_act: Act | None = None
    computed: dt.datetime | None = None
    run_tick: int = 0
    kept: int = 0
    stretches: tuple[Stretch, ...] = ()
    parts: tuple[Part, ...] = ()
    calendar: WorkCalendar | None = field(default=None, repr=False, compare=False)

    @property
    def remaining(self) -> Span:
        """What is left after :attr:`consumed`; never negative."""
        return Span(max(0, self.total.ticks - self.consumed.ticks), self.total.unit)

    @cached_property
    def lines(self) -> list[ClockLine]:
        """Why it is due when it is due, as contiguous stretches in order."""
        from motcua.casework.clock.explaining import lines_of

        return lines_of(self)
