"""What is read out of a record of the national catalogue, and what needs a person.

A value stands here only when the text says it. Everything else becomes a :class:`Doubt`
with the raw text beside it; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NotRequired, TypedDict

NOTHING: Final = "Không có thông tin"
KINDS: Final = (
    "code",
    "field",
    "level",
    "agency",
    "subject",
    "channel",
    "limit",
    "fee",
    "paper",
    "form",
    "result",
    "law",
    "step",
    "other",
)
NOT_STATED: Final = "not_stated"

# Ranges such as à-ỹ mix both cases; these do not.
_LETTERS = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1EA0, 0x1EFA))]
LOWER: Final = "a-z" + "".join(letter for letter in _LETTERS if letter.islower())
UPPER: Final = "A-Z" + "".join(letter for letter in _LETTERS if letter.isupper())

_SPACES = re.compile(r"[ \t\u00a0\u2007\u202f]+")
_TAGS = re.compile(r"</?(?:p|br|div|span|b|i|u|strong|em|ul|ol|li)\b[^<>]{0,200}/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person has to read.

    Args:
        kind: one of :data:`KINDS`.
        reason: why it was not taken; :data:`NOT_STATED` when the source is silent, else a
            key of :data:`reasons.REASONS`.
        place: where in the record, as ``channels/2/limit``.
        raw: the source's own words.
    """

    kind: str
    reason: str
    place: str
    raw: str


class Span(TypedDict):
    """A time limit as stated; ``amount`` in decimal digits, ``unit`` as in packages or month…"""

    amount: str
    unit: str
    after_1500: NotRequired[bool]


class Charge(TypedDict):
    """One charge; ``amount`` in whole units of ``currency``, None when only words say it."""

    amount: int | None
    currency: str
    kind: str
    note: str


class Way(TypedDict):
    """One way to file: its limit and charges as the catalogue says."""

    channel: str
    limit: Span | None
    charges: list[Charge]
    note: str


class Sheet(TypedDict):
    """One paper; counts are None when the text does not say them for certain."""

    name: str
    form: str
    originals: int | None
    copies: int | None


class SheetGroup(TypedDict):
    """The papers of one case; ``heading`` is empty when there is but one case."""

    heading: str
    sheets: list[Sheet]


class Outcome(TypedDict):
    """A result with its national code (mã kết quả)."""

    name: str
    code: str


class Law(TypedDict):
    """A legal document with its number."""

    title: str
    number: str


class RecordData(TypedDict):
    """A record of the catalogue, read."""

    code: str
    name: str
    decision: str
    category: str
    field: str
    levels: list[str]
    subjects: list[str]
    competent: list[str]
    executing: list[str]
    coordinating: list[str]
    authorised: list[str]
    address: str
    ways: list[Way]
    papers: list[SheetGroup]
    results: list[Outcome]
    keywords: str
    laws: list[Law]
    requirements: list[str]
    steps: list[str]
    source_url: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one record, and what was not."""

    data: RecordData
    doubts: tuple[Doubt, ...]

    @property
    def whole(self) -> bool:
        """Whether everything was read and stated."""
        return not self.doubts

    @property
    def understood(self) -> bool:
        """Whether everything that is stated was read."""
        return all(doubt.reason == NOT_STATED for doubt in self.doubts)


def tidy(text: str) -> str:
    """One line's worth of a cell: no markup left over, single spaces, no blank ends."""
    lines = (_SPACES.sub(" ", line).strip() for line in _TAGS.sub("\n", text).splitlines())
    return "\n".join(line for line in lines if line)


def says_nothing(text: str) -> bool:
    """Whether a cell is empty or says there is no information."""
    return tidy(text) in {"", NOTHING, "--", "-"}


def text_of(value: Any) -> str:
    """The text of a value of unknown shape: strings as they are, lists joined, else empty."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        values: Iterable[Any] = value.values()  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
        return "\n".join(filter(None, map(text_of, values)))
    if isinstance(value, list):
        rows: list[Any] = value
        return "\n".join(filter(None, map(text_of, rows)))
    return ""
