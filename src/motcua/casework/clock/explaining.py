"""Why a case is due when it is due: contiguous lines that officer and citizen can read. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from motcua.casework.calendar.rules import WorkCalendar
from motcua.casework.clock.terms import (
    CIVIL_CODE_147,
    CIVIL_CODE_148,
    WORKING_UNITS,
    ClockLine,
    Due,
    Limit,
    Part,
    Ruler,
    Span,
    Stretch,
    Unit,
)
from motcua.casework.clock.wording import date_in_words, limit_in_words
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import CITY_ZONE

_PAUSES = {
    "supplement": Bilingual(
        "Tạm dừng: chờ bổ sung hồ sơ, không tính vào thời hạn",
        "Paused: waiting for missing papers, not counted",
    ),
    "financial": Bilingual(
        "Tạm dừng: chờ thực hiện nghĩa vụ tài chính, không tính vào thời hạn",
        "Paused: waiting for a tax or fee to be paid, not counted",
    ),
    "verification": Bilingual(
        "Tạm dừng: chờ xác minh theo quy định, không tính vào thời hạn",
        "Paused: verification provided for by law, not counted",
    ),
}
_WAIT = Bilingual(
    "Tiếp nhận ngoài giờ làm việc: tính từ đầu giờ làm việc kế tiếp",
    "Received outside working hours: counted from the next opening",
)
_START_DAY = Bilingual(
    "Ngày bắt đầu không tính vào thời hạn", "The day of the start is not counted"
)
_VOID = Bilingual(
    "Thời gian trước đó không tính: thời hạn được tính lại từ đầu",
    "Earlier time is not counted: the period begins again",
)
_KEPT = Bilingual(
    "Giữ nguyên ngày đã hẹn: lịch làm việc thay đổi không làm hạn đến sớm hơn",
    "The promised date is kept: a change of calendar does not bring it forward",
)
_LAST_DAY = Bilingual(
    "Ngày cuối của thời hạn là ngày nghỉ: chuyển sang ngày làm việc kế tiếp",
    "The last day is a day off: moved to the next working day",
)


def lines_of(due: Due) -> list[ClockLine]:
    """The explanation of ``due``; counted amounts add up to the period granted."""
    if due.calendar is None or due.limit is None:
        return []
    teller = _Teller(due, due.calendar, due.limit)
    for stretch in due.stretches:
        teller.tell(stretch)
    return teller.lines


class _Teller:
    """Turns stretches into lines, spending the granted parts in order."""

    def __init__(self, due: Due, calendar: WorkCalendar, limit: Limit) -> None:
        self.due = due
        self.calendar = calendar
        self.unit: Unit = limit.unit
        self.ruler = Ruler(calendar, limit.unit)
        self.lines: list[ClockLine] = []
        self.left = [[part, part.ticks] for part in due.parts]

    def tell(self, stretch: Stretch) -> None:
        if stretch.kind == "run":
            self._run(stretch)
            return
        why, basis = {
            "wait": (_WAIT, CIVIL_CODE_147),
            "void": (_VOID, stretch.entry.legal_basis),
            "pause": (_pause_words(stretch), stretch.entry.legal_basis),
        }[stretch.kind]
        self._add(stretch.from_at, stretch.to_at, 0, why, basis)

    def _add(
        self,
        begin: dt.datetime,
        end: dt.datetime | None,
        ticks: int,
        why: Bilingual,
        basis: str,
    ) -> None:
        if end is None or end > begin or ticks:
            self.lines.append(ClockLine(begin, end, Span(ticks, self.unit), why, basis))

    def _run(self, stretch: Stretch) -> None:
        end = stretch.to_at
        assert end is not None
        begin = stretch.from_at
        if stretch.fresh:
            begin = self._start_day(stretch, end)
        tick, last = stretch.from_tick, stretch.to_tick
        for part, ticks in self._spend(last - tick):
            tick += ticks
            final = tick == last
            kept = self.due.kept and stretch is self.due.stretches[-1]
            stop = end if final and not kept else min(self.ruler.moment(tick), end)
            self._gaps(begin, stop, tick - ticks, tick, part)
            begin = stop
        if begin < end:
            self._add(begin, end, 0, _KEPT, CIVIL_CODE_148)

    def _start_day(self, stretch: Stretch, end: dt.datetime) -> dt.datetime:
        if self.unit not in {"working_day", "calendar_day"}:
            return stretch.from_at
        day = stretch.from_at.astimezone(CITY_ZONE).date()
        until = min(self.calendar.end_of_working_day(day), end)
        self._add(stretch.from_at, until, 0, _START_DAY, CIVIL_CODE_147)
        return max(until, stretch.from_at)

    def _spend(self, ticks: int) -> Iterator[tuple[Part, int]]:
        """Which granted parts the next ``ticks`` use up; a stretch that uses none is still told."""
        spent = False
        for row in self.left:
            part, left = row
            use = min(ticks, left)
            if use > 0:
                row[1] = left - use
                ticks -= use
                spent = True
                yield part, use
        if not spent and not self.due.kept:
            yield self.left[-1][0], 0

    def _gaps(
        self, begin: dt.datetime, end: dt.datetime, first: int, last: int, part: Part
    ) -> None:
        """A counted stretch, cut at public holidays so that each is seen."""
        if self.unit == "hour":
            self._add(begin, end, last - first, self._why(part, begin, end), _basis(part))
            return
        if self.unit == "calendar_day":
            self._calendar_days(begin, end, last, last - first, part)
            return
        tick = first
        for off_from, off_to, names in self._holidays(begin, end):
            if off_from > begin:
                place = min(last, max(tick, self.ruler.place(off_from)))
                self._add(
                    begin, off_from, place - tick, self._why(part, begin, off_from), _basis(part)
                )
                tick = place
            why = Bilingual(f"Nghỉ: {names.vi}", f"Off: {names.en}")
            self._add(off_from, off_to, 0, why, self._holiday_basis(off_from, off_to))
            begin = off_to
        self._add(begin, end, last - tick, self._why(part, begin, end), _basis(part))

    def _calendar_days(
        self, begin: dt.datetime, end: dt.datetime, last: int, ticks: int, part: Part
    ) -> None:
        day = dt.date.fromordinal(last)
        is_due = end == self.ruler.moment(last)
        if is_due and not self.calendar.is_working_day(day):
            midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), CITY_ZONE)
            if begin < midnight < end:
                self._add(begin, midnight, ticks, self._why(part, begin, midnight), _basis(part))
                self._add(midnight, end, 0, self._moved(day), CIVIL_CODE_148)
                return
        self._add(begin, end, ticks, self._why(part, begin, end), _basis(part))

    def _moved(self, day: dt.date) -> Bilingual:
        names = _names(self.calendar, day, self.calendar.next_working_day(day))
        if not names.vi:
            return _LAST_DAY
        return Bilingual(f"{_LAST_DAY.vi} ({names.vi})", f"{_LAST_DAY.en} ({names.en})")

    def _holidays(
        self, begin: dt.datetime, end: dt.datetime
    ) -> Iterator[tuple[dt.datetime, dt.datetime, Bilingual]]:
        """Gaps in working time inside ``[begin, end]`` that hold a public holiday."""
        at = begin
        days = self.calendar.special_between(_day(begin), _day(end))
        for special in days:
            noon = dt.datetime.combine(special.day, dt.time(12), CITY_ZONE)
            if special.works or noon < at or special.day.weekday() >= 5:
                continue
            last_tick = self.calendar.second_tick(noon)
            off_from = max(at, self.calendar.at_second_tick(last_tick))
            off_to = min(end, self.calendar.next_slot_start(noon))
            if off_to <= off_from:
                continue
            yield off_from, off_to, _names(self.calendar, _day(off_from), _day(off_to))
            at = off_to

    def _holiday_basis(self, begin: dt.datetime, end: dt.datetime) -> str:
        rows = self.calendar.special_between(_day(begin), _day(end))
        bases = [row.legal_basis for row in rows if not row.works and row.legal_basis]
        return "; ".join(dict.fromkeys(bases))

    def _why(self, part: Part, begin: dt.datetime, end: dt.datetime) -> Bilingual:
        words = _part_words(part)
        if self.unit not in WORKING_UNITS:
            return words
        rows = self.calendar.special_between(_day(begin), _day(end))
        made_up = ", ".join(date_in_words(row.day) for row in rows if row.works)
        if not made_up:
            return words
        return Bilingual(
            f"{words.vi} (gồm ngày làm bù {made_up})",
            f"{words.en} (with the make-up day {made_up})",
        )


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(CITY_ZONE).date()


def _names(calendar: WorkCalendar, first: dt.date, last: dt.date) -> Bilingual:
    rows = [row for row in calendar.special_between(first, last) if not row.works]
    return Bilingual(
        "; ".join(dict.fromkeys(row.name.vi for row in rows)),
        "; ".join(dict.fromkeys(row.name.en for row in rows)),
    )


def _pause_words(stretch: Stretch) -> Bilingual:
    words = _PAUSES.get(stretch.entry.data.get("ground", "supplement"), _PAUSES["supplement"])
    if reason := stretch.entry.reason:
        return Bilingual(f"{words.vi}. {reason}", f"{words.en}. {reason}")
    return words


def _part_words(part: Part) -> Bilingual:
    if part.kind == "base":
        limit = limit_in_words(Limit.read(part.entry.data["limit"]))
        return Bilingual(f"Thời hạn giải quyết {limit.vi}", f"Time allowed: {limit.en}")
    if part.kind == "remote":
        limit = limit_in_words(Limit.read(part.entry.data["remote"]))
        return Bilingual(
            f"Cộng thêm {limit.vi} do địa bàn miền núi, biên giới, hải đảo",
            f"{limit.en} more for a mountain, border or island area",
        )
    limit = limit_in_words(Limit.read(part.entry.data["limit"]))
    reason = f": {part.entry.reason}" if part.entry.reason else ""
    return Bilingual(f"Gia hạn {limit.vi}{reason}", f"Extended by {limit.en}{reason}")


def _basis(part: Part) -> str:
    if part.kind == "remote":
        return str(part.entry.data.get("remote_basis") or part.entry.legal_basis)
    return part.entry.legal_basis
