"""Ladders in force: delivered in a file, replaced by dated rows."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
from functools import cache
from pathlib import Path

from motcua.foundation.remembering import remembered
from motcua.subsystems.escalation.models import LadderRow
from motcua.subsystems.escalation.rules import Ladder, Rung, in_force

DATA_FILE = Path(__file__).parent / "data" / "ladder.csv"
Known = dict[tuple[int | None, str], Ladder]


@cache
def delivered() -> tuple[Ladder, ...]:
    """The ladder of ``data/ladder.csv``: the house's proposal, no rule of law (unconfirmed)."""
    rows: dict[tuple[str, str], list[Rung]] = {}
    with DATA_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rung = Rung(
                row["when"], int(row["amount"]), tuple(row["tell"].split()), bool(row["explain"])
            )
            rows.setdefault((row["field"], row["valid_from"]), []).append(rung)
    return tuple(
        Ladder(tuple(rungs), dt.date.fromisoformat(begins), field)
        for (field, begins), rungs in rows.items()
    )


@remembered("escalation.LadderRow")
def ladders_on(on: dt.date) -> Known:
    """The ladder of each scope on a day. Remembered for seconds."""
    rows = LadderRow.objects.filter(valid_from__lte=on)
    return in_force([*delivered(), *(ladder_of(row) for row in rows)], on)


def ladder_of(row: LadderRow) -> Ladder:
    """A row as the rules want it."""
    rungs = tuple(Rung.read(stored) for stored in row.rungs)
    return Ladder(rungs, row.valid_from, row.field, row.agency_id, row.pk)


def stamp_of(known: Known) -> str:
    """Changes when any ladder in force changes, so that what is watched is counted anew."""
    said = sorted(
        [str(scope), [rung.stored() for rung in ladder.rungs]] for scope, ladder in known.items()
    )
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]
