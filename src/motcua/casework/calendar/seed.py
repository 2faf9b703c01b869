"""The calendar that comes in the box, and proposals for years not yet decided.

Django-free, so that rules, benchmarks and tests can use it without a database.
"""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import holidays

from motcua.casework.calendar.building import build
from motcua.casework.calendar.rules import SpecialDay, WorkCalendar
from motcua.foundation.errors import Bilingual

DATA_FILE = Path(__file__).parent / "data" / "holidays_vn.csv"
LABOUR_CODE = "Bộ luật Lao động 45/2019/QH14, Điều 112"
FIRST_YEAR, LAST_YEAR = 2015, 2045


@dataclass(frozen=True, slots=True)
class DayRow:
    """One dated row as delivered or proposed. ``status`` is ``decided`` or ``computed``."""

    day: dt.date
    kind: str
    name: Bilingual
    legal_basis: str
    swapped_with: dt.date | None
    status: str


@cache
def delivered_days() -> tuple[DayRow, ...]:
    """The rows of ``data/holidays_vn.csv``, by date."""
    with DATA_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            DayRow(
                dt.date.fromisoformat(row["date"]),
                row["kind"],
                Bilingual(row["name_vi"], row["name_en"]),
                row["legal_basis"],
                dt.date.fromisoformat(row["swapped_with"]) if row["swapped_with"] else None,
                row["status"],
            )
            for row in csv.DictReader(file)
        )


@cache
def computed_days(year: int) -> tuple[DayRow, ...]:
    """What the rule of the law gives for ``year``; not a decision.

    Tết and the second National Day are fixed by the Prime Minister each year, and
    swaps are approved yearly, so a proposal must be confirmed by an officer.
    """
    vietnamese = holidays.country_holidays("VN", years=year, language="vi")
    english = holidays.country_holidays("VN", years=year, language="en_US")
    return tuple(
        DayRow(day, "holiday", Bilingual(name, english[day]), LABOUR_CODE, None, "computed")
        for day, name in sorted(vietnamese.items())
        if day.year == year
    )


def special_day(row: DayRow) -> SpecialDay:
    """The row as the calendar's arithmetic wants it."""
    return SpecialDay(
        row.day,
        row.kind == "makeup",
        row.name,
        row.legal_basis,
        row.status == "decided",
    )


@cache
def delivered_calendar() -> WorkCalendar:
    """The city's ordinary calendar as delivered: for tests, benchmarks and an empty database."""
    return build(
        [special_day(row) for row in delivered_days()],
        first_year=FIRST_YEAR,
        last_year=LAST_YEAR,
    )
