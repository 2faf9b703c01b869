"""A package as a document: kept small, read by place, changed by copying, compared."""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

Document = dict[str, Any]
Path = tuple[str | int, ...]

MAX_BYTES: Final = 4_000_000
MISSING: Final = object()
CONFIRMABLE: Final = (
    "legal_bases",
    "limits",
    "components",
    "fees",
    "exemptions",
    "requirements",
)
"""The parts whose rows say whether somebody read them in the text of the law."""


def canonical(document: object) -> bytes:
    """The one way to write a document: equal documents, equal bytes."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def checksum(document: object) -> str:
    """SHA-256 of the canonical form."""
    return hashlib.sha256(canonical(document)).hexdigest()


def pack_document(document: Document) -> bytes:
    """The document deflated, in its own order: people wrote it so."""
    return zlib.compress(json.dumps(document, ensure_ascii=False).encode(), 6)


def unpack_document(body: bytes) -> Document:
    """The inverse of :func:`pack_document`."""
    return json.loads(zlib.decompress(body))


def as_map(value: object) -> dict[str, Any]:
    """The value if it is an object, else an empty one: drafts may be unfinished anywhere."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def as_rows(value: object) -> list[dict[str, Any]]:
    """The objects of a list; none where it is no list."""
    rows = cast("list[object]", value) if isinstance(value, list) else []
    return [as_map(row) for row in rows if isinstance(row, dict)]


def filled_up(document: Document, standing: Document, on: dt.date) -> Document:
    """A document whose gaps (absent, null, empty objects) are taken from the standing parts.

    Dated rows without a first day begin ``on`` that day, which their author then corrects.
    """
    whole = copy.deepcopy(standing)
    for key, value in document.items():
        if value is None or value == {}:
            continue
        inside = as_map(value) if key in {"result", "extension", "first_answer"} else {}
        given = {k: v for k, v in inside.items() if v is not None and v != ""}
        whole[key] = {**as_map(whole.get(key)), **given} if inside else copy.deepcopy(value)
    for key in ("limits", "fees", "exemptions"):
        for row in as_rows(whole.get(key)):
            row["valid_from"] = row.get("valid_from") or on.isoformat()
    return whole


def confirmed(document: Document, parts: Sequence[str]) -> Document:
    """A copy in which every row of these parts is confirmed."""
    changed = copy.deepcopy(document)
    for part in parts:
        for row in as_rows(changed.get(part)):
            row["confirmed"] = True
    return changed


def unconfirmed(document: Document) -> dict[str, list[dict[str, Any]]]:
    """The rows nobody compared with the law yet, by part, in the order of the package."""
    found = {
        part: [row for row in as_rows(document.get(part)) if row.get("confirmed") is False]
        for part in CONFIRMABLE
    }
    return {part: rows for part, rows in found.items() if rows}


def parse_place(place: str) -> Path:
    """``fees/0/name`` as a path; what is all digits is a position."""
    return tuple(int(part) if part.isdecimal() else part for part in place.split("/") if part)


def value_at(document: object, path: Sequence[str | int]) -> Any:
    """What stands at a place, or :data:`MISSING`."""
    here: Any = document
    for part in path:
        if isinstance(part, int):
            if not isinstance(here, list) or not 0 <= part < len(cast("list[Any]", here)):
                return MISSING
            here = cast("list[Any]", here)[part]
        elif isinstance(here, Mapping) and part in here:
            here = cast("Mapping[str, Any]", here)[part]
        else:
            return MISSING
    return here


def with_value(document: Document, path: Sequence[str | int], value: Any) -> Document:
    """A copy with another value at a place; :data:`MISSING` takes the key or row away.

    A position right behind the last row appends. What is on the way and absent is made.
    """
    changed = copy.deepcopy(document)
    here: Any = changed
    for part in path[:-1]:
        if isinstance(part, str) and part not in here:
            here[part] = {}
        here = here[part]
    last = path[-1]
    if value is MISSING:
        if isinstance(last, int) or last in here:
            del here[last]
    elif isinstance(last, int) and last >= len(here):
        here.append(copy.deepcopy(value))
    else:
        here[last] = copy.deepcopy(value)
    return changed


def moved(rows: Sequence[Any], index: int, by: int) -> list[Any]:
    """The rows with one of them ``by`` places further; at the ends it stays."""
    result = list(rows)
    target = index + by
    if 0 <= index < len(result) and 0 <= target < len(result):
        result.insert(target, result.pop(index))
    return result


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two documents differ. A value that is absent is ``None``."""

    place: str
    before: Any
    after: Any

    @property
    def section(self) -> str:
        """The part of the package it is in."""
        return self.place.partition("/")[0]


def differences(before: object, after: object, place: str = "") -> Iterator[Difference]:
    """Every place that differs, as deep as the two are of the same kind.

    Rows are matched by their ``id`` (or ``document``) where all have one, so that a row put
    in between does not change all that follow.
    """
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _of_maps(
            cast("Mapping[str, Any]", before), cast("Mapping[str, Any]", after), place
        )
    elif isinstance(before, list) and isinstance(after, list):
        one, other = _keyed(cast("list[Any]", before)), _keyed(cast("list[Any]", after))
        if one is None or other is None:
            yield Difference(place, before, after)
            return
        yield from _of_maps(one, other, place)
        if list(one) != list(other) and sorted(one) == sorted(other):
            yield Difference(f"{place}/@order", " · ".join(one), " · ".join(other))
    else:
        yield Difference(place, before, after)


def _of_maps(
    before: Mapping[str, Any], after: Mapping[str, Any], place: str
) -> Iterator[Difference]:
    for key in dict.fromkeys([*before, *after]):
        where = f"{place}/{key}" if place else key
        yield from differences(before.get(key), after.get(key), where)


def _keyed(rows: list[Any]) -> dict[str, Any] | None:
    """The rows by their own names, or None where they have none."""
    found: dict[str, Any] = {}
    for row in rows:
        if not isinstance(row, Mapping):
            return None
        named = cast("Mapping[str, Any]", row)
        key = named.get("id") or named.get("document")
        if not isinstance(key, str) or key in found:
            return None
        found[key] = named
    return found
