"""The numbers of the evaluation, by date, with their law, from ``data/thresholds.csv``."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

DATA_FILE = Path(__file__).parent / "data" / "thresholds.csv"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number with its law; after ``confirmed_until`` nobody has confirmed that it holds."""

    name: str
    value: Decimal
    valid_from: dt.date
    valid_to: dt.date | None
    confirmed_until: dt.date | None
    basis: str


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@cache
def _delivered() -> tuple[Threshold, ...]:
    with DATA_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Threshold(
                row["name"], Decimal(row["value"]), dt.date.fromisoformat(row["valid_from"]),
                _day(row["valid_to"]), _day(row["confirmed_until"]), row["basis"],
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


def thresholds_on(on: dt.date) -> dict[str, Threshold]:
    """The numbers in force on a day, by name."""
    return {
        row.name: row
        for row in _delivered()
        if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)
    }


def limits_on(on: dt.date) -> dict[str, Decimal]:
    """The bare values in force on a day."""
    return {name: row.value for name, row in thresholds_on(on).items()}


def confirmed(on: dt.date) -> bool:
    """Whether every number in force that day is confirmed for the law of that day."""
    rows = thresholds_on(on).values()
    return all(row.confirmed_until is None or on <= row.confirmed_until for row in rows)
