"""A clock to play with in pure tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from motcua.casework.calendar.rules import WorkCalendar
from motcua.casework.calendar.seed import delivered_calendar
from motcua.casework.clock.planning import Plan, Why, plan_start
from motcua.casework.clock.terms import Due, Entry
from motcua.foundation.timesource import CITY_ZONE

CALENDAR = delivered_calendar()
WHY = Why("Lý do", "Nghị định 118/2025/NĐ-CP, Điều 17", actor_name="Nguyễn Văn Bình")


def at(text: str) -> dt.datetime:
    """``31/12/2025 09:00`` on the city's clock."""
    return dt.datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=CITY_ZONE)


class Case:
    """Collects the entries that the plans give."""

    def __init__(self, calendar: WorkCalendar = CALENDAR) -> None:
        self.calendar = calendar
        self.entries: list[Entry] = []

    def do(self, plan: Callable[..., Plan | None], when: str | dt.datetime, **more: Any) -> Due:
        """Plan and append; the due date it brings."""
        moment = at(when) if isinstance(when, str) else when
        made = plan(self.entries, calendar=self.calendar, at=moment, why=WHY, **more)
        assert made is not None
        self.entries.append(made.entry)
        return made.due


def started(when: str, **more: Any) -> Case:
    """A case whose clock began."""
    case = Case()
    case.do(plan_start, when, **more)
    return case
