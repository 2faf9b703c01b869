"""Which case of a procedure an application is, and which papers it therefore needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.casework.expressions.public import compile_expression, holds
from motcua.foundation.errors import Bilingual
from motcua.subsystems.procedures.rules.dated import Document, Package, text

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Paper:
    """One component of the dossier as it applies to one application."""

    id: str
    name: Bilingual
    required: bool
    original: int
    copies: int
    e_form: bool
    accept: tuple[str, ...]
    note: Bilingual | None
    replaced_by_database: Bilingual | None
    legal_basis: str
    confirmed: bool
    file_needed: bool = False
    """Whether showing it at the counter is not enough: a file must come."""


def variables(
    answers: Answers,
    *,
    case: str = "",
    channel: str = "",
    applicant: frozenset[str] = frozenset(),
    on: dt.date | None = None,
) -> dict[str, Any]:
    """What expressions of a package may read: the answers by field id, and these names.

    ``case``, ``channel``, ``applicant`` (list of applicant classes), ``filed_on`` and
    ``today`` (both the day of filing). They win over answers of the same name.
    """
    day = on.isoformat() if on else None
    return {
        **answers,
        "case": case,
        "channel": channel,
        "applicant": sorted(applicant),
        "filed_on": day,
        "today": day,
    }


def case_for(package: Package, answers: Answers, on: dt.date) -> str:
    """The id of the first case whose condition holds; the last one needs no condition.

    Args:
        answers: the form's answers by field id.
        on: the day of filing.
    """
    known = variables(answers, on=on)
    for case in package["cases"]:
        if not case["when"] or holds(compile_expression(case["when"]), known):
            return case["id"]
    return package["cases"][-1]["id"]


def components_for(
    package: Package, answers: Answers, *, channel: str, case: str = "", on: dt.date | None = None
) -> tuple[Paper, ...]:
    """The papers this application needs or may bring, in the order of the package.

    A component whose ``required`` is a condition is left out when it does not hold;
    one with ``applies`` is left out when that does not hold.
    """
    known = variables(answers, case=case, channel=channel, on=on)
    return tuple(
        _paper(row, required)
        for row in package["components"]
        if (required := _required(row, known)) is not None
    )


def all_components(package: Package) -> tuple[Paper, ...]:
    """Every component of the package, for the public page before anything is answered."""
    return tuple(_paper(row, row["required"] is True) for row in package["components"])


def _required(row: Document, known: Mapping[str, Any]) -> bool | None:
    applies = row.get("applies")
    if applies and not holds(compile_expression(applies), known):
        return None
    required = row["required"]
    if isinstance(required, bool):
        return required
    return True if holds(compile_expression(required), known) else None


def _paper(row: Document, required: bool) -> Paper:
    note, database = row.get("note"), row.get("replaced_by_database")
    return Paper(
        id=row["id"],
        name=text(row["name"]),
        required=required,
        original=row["original"],
        copies=row["copies"],
        e_form=row["e_form"],
        accept=tuple(row["accept"]),
        note=text(note) if note else None,
        replaced_by_database=text(database) if database else None,
        file_needed=bool(row.get("file_needed", False)),
        legal_basis=row["legal_basis"],
        confirmed=row.get("confirmed", True),
    )
