"""What a cell looks like in each kind of file. Imports no Django and asks no clock."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal
from zoneinfo import ZoneInfo

from motcua.foundation.errors import Bilingual

Format = Literal["csv", "xlsx", "pdf"]
MIMES: dict[str, str] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
PDF_ROWS = 20_000
"""More rows than this are for a spreadsheet, not for paper: some 700 pages."""
PDF_CHUNK = 200
"""Rows laid out at once; what bounds the memory of a long PDF."""
SHEET_ROWS = 1_048_575
"""What one sheet holds below its header (ECMA-376)."""
PROGRESS_ROWS = 1_000
MOST_OPEN = 5
STUCK_SECONDS = 3_600

Kind = Literal["text", "number", "money", "day", "moment"]
_FORMULA = re.compile(r"^[\s\x00]*[=+\-@＝＋－＠]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    Attributes:
        key: its name in addresses and saved choices.
        label: its heading.
        value: reads the cell from a row: text, ``Bilingual``, whole number, date, aware
            moment, or None.
        kind: how the cell is written; ``money`` is whole đồng.
        width: its share of a printed page.
    """

    key: str
    label: Bilingual
    value: Callable[[Any], object]
    kind: Kind = "text"
    width: int = 10


def cell(
    column: Column, row: object, language: str, zone: ZoneInfo
) -> str | int | dt.datetime | dt.date:
    """A cell as a plain value: text in the language, number, date, or local naive moment."""
    value = column.value(row)
    if value is None:
        return ""
    if isinstance(value, Bilingual):
        return clean(value.in_language(language))
    if isinstance(value, dt.datetime):
        return value.astimezone(zone).replace(tzinfo=None, microsecond=0)
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, int | dt.date):
        return value
    return clean(str(value))


def clean(text: str) -> str:
    """Without the control characters that no file format can carry."""
    return _CONTROL.sub("", text)


def harmless(text: str) -> str:
    """A CSV cell that no spreadsheet takes for a formula (CWE-1236).

    >>> harmless("=1+1")
    "'=1+1"
    >>> harmless("Nguyễn An")
    'Nguyễn An'
    """
    return f"'{text}" if _FORMULA.match(text) or text[:1] in {"\t", "\r"} else text


def printed(value: str | int | dt.datetime | dt.date, kind: str) -> str:
    """A cell as people write it: 21/11/2026 14:30, 1.234.567.

    >>> printed(1234567, "money")
    '1.234.567'
    """
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y}" if kind == "day" else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int) and kind == "money":
        return f"{value:,}".replace(",", ".")
    return str(value)


def file_name(name: str, at: dt.datetime, ending: str) -> str:
    """``hop-viec-20261121-1430.csv`` from a list's code and a local moment."""
    stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return f"{stem}-{at:%Y%m%d-%H%M}.{ending}"
