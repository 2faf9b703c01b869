"""Dossier codes: one sequence per receiving unit and day, in the caller's transaction."""

from __future__ import annotations

import datetime as dt

from motcua.casework.cases.rules import dossier_code
from motcua.foundation.statements import send

_NEXT = """
INSERT INTO cases_dailycounter (prefix, day, last) VALUES (%s, %s, 1)
ON CONFLICT (prefix, day) DO UPDATE SET last = cases_dailycounter.last + 1
RETURNING last
"""


def next_code(*, prefix: str, day: dt.date) -> str:
    """The next dossier code of a unit on a day. One statement; rolls back with the caller."""
    rows, _ = send(_NEXT, [prefix, day])
    return dossier_code(prefix, day, int(rows[0][0]))
