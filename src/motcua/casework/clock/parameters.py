"""The law's numbers that the clock uses, by date: delivered in a file, replaced by rows."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from django.db import transaction

from motcua.casework.access.public import Actor, declare_permission, require
from motcua.casework.clock.models import ClockParameter
from motcua.casework.clock.terms import Limit, Unit
from motcua.casework.ledger.public import record
from motcua.foundation.remembering import remembered
from motcua.foundation.timesource import local, now

DATA_FILE = Path(__file__).parent / "data" / "parameters.csv"
Name = Literal[
    "first_answer_online",
    "first_answer_direct",
    "same_day_cutoff",
    "extension_notice_days",
    "extension_times",
    "remote_area",
    "export_keep_days",
    "mass_notice_alone",
]

CHANGE_PARAMETER = "clock.change_parameter"
declare_permission(
    CHANGE_PARAMETER,
    "Thay đổi tham số thời hạn theo quy định",
    "Change the law's numbers used by the clock",
    roles=["administrator", "supervisor"],
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value with its law and the days it is in force."""

    name: str
    value: str
    valid_from: dt.date
    valid_to: dt.date | None
    basis: str

    def in_force(self, on: dt.date) -> bool:
        """Whether the value holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    @property
    def limit(self) -> Limit:
        """The value as a period, such as ``8 working_hour``."""
        amount, _, unit = self.value.partition(" ")
        return Limit(int(amount), cast(Unit, unit))

    @property
    def number(self) -> int:
        """The value as a whole number."""
        return int(self.value)

    @property
    def time(self) -> dt.time:
        """The value as a local time of day."""
        return dt.time.fromisoformat(self.value)


@cache
def delivered() -> tuple[Parameter, ...]:
    """The rows of ``data/parameters.csv``."""
    with DATA_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Parameter(
                row["name"],
                row["value"],
                dt.date.fromisoformat(row["valid_from"]),
                dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
                row["basis"],
            )
            for row in csv.DictReader(file)
        )


def parameter(name: Name, at: dt.datetime) -> Parameter:
    """The value in force at a moment: the newest row on record, else the delivered one.

    Remembered for seconds. LookupError when the law had no such number then.
    """
    day = local(at).date()
    for found in (*_on_record(name), *delivered()):
        if found.name == name and found.in_force(day):
            return found
    raise LookupError(f"{name} has no value on {day}")


@remembered("clock.ClockParameter")
def _on_record(name: Name) -> list[Parameter]:
    """The values on record, newest first."""
    return [
        Parameter(row.name, row.value, row.valid_from, row.valid_to, row.basis)
        for row in ClockParameter.objects.filter(name=name).order_by("-pk")
    ]


def set_parameter(
    *,
    actor: Actor,
    name: Name,
    value: str,
    valid_from: dt.date,
    reason: str,
    legal_basis: str,
    valid_to: dt.date | None = None,
) -> ClockParameter:
    """Record a new value of one of the law's numbers. Running clocks keep theirs.

    Raises NotAllowed.
    """
    require(actor, CHANGE_PARAMETER)
    with transaction.atomic():
        row = ClockParameter.objects.create(
            name=name,
            value=value,
            valid_from=valid_from,
            valid_to=valid_to,
            basis=legal_basis,
            reason=reason,
            recorded_at=now(),
            account_id=actor.account_id,
            actor_name=actor.name,
        )
        facts = {"name": name, "value": value, "from": valid_from.isoformat(), "why": reason}
        record(actor=actor, chain="calendar", verb="clock.parameter_set", after=facts)
    return row
