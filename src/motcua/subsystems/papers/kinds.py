"""The catalogue of kinds of paper and the words on digitised files: dated data of this slice."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from motcua.subsystems.papers.rules import Kind, Lasting, in_force, kinds_named

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class ScanWords:
    """What stands on the first sheet of a digitised paper."""

    words: str
    compared: str
    not_compared: str
    valid_from: dt.date
    valid_to: dt.date | None


@lru_cache(maxsize=1)
def kinds() -> tuple[Kind, ...]:
    """Every row of ``data/kinds.json``."""
    rows = json.loads((DATA / "kinds.json").read_text())
    return tuple(
        Kind(
            code=row["code"],
            vi=row["name"]["vi"],
            en=row["name"]["en"],
            aliases=tuple(row["aliases"]),
            reusable=row["reusable"],
            lasts=tuple(Lasting(one["months"], *_span(one)) for one in row["lasts"]),
            valid_from=_span(row)[0],
            valid_to=_span(row)[1],
        )
        for row in rows
    )


@lru_cache(maxsize=1)
def by_code() -> dict[str, Kind]:
    """The kinds by their codes."""
    return {kind.code: kind for kind in kinds()}


def kinds_on(on: dt.date) -> list[Kind]:
    """The kinds in force on a day, in the order of the catalogue."""
    return [kind for kind in kinds() if in_force(kind, on)]


@lru_cache(maxsize=4096)
def codes_for(name: str, on: dt.date) -> frozenset[str]:
    """The kinds that a name means on a day; remembered."""
    return kinds_named(name, kinds(), on)


def one_code(name: str, on: dt.date) -> str:
    """The kind that a name means, ``""`` when none or several."""
    found = codes_for(name, on)
    return next(iter(found)) if len(found) == 1 else ""


def scan_words(on: dt.date) -> ScanWords:
    """The words in force on a day.

    Raises:
        LookupError: the data hold none for that day.
    """
    for row in json.loads((DATA / "scan_words.json").read_text()):
        start, end = _span(row)
        if start <= on and (end is None or on <= end):
            return ScanWords(row["words"], row["compared"], row["not_compared"], start, end)
    raise LookupError(on)


def _span(row: dict[str, Any]) -> tuple[dt.date, dt.date | None]:
    end = row["valid_to"]
    return dt.date.fromisoformat(row["valid_from"]), dt.date.fromisoformat(end) if end else None
