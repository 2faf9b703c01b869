"""Due dates per second on one core, beside a walk over days in the same run.

``python bench/clock.py`` from the project folder (no database, no Django).
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from bench.table import Table
from motcua.casework.calendar.seed import delivered_calendar, delivered_days
from motcua.casework.clock.planning import Why, plan_resume, plan_start, plan_suspend
from motcua.casework.clock.rules import derive
from motcua.casework.clock.terms import Entry, Limit, Policy, due_at
from motcua.foundation.timesource import CITY_ZONE

GOAL = 100_000
CALENDAR = delivered_calendar()
OFF = {row.day for row in delivered_days() if row.kind != "makeup"}
MADE_UP = {row.day for row in delivered_days() if row.kind == "makeup"}


def starts(count: int) -> list[dt.datetime]:
    """Moments in office hours and outside, over three years."""
    dice = random.Random(1)
    first = dt.datetime(2024, 1, 1, tzinfo=CITY_ZONE)
    return [first + dt.timedelta(minutes=dice.randrange(3 * 365 * 1440)) for _ in range(count)]


def works(day: dt.date) -> bool:
    """The naive question, asked day by day."""
    return day in MADE_UP or (day.weekday() < 5 and day not in OFF)


def walked(start: dt.datetime, days: int) -> dt.datetime:
    """The naive answer: one day after the other."""
    local = start.astimezone(CITY_ZONE)
    day = local.date()
    if local.time() >= dt.time(17):
        day += dt.timedelta(days=1)
    while not works(day):
        day += dt.timedelta(days=1)
    while days:
        day += dt.timedelta(days=1)
        days -= works(day)
    return dt.datetime.combine(day, dt.time(17), CITY_ZONE)


def rate(name: str, work: Callable[[dt.datetime], object], moments: list[dt.datetime]) -> float:
    """Best of five rounds, printed and returned as answers per second of CPU."""
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        for moment in moments:
            work(moment)
        best = min(best, time.process_time() - began)
    found = len(moments) / best
    print(f"{name:<52}{found:>12,.0f} /s")
    return found


def history(start: dt.datetime) -> list[Entry]:
    """A clock that was started, paused and resumed."""
    entries: list[Entry] = []
    why = Why("x", "y")
    for plan, at, more in (
        (plan_start, start, {"limit": Limit(15, "working_day"), "policy": Policy()}),
        (plan_suspend, start + dt.timedelta(days=3), {}),
        (plan_resume, start + dt.timedelta(days=9), {}),
    ):
        entries.append(plan(entries, calendar=CALENDAR, at=at, why=why, **more).entry)  # type: ignore[operator]
    return entries


def main() -> int:
    """Print the table; 1 when the goal is missed."""
    moments = starts(20_000)
    for moment in moments[:2000]:
        assert walked(moment, 15) == due_at(Limit(15, "working_day"), moment, CALENDAR)
    began = time.perf_counter()
    delivered_calendar.__wrapped__()
    print(f"calendar of 31 years built in {(time.perf_counter() - began) * 1000:.0f} ms")
    fifteen = Limit(15, "working_day")
    found = [
        rate("15 working days", lambda at: due_at(fifteen, at, CALENDAR), moments),
        rate("8 working hours", lambda at: due_at(Limit(8, "working_hour"), at, CALENDAR), moments),
        rate("15 days", lambda at: due_at(Limit(15, "calendar_day"), at, CALENDAR), moments),
        rate("same day", lambda at: due_at(Limit(1, "same_day"), at, CALENDAR), moments),
    ]
    naive = rate("15 working days, walked day by day", lambda at: walked(at, 15), moments)
    print(f"{'ratio to the walk':<52}{found[0] / naive:>11.1f} ×")
    one = {moment: history(moment)[:1] for moment in moments[:2000]}
    three = {moment: history(moment) for moment in moments[:2000]}
    rate("derive, one act", lambda at: derive(one[at], CALENDAR), moments[:2000])
    rate("derive, three acts", lambda at: derive(three[at], CALENDAR), moments[:2000])
    rate(
        "derive and explain, three acts",
        lambda at: derive(three[at], CALENDAR).lines,
        moments[:2000],
    )
    table = Table()
    table.line("due dates, the slowest kind", min(found), "/s", GOAL, least=True,
               beside=f"walk over days: {naive:,.0f} /s")  # fmt: skip
    return 0 if table.met else 1


if __name__ == "__main__":
    raise SystemExit(main())
