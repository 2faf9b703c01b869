"""The delivered table against the `holidays` package, with the known gaps named."""

from __future__ import annotations

import datetime as dt

import holidays
import pytest

from motcua.casework.calendar.seed import (
    computed_days,
    delivered_calendar,
    delivered_days,
)

# The package does not know this pair of 2026; the official notice does.
MISSING_IN_PACKAGE = {dt.date(2026, 1, 2), dt.date(2026, 1, 10)}


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_every_day_agrees_with_the_package(year: int) -> None:
    package = holidays.country_holidays("VN", years=year)
    calendar = delivered_calendar()
    day = dt.date(year, 1, 1)
    differing = set()
    while day.year == year:
        if calendar.is_working_day(day) != package.is_working_day(day):
            differing.add(day)
        day += dt.timedelta(days=1)
    assert differing == {d for d in MISSING_IN_PACKAGE if d.year == year}


def test_swaps_come_in_pairs_and_every_row_says_why() -> None:
    rows = {row.day: row for row in delivered_days()}
    assert len(rows) == len(delivered_days())
    for row in rows.values():
        assert row.name.vi
        assert row.name.en
        assert row.legal_basis
        if row.swapped_with:
            assert rows[row.swapped_with].swapped_with == row.day
            assert {row.kind, rows[row.swapped_with].kind} == {"swap_off", "makeup"}


def test_2027_is_marked_as_computed_because_no_decision_was_read() -> None:
    assert {row.status for row in delivered_days() if row.day.year == 2027} == {"computed"}


def test_a_proposed_year_holds_the_statutory_days() -> None:
    days = {row.day for row in computed_days(2028)}
    assert {dt.date(2028, 1, 26), dt.date(2028, 4, 30), dt.date(2028, 11, 24)} <= days
    assert {row.status for row in computed_days(2028)} == {"computed"}
