"""How urgent a due date is at a moment, in words. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from motcua.casework.calendar.rules import DAY_TICKS, WorkCalendar
from motcua.casework.clock.moments import days_before, share_moment
from motcua.casework.clock.terms import Due, Ruler, Span
from motcua.casework.clock.wording import roughly
from motcua.foundation.errors import Bilingual

Urgency = Literal["on_time", "near", "late", "paused", "done", "none"]
Threshold = Literal["", "half", "most", "day_before", "overdue"]

_NONE = Bilingual("Chưa tính thời hạn", "No deadline yet")


@dataclass(frozen=True, slots=True)
class Badge:
    """A state word, a text, the share of the period used (0…) and the last threshold passed."""

    state: Urgency
    words: Bilingual
    percent: int = 0
    threshold: Threshold = ""


def thresholds(due: Due) -> Mapping[Threshold, dt.datetime]:
    """When a running clock passes half, 80 %, one day before (for the apology) and its end."""
    if due.state != "running" or due.at is None or due.limit is None or due.calendar is None:
        return {}
    points: dict[Threshold, dt.datetime] = {}
    names: tuple[tuple[Threshold, int], ...] = (("half", 50), ("most", 80))
    for name, percent in names:
        if (at := share_moment(due, percent)) is not None:
            points[name] = at
    if (before := days_before(due)) is not None:
        points["day_before"] = before
    points["overdue"] = due.at
    return points


def row_badge(
    state: str, at: dt.datetime | None, now: dt.datetime, calendar: WorkCalendar
) -> Badge:
    """A badge from what a list row mirrors (``Case.clock_state``, ``Case.due_at``) alone.

    Amounts are in working time; ``near`` means one working day or less is left.
    """
    if state == "paused":
        return Badge("paused", Bilingual("Tạm dừng", "Paused"))
    if state == "stopped":
        return Badge("done", Bilingual("Đã xong", "Done"))
    if state != "running" or at is None:
        return Badge("none", _NONE)
    ticks = calendar.second_tick(at) - calendar.second_tick(now)
    amount = roughly(Span(abs(ticks), "working_hour"))
    if now > at:
        words = Bilingual(f"Trễ {amount.vi}", f"Late by {amount.en}")
        return Badge("late", words if ticks <= -60 else _JUST_LATE, threshold="overdue")
    near = ticks <= DAY_TICKS
    words = Bilingual(f"Còn {amount.vi}", f"{amount.en} left")
    return Badge("near" if near else "on_time", words)


def badge(due: Due, now: dt.datetime) -> Badge:
    """The badge of ``due`` at ``now``: state, words, share used, last threshold passed."""
    if due.state == "none" or due.limit is None or due.calendar is None:
        return Badge("none", _NONE)
    if due.state == "stopped":
        return _done(due)
    ruler = Ruler(due.calendar, due.limit.unit)
    if due.state == "paused" and due.at is None:
        left = roughly(due.remaining)
        words = Bilingual(f"Tạm dừng, còn {left.vi}", f"Paused, {left.en} left")
        return Badge("paused", words, _percent(due, due.consumed.ticks))
    assert due.at is not None
    if now > due.at:
        late = _late(due, ruler, due.at, now)
        text = Bilingual(f"Trễ {late.vi}", f"Late by {late.en}") if late else _JUST_LATE
        used = due.total.ticks + max(0, ruler.place(now) - ruler.place(due.at))
        return Badge("late", text, _percent(due, used), "overdue")
    return _running(due, ruler, due.at, now)


_JUST_LATE = Bilingual("Vừa quá hạn", "Just overdue")


def _running(due: Due, ruler: Ruler, at: dt.datetime, now: dt.datetime) -> Badge:
    place = ruler.place(now)
    used = due.consumed.ticks + max(0, place - due.run_tick)
    left = max(0, ruler.place(at) - max(place, due.run_tick))
    passed: Threshold = ""
    for name, moment in thresholds(due).items():
        if now >= moment and name != "overdue":
            passed = name
    near = passed in {"most", "day_before"}
    if left == 0:
        words = Bilingual("Hết hạn hôm nay", "Due today")
    else:
        amount = roughly(Span(left, ruler.unit))
        words = Bilingual(f"Còn {amount.vi}", f"{amount.en} left")
    return Badge("near" if near else "on_time", words, min(100, _percent(due, used)), passed)


def _percent(due: Due, used: int) -> int:
    return used * 100 // due.total.ticks if due.total.ticks else 0


def _late(due: Due, ruler: Ruler, at: dt.datetime, now: dt.datetime) -> Bilingual | None:
    """By how much ``now`` is past ``at``; ``None`` when less than a minute of counted time."""
    unit = ruler.unit
    if unit == "calendar_day":
        days = ruler.place(now) - ruler.place(at)
        if days:
            return roughly(Span(days, unit))
        unit = "hour"
        ruler = Ruler(ruler.calendar, unit)
    ticks = ruler.place(now) - ruler.place(at)
    return roughly(Span(ticks, unit)) if ticks >= 60 else None


def _done(due: Due) -> Badge:
    if due.at is None or due.stopped_at is None or due.limit is None or due.calendar is None:
        return Badge("done", Bilingual("Đã xong", "Done"))
    ruler = Ruler(due.calendar, due.limit.unit)
    if due.stopped_at > due.at:
        late = _late(due, ruler, due.at, due.stopped_at)
        if late is None:
            return Badge("done", Bilingual("Xong, trễ hạn", "Done, late"), 100, "overdue")
        text = Bilingual(f"Xong, trễ {late.vi}", f"Done, late by {late.en}")
        return Badge("done", text, 100, "overdue")
    early = ruler.place(due.at) - ruler.place(due.stopped_at)
    a_day = 1 if ruler.unit == "calendar_day" else DAY_TICKS
    if early >= a_day:
        amount = roughly(Span(early, ruler.unit))
        return Badge("done", Bilingual(f"Xong sớm {amount.vi}", f"Done {amount.en} early"))
    return Badge("done", Bilingual("Xong đúng hạn", "Done on time"))
