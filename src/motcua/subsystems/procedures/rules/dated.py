"""Dated facts: which row of a list holds on a day, and texts in two languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from motcua.foundation.errors import Bilingual

Document = Mapping[str, Any]
Package = Document


def text(value: Document) -> Bilingual:
    """A ``{"vi", "en"}`` object as a text."""
    return Bilingual(value["vi"], value["en"])


def in_force(row: Document, on: dt.date) -> bool:
    """Whether a dated row holds on a day; both ends belong to it, no end means open."""
    day = on.isoformat()
    return (row.get("valid_from") or "") <= day <= (row.get("valid_to") or "9999-12-31")


def rows_in_force(rows: Iterable[Document], on: dt.date) -> list[Document]:
    return [row for row in rows if in_force(row, on)]
