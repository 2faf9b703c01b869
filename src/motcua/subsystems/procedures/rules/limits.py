"""The legal time limit of a procedure on a day: dated rows, the most particular one wins."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from motcua.subsystems.procedures.rules.dated import Document, Package, rows_in_force


@dataclass(frozen=True, slots=True)
class LegalLimit:
    """A time limit and its legal basis; ``unit`` as in ``clock.public.Limit``."""

    amount: int
    unit: str
    legal_basis: str
    after_1500: str = ""
    confirmed: bool = True


class MissingLimitError(LookupError):
    """The package names no limit for this case, channel and day: a fault of the package."""


def limit_for(package: Package, case: str, channel: str, on: dt.date) -> LegalLimit:
    """The limit in force; a row naming the case beats one naming the channel, that one ``*``.

    Raises:
        MissingLimitError: no row fits. A validated package has one for every day it is in force.
    """
    fitting = [
        row
        for row in rows_in_force(package["limits"], on)
        if row["case"] in {"*", case} and row["channel"] in {"*", channel}
    ]
    if not fitting:
        raise MissingLimitError(f"{package['code']}: no limit for {case}/{channel} on {on}")
    return _limit(max(fitting, key=lambda row: (row["case"] != "*", row["channel"] != "*")))


def first_answer_for(package: Package) -> LegalLimit:
    """By when an online filing must be accepted, sent back or refused."""
    return _limit(package["first_answer"])


def second_phase_for(package: Package, on: dt.date) -> LegalLimit | None:
    """The limit of the second phase, of procedures that have one: it counts from its own day.

    The first phase ends when a financial obligation is sent to the applicant; the second
    begins when it is met.
    """
    rows = rows_in_force(package.get("second_phase", ()), on)
    return _limit(rows[-1]) if rows else None


def _limit(row: Document) -> LegalLimit:
    return LegalLimit(
        amount=row["amount"],
        unit=row["unit"],
        legal_basis=row["legal_basis"],
        after_1500=row.get("after_1500") or "",
        confirmed=row.get("confirmed", True),
    )
