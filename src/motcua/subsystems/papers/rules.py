"""Which stored paper may answer which paper of a procedure, and how sheets are put in order."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.foundation.folding import fold

SHORTEST = 8
"""Names shorter than this (folded, characters) must be the same, not merely contained."""
MOST_SHEETS = 200
"""Sheets of one paper."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long papers of a kind hold, by the law of a time."""

    months: int
    valid_from: dt.date
    valid_to: dt.date | None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper in the catalogue: its code, its names, whether it may be used again."""

    code: str
    vi: str
    en: str
    aliases: tuple[str, ...]
    reusable: bool
    lasts: tuple[Lasting, ...]
    valid_from: dt.date
    valid_to: dt.date | None


def in_force(row: Kind | Lasting, on: dt.date) -> bool:
    """Whether a dated row holds on that day."""
    return row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)


def words_of(text: str) -> str:
    """Folded words with single spaces, a space before and after.

    >>> words_of("Giấy khai sinh (bản sao)")
    ' giay khai sinh ban sao '
    """
    folded = "".join(c if c.isalnum() else " " for c in fold(text))
    return f" {' '.join(folded.split())} "


def kinds_named(name: str, kinds: Iterable[Kind], on: dt.date) -> frozenset[str]:
    """The codes of the kinds that a name of a paper means; several when it says "A or B".

    A shorter name inside a longer one of another kind does not count. A form ("Đơn đề nghị cấp
    giấy phép…") is a form, whatever it asks for.
    """
    text = words_of(name)
    spans: list[tuple[int, int, str]] = []
    for kind in kinds:
        if not in_force(kind, on):
            continue
        for alias in kind.aliases:
            place = text.find(wanted := words_of(alias))
            if place >= 0:
                if place == 0 and not kind.reusable:
                    return frozenset({kind.code})
                spans.append((place, place + len(wanted), kind.code))
    return frozenset(
        code
        for start, end, code in spans
        if not any(a <= start and end <= b and b - a > end - start for a, b, _other in spans)
    )


def answers(
    stored_kind: str, stored_name: str, wanted_name: str, wanted_kinds: frozenset[str]
) -> bool:
    """Whether a stored paper may be offered for a wanted one: by code, else by name."""
    if stored_kind and wanted_kinds:
        return stored_kind in wanted_kinds
    return same_kind(stored_name, wanted_name)


def same_kind(stored: str, wanted: str) -> bool:
    """Whether two names of papers mean the same kind; only an offer, a person decides.

    >>> same_kind("Giấy chứng sinh", "giấy chứng sinh (bản chính)")
    True
    >>> same_kind("Đơn", "Đơn đăng ký")
    False
    """
    one, other = sorted((fold(stored).strip(), fold(wanted).strip()), key=len)
    if not one:
        return False
    return one == other or (len(one) >= SHORTEST and f" {one} " in words_of(other))


def still_valid(valid_until: dt.date | None, on: dt.date) -> bool:
    """Whether a paper may still be used on that day; without a date it is not known to end."""
    return valid_until is None or on <= valid_until


def lasts_until(kind: Kind | None, issued_on: dt.date | None) -> dt.date | None:
    """The last day of a paper by its kind's rule in force when it was issued; None: no rule."""
    if kind is None or issued_on is None:
        return None
    rule = next((row for row in kind.lasts if in_force(row, issued_on)), None)
    return months_later(issued_on, rule.months) if rule else None


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months on, or that month's last (Bộ luật Dân sự, Điều 147, 148).

    >>> months_later(dt.date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters and digits that nobody mistakes for one another."""


def share_code(random_bytes: bytes) -> str:
    """A code such as ``7KQM2-XRD9H`` (49 bits) from 16 random bytes."""
    number, letters = int.from_bytes(random_bytes, "big"), ""
    for _ in range(10):
        number, digit = divmod(number, len(CODE_LETTERS))
        letters += CODE_LETTERS[digit]
    return f"{letters[:5]}-{letters[5:]}"


def tidy_share_code(typed: str) -> str:
    """What was typed, as it is hashed: case, spaces and dashes do not matter.

    >>> tidy_share_code(" 7kqm2 - xrd9h ")
    '7KQM2XRD9H'
    """
    return "".join(letter for letter in typed.upper() if letter in CODE_LETTERS)


Row = dict[str, Any]
"""A sheet: ``file`` (uid of the scan), ``page`` (from 1), ``turn`` (degrees), ``out``."""


def with_new_sheets(rows: Sequence[Mapping[str, Any]], counts: Mapping[str, int]) -> list[Row]:
    """The order kept so far, without files that are gone, with new files' pages at the end.

    Args:
        counts: pages of each file that is there, oldest first.
    """
    kept = [dict(row) for row in rows if row["file"] in counts]
    known = {row["file"] for row in kept}
    fresh = [
        {"file": file, "page": page, "turn": 0, "out": False}
        for file, count in counts.items()
        if file not in known
        for page in range(1, count + 1)
    ]
    return [*kept, *fresh][:MOST_SHEETS]


def arranged(rows: Sequence[Mapping[str, Any]], verb: str, place: int) -> list[Row]:
    """The sheets after ``up``, ``down``, ``turn`` or ``out`` at a place among those shown.

    A place that is not there, or another verb, changes nothing.
    """
    shown = [dict(row) for row in rows if not row["out"]]
    rest = [dict(row) for row in rows if row["out"]]
    if not 0 <= place < len(shown):
        return [*shown, *rest]
    row = shown[place]
    if verb == "turn":
        row["turn"] = (int(row["turn"]) + 90) % 360
    elif verb == "out":
        row["out"] = True
    elif verb in {"up", "down"}:
        other = max(0, place - 1) if verb == "up" else min(len(shown) - 1, place + 1)
        shown[place], shown[other] = shown[other], shown[place]
    return [*shown, *rest]
