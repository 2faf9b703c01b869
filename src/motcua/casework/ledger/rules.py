"""What an entry says and how its hash is made. Imports no Django and asks no clock."""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol, cast
from uuid import UUID

import msgspec

from motcua.foundation.errors import Bilingual

GENESIS = "0" * 64
"""What the first entry of a chain, and the first period, name as their predecessor."""

JSON_SAFE_INTEGER = 2**53 - 1


class ActorLike(Protocol):
    """The part of ``access.public.Actor`` that an entry keeps."""

    @property
    def account_id(self) -> int | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def on_behalf_of(self) -> int | None: ...
    @property
    def authority(self) -> str: ...
    @property
    def agency_ids(self) -> frozenset[int]: ...


@dataclass(frozen=True, slots=True)
class SystemWriter:
    """The ledger itself as actor, for what it does by the clock."""

    account_id: int | None = None
    kind: str = "system"
    name: str = "Hệ thống"
    on_behalf_of: int | None = None
    authority: str = ""
    agency_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Private:
    """Marks a value of ``before``/``after`` as personal data.

    It is stored as a keyed hash (to see whether two entries hold the same
    value) and an encrypted value; the clear text never reaches the table.
    """

    value: object


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: the number and hash of its last entry."""

    chain: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Act:
    """One act to be recorded; the arguments of ``record`` as a value."""

    actor: ActorLike
    chain: str
    verb: str
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None
    case_id: int | None = None
    at: dt.datetime | None = None
    agency_id: int | None = None
    authority: str | None = None
    summary: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where the ledger is not as it was written."""

    chain: str
    seq: int
    kind: str
    sentence: Bilingual


def case_chain(case_id: int) -> str:
    """The chain of a case."""
    return f"case:{case_id}"


def case_id_of(chain: str) -> int | None:
    """The case whose chain this is; ``None`` for another chain."""
    head, _, tail = chain.partition(":")
    return int(tail) if head == "case" and tail.isdigit() else None


def canonical(value: object) -> bytes:
    """Canonical JSON: sorted keys, no spaces, UTF-8, nothing escaped without need.

    The same bytes as ``json.dumps(value, sort_keys=True, ensure_ascii=False,
    separators=(",", ":"))``, so that a proof can be checked with the standard
    library of any language.
    """
    return msgspec.json.encode(value, order="sorted")


def plain(value: object, seal: Callable[[str], object]) -> Any:
    """A value as JSON that both databases give back unchanged.

    Numbers with a fraction become text (databases differ in how they keep
    them), as do moments, dates and UUIDs; NUL characters, which PostgreSQL
    refuses, become U+FFFD. ``seal`` turns the text of a :class:`Private`
    value into what is stored.

    Raises:
        TypeError: a type that has no agreed form.
    """
    if isinstance(value, Private):
        return {"private": seal(_text_of(value.value))}
    if isinstance(value, Bilingual):
        return {"vi": _clean(value.vi), "en": _clean(value.en)}
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value).items()
        return {_clean(str(key)): plain(item, seal) for key, item in pairs}
    if isinstance(value, (set, frozenset)):
        members = cast("frozenset[object]", value)
        return sorted((plain(item, seal) for item in members), key=canonical)
    if isinstance(value, (list, tuple)):
        return [plain(item, seal) for item in cast("Sequence[object]", value)]
    return _plain_scalar(value)


def _plain_scalar(value: object) -> object:
    if isinstance(value, enum.Enum):
        value = value.value
    match value:
        case None | bool():
            return value
        case int():
            return value if abs(value) <= JSON_SAFE_INTEGER else str(value)
        case str():
            return _clean(value)
        case dt.datetime():
            return moment_text(value)
        case dt.date() | dt.time():
            return value.isoformat()
        case float() | Decimal() | UUID():
            return str(value)
        case _:
            raise TypeError(f"a ledger entry cannot hold a {type(value).__name__}")


def _clean(text: str) -> str:
    text = str(text)
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode()
    return text


def _text_of(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def moment_text(moment: dt.datetime) -> str:
    """A moment as the hash sees it: UTC, microseconds always written.

    Raises:
        ValueError: the moment carries no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a ledger entry needs a moment with its time zone")
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


HASHED_FIELDS = (
    "chain",
    "seq",
    "at",
    "actor_kind",
    "actor_id",
    "actor_name",
    "on_behalf_of",
    "authority",
    "agency_id",
    "verb",
    "summary",
    "before",
    "after",
    "case_id",
    "prev_hash",
)
"""All columns of an entry but its primary key and its own hash."""


def entry_hash(fields: Mapping[str, object]) -> str:
    """SHA-256 over the canonical JSON of :data:`HASHED_FIELDS`; ``at`` already as text."""
    return hashlib.sha256(canonical(fields)).hexdigest()
