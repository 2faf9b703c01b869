"""Keeping one batch of records: a handful of statements, however many records."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from motcua.foundation.timesource import now
from motcua.subsystems.procedures.imported.models import (
    ImportedChange,
    ImportedDoubt,
    ImportedRecord,
    ImportRun,
)
from motcua.subsystems.procedures.rules.national import (
    NOT_CONTENT,
    READER_VERSION,
    Line,
    NotARecord,
    Reading,
    normal_key,
    read_record,
)
from motcua.subsystems.procedures.rules.national.people import PROVINCE_SIGN

_KEY = re.compile(r"[0-9A-Za-z.\-]{1,40}")


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines of one file; ``seen`` holds the keys this run met, and grows."""

    file: str
    lines: Sequence[Line]
    seen: set[str]


@dataclass(frozen=True, slots=True)
class _Taken:
    raw: Mapping[str, Any]
    reading: Reading
    checksum: str


def key_of(raw: Mapping[str, Any], reading: Reading) -> str:
    """What a record is recognised by: its code as written, else its source's id, else its name."""
    cells = {normal_key(key): value for key, value in raw.items()}
    written = str(cells.get("ma_thu_tuc") or "").strip()
    if written and _KEY.fullmatch(written):
        return written
    inner = cells.get("id")
    identity = next(iter(inner.values()), "") if isinstance(inner, dict) else inner  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType, reportUnknownArgumentType]
    if isinstance(identity, str) and _KEY.fullmatch(identity):
        return f"x-{identity}"
    text = json.dumps([written, reading.data["name"]], ensure_ascii=False)
    return "n-" + hashlib.sha256(text.encode()).hexdigest()[:16]


def checksum_of_record(raw: Mapping[str, Any]) -> str:
    """SHA-256 of a record's content, without what the collector noted beside it."""
    content = {key: value for key, value in raw.items() if normal_key(key) not in NOT_CONTENT}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def keep_batch(run: ImportRun, batch: Batch) -> list[dict[str, Any]]:
    """Store what a batch holds; returns its broken lines with file, line and reason.

    A record with the same content and read by the same readers is left as it is.
    """
    broken: list[dict[str, Any]] = []
    taken: dict[str, _Taken] = {}
    for line in batch.lines:
        reason, raw = _take(line, taken, batch.seen)
        if reason:
            broken.append(
                {"file": batch.file, "line": line.number, "reason": reason, "raw": raw[:200]}
            )
    known = {row.key: row for row in ImportedRecord.objects.filter(key__in=taken)}
    at = now()
    fresh = [
        _fill(ImportedRecord(key=k, imported_at=at), row, run, at)
        for k, row in taken.items()
        if k not in known
    ]
    again = [
        (row, row.data, row.checksum)
        for key, row in known.items()
        if (row.checksum, row.reader) != (taken[key].checksum, READER_VERSION)
    ]
    for row, _before, _checksum in again:
        _fill(row, taken[row.key], run, at)
    _write(fresh, [row for row, _before, _checksum in again])
    _write_doubts([*fresh, *(row for row, _b, _c in again)], taken)
    ImportedChange.objects.bulk_create(
        [
            *(_change(row, run, at, None) for row in fresh),
            # Read anew by better readers, the source unchanged: no change of the catalogue.
            *(_change(row, run, at, before) for row, before, old in again if old != row.checksum),
        ],
        ignore_conflicts=True,
    )
    return broken


def _take(line: Line, taken: dict[str, _Taken], seen: set[str]) -> tuple[str, str]:
    """Read one line into ``taken``; returns why it could not be, with its words."""
    if line.record is None:
        return line.reason, line.raw
    try:
        reading = read_record(line.record)
    except NotARecord:
        return "not_a_record", json.dumps(line.record, ensure_ascii=False)[:200]
    key = key_of(line.record, reading)
    if key in seen:
        return "repeated", f"{key} {reading.data['name']}"
    seen.add(key)
    taken[key] = _Taken(line.record, reading, checksum_of_record(line.record))
    return "", ""


def _fill(row: ImportedRecord, taken: _Taken, run: ImportRun, at: dt.datetime) -> ImportedRecord:
    reading = taken.reading
    row.code = reading.data["code"]
    row.name = (reading.data["name"] or row.key)[:1000]
    row.raw = dict(taken.raw)
    row.data = reading.data
    row.checksum = taken.checksum
    row.reader = READER_VERSION
    row.doubt_count = len(reading.doubts)
    row.unread_count = sum(doubt.reason != "not_stated" for doubt in reading.doubts)
    row.shown = fit_to_show(reading)
    row.run = run
    row.changed_at = at
    return row


def fit_to_show(reading: Reading) -> bool:
    """Whether citizens may see it: coded, of two levels, not of some other province.

    What was published before the district level ended, or by a province that is not
    named, would mislead.
    """
    data = reading.data
    return bool(
        data["code"]
        and data["name"]
        and data["levels"]
        and "district" not in data["levels"]
        and not PROVINCE_SIGN.search(data["decision"])
    )


_COLUMNS = (
    "code",
    "name",
    "raw",
    "data",
    "checksum",
    "reader",
    "doubt_count",
    "unread_count",
    "shown",
    "run",
    "changed_at",
)


def _write(fresh: Sequence[ImportedRecord], again: Sequence[ImportedRecord]) -> None:
    ImportedRecord.objects.bulk_create(fresh)
    if again:
        ImportedRecord.objects.bulk_update(again, _COLUMNS, batch_size=50)


def _write_doubts(rows: Sequence[ImportedRecord], taken: Mapping[str, _Taken]) -> None:
    ImportedDoubt.objects.filter(record__in=[row.pk for row in rows]).delete()
    ImportedDoubt.objects.bulk_create(
        [
            ImportedDoubt(record=row, **asdict(doubt))
            for row in rows
            for doubt in taken[row.key].reading.doubts
        ],
        batch_size=500,
    )


def _change(row: ImportedRecord, run: ImportRun, at: dt.datetime, before: Any) -> ImportedChange:
    kind = ImportedChange.Kind.NEW if before is None else ImportedChange.Kind.CHANGED
    return ImportedChange(
        record=row, run=run, kind=kind, at=at, checksum=row.checksum, before=before, after=row.data
    )
