"""Records out of a file, sniffed by content: JSON lines or JSON, gzipped or not."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

GZIP: Final = b"\x1f\x8b"
MOST_BYTES: Final = 512 * 1024 * 1024
MOST_LINE: Final = 4 * 1024 * 1024
EXCERPT: Final = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One record, or why there is none. ``number`` is the line, in a list the position.

    ``reason`` is empty, or a key of :data:`BROKEN`; ``raw`` the beginning of what was there.
    """

    number: int
    record: Mapping[str, Any] | None
    reason: str = ""
    raw: str = ""


class UnreadableFile(ValueError):
    """The whole file cannot be read; ``reason`` is a key of :data:`reasons.BROKEN`."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def lines_of(data: bytes) -> Iterator[Line]:
    """The records of a file, in order; what is broken is told and the rest goes on.

    Raises:
        UnreadableFile: it is empty, no text, or not of a known form at all.
    """
    content = _unpacked(data).removeprefix(b"\xef\xbb\xbf")
    start = content.lstrip()[:1]
    if start not in (b"{", b"["):
        raise UnreadableFile("empty" if not start else "not_json")
    if start == b"{" and not _is_one_object(content):
        yield from _json_lines(content)
    else:
        yield from _json_whole(content)


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(GZIP):
        return data
    unpacking = zlib.decompressobj(wbits=31)
    try:
        content = unpacking.decompress(data, MOST_BYTES)
    except zlib.error as error:
        raise UnreadableFile("broken_gzip") from error
    if unpacking.unconsumed_tail:
        raise UnreadableFile("too_large")
    if not unpacking.eof:
        raise UnreadableFile("broken_gzip")
    return content


def _is_one_object(content: bytes) -> bool:
    """Whether the first line alone is no record but the whole is one object over many lines."""
    first = content.lstrip().split(b"\n", 1)[0]
    try:
        _parsed(first)
    except ValueError:
        return first.strip() == b"{" or first.rstrip().endswith(b"[")
    return False


def _json_lines(content: bytes) -> Iterator[Line]:
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.strip():
            continue
        excerpt = line[:EXCERPT].decode("utf-8", "replace")
        if len(line) > MOST_LINE:
            yield Line(number, None, "too_long", excerpt)
            continue
        try:
            yield _line(number, _parsed(line))
        except UnicodeDecodeError:
            yield Line(number, None, "not_utf8", excerpt)
        except (ValueError, RecursionError):
            yield Line(number, None, "not_json", excerpt)


def _json_whole(content: bytes) -> Iterator[Line]:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFile("not_utf8") from error
    try:
        whole = _parsed(text)
    except (ValueError, RecursionError):
        yield from _as_far_as_it_goes(text)
        return
    rows = whole if isinstance(whole, list) else _inner_list(whole)
    for number, row in enumerate(rows, start=1):
        yield _line(number, row)


def _inner_list(whole: Mapping[str, Any]) -> list[Any]:
    """The rows of ``{"data": [...]}``; an object without such a list is one record."""
    lists = [value for value in whole.values() if isinstance(value, list)]
    rows: list[Any] = lists[0] if len(lists) == 1 and len(whole) <= 4 else []
    return rows if rows and all(isinstance(row, dict) for row in rows) else [whole]


def _as_far_as_it_goes(text: str) -> Iterator[Line]:
    """The whole rows of a list that breaks off, then the place where it breaks."""
    decoder = json.JSONDecoder(parse_constant=_refuse)
    at = text.find("[") + 1
    number = 1
    while at < len(text):
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        if text[at : at + 1] in ("]", ""):
            return
        try:
            row, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            line = text.count("\n", 0, at) + 1
            yield Line(line, None, "list_breaks_off", text[at : at + EXCERPT])
            return
        yield _line(number, row)
        number += 1


def _line(number: int, value: Any) -> Line:
    if not isinstance(value, dict):
        return Line(number, None, "not_an_object", str(value)[:EXCERPT])
    return Line(number, storable(value))


def _parsed(text: bytes | str) -> Any:
    return json.loads(text, parse_constant=_refuse)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def storable(value: Any) -> Any:
    """The same value without what no database takes: NUL and halves of surrogate pairs."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        cells: dict[Any, Any] = value
        return {storable(str(key)): storable(cell) for key, cell in cells.items()}
    if isinstance(value, list):
        rows: list[Any] = value
        return [storable(row) for row in rows]
    return value
