"""Groups served earlier: delivered rows, which a city's own rows replace code by code.

No law was read that fixes an order of serving at a one-stop counter, so the delivered rows are
the city's default: their basis is empty, and no citizen is told that a law says so.
"""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from motcua.foundation.errors import Bilingual
from motcua.foundation.remembering import remembered
from motcua.subsystems.reception.models import PriorityGroup

DATA_FILE = Path(__file__).parent / "data" / "priority_groups.csv"


@dataclass(frozen=True, slots=True)
class Group:
    """A priority group between two dates; ``basis`` is empty for a city default."""

    code: str
    name: Bilingual
    minutes_ahead: int
    basis: str
    valid_from: dt.date
    valid_to: dt.date | None

    def holds_on(self, on: dt.date) -> bool:
        """Whether the row is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@cache
def delivered_groups() -> tuple[Group, ...]:
    """The rows of ``data/priority_groups.csv``."""
    with DATA_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Group(
                row["code"],
                Bilingual(row["name"], row["name_en"]),
                int(row["minutes_ahead"]),
                row["basis"],
                dt.date.fromisoformat(row["valid_from"]),
                dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            )
            for row in csv.DictReader(file)
        )


@remembered("reception.PriorityGroup")
def groups_on(on: dt.date) -> tuple[Group, ...]:
    """The groups in force on a day. Remembered for seconds."""
    rows = [
        Group(r.code, Bilingual(r.name, r.name_en), r.minutes_ahead, r.basis, r.valid_from,
              r.valid_to)
        for r in PriorityGroup.objects.order_by("code", "valid_from")
    ]  # fmt: skip
    own = {row.code for row in rows}
    both = [*(g for g in delivered_groups() if g.code not in own), *rows]
    return tuple(group for group in both if group.holds_on(on))


def group_in_force(code: str, on: dt.date) -> Group | None:
    """The group of a code in force on a day; None for none."""
    return next((group for group in groups_on(on) if group.code == code), None)
