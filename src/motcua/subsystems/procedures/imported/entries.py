"""The public catalogue's rows and search entries, rebuilt from versions and imported records."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from motcua.casework.access.public import PUBLIC_VIEWER
from motcua.casework.search.public import Entry, index_many, remove
from motcua.foundation.folding import fold, words
from motcua.foundation.timesource import today
from motcua.subsystems.procedures.imported.browsing import catalogue_rows
from motcua.subsystems.procedures.imported.models import CatalogueEntry, ImportedRecord
from motcua.subsystems.procedures.models import Field, ProcedureVersion
from motcua.subsystems.procedures.selectors import text_of_version, versions_in_force

KIND = "procedure"
DATA = Path(__file__).parent.parent / "data"
_COLUMNS = (
    "name",
    "name_en",
    "order",
    "text",
    "field",
    "field_name",
    "agency",
    "levels",
    "life_events",
    "configured",
    "online",
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A row of the catalogue and the words, with their accents, it is indexed by."""

    row: CatalogueEntry
    text: str


def refresh_entries(keys: Collection[str] | None = None) -> int:
    """Bring the catalogue's rows and the search index up to date; all when ``keys`` is None.

    Returns how many rows stand.
    """
    told, gone = refresh_rows(keys)
    index_many(_entry(one) for one in told)
    remove(KIND, gone)
    return len(told)


def refresh_rows(keys: Collection[str] | None = None) -> tuple[list[_Told], set[str]]:
    """Bring the catalogue's rows up to date; returns those that stand and the keys that do not.

    A procedure with a published version in force is told by that; one that is only
    imported, and fit to be shown, by the record. Others vanish.
    """
    rows = _rows_now(keys)
    CatalogueEntry.objects.bulk_create(
        [one.row for one in rows.values()],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=_COLUMNS,
        batch_size=500,
    )
    known = CatalogueEntry.objects.all()
    if keys is not None:
        known = known.filter(key__in=keys)
    gone = (set(known.values_list("key", flat=True)) | set(keys or ())) - set(rows)
    if gone:
        CatalogueEntry.objects.filter(key__in=gone).delete()
    catalogue_rows.forget()
    transaction.on_commit(catalogue_rows.forget)
    return list(rows.values()), gone


def _rows_now(keys: Collection[str] | None) -> dict[str, _Told]:
    versions = versions_in_force(today())
    records = ImportedRecord.objects.filter(shown=True)
    if keys is not None:
        versions = versions.filter(procedure__code__in=keys)
        records = records.filter(key__in=keys)
    rows = {version.procedure.code: _of_version(version) for version in versions}
    fields = {fold(field.name): field for field in Field.objects.all()}
    for record in records.only("key", "code", "name", "data").iterator(500):
        if record.key not in rows and record.code not in rows:
            rows[record.key] = _of_record(record, fields)
    return rows


def _entry(one: _Told) -> Entry:
    row = one.row
    return Entry(
        KIND,
        row.key,
        row.name,
        one.text,
        viewers=(PUBLIC_VIEWER,),
        data={"code": row.key, "title_en": row.name_en or row.name},
        tags=tuple(
            f"{facet}:{value}"
            for facet, values in (
                ("field", [row.field]),
                ("agency", [row.agency]),
                ("life", row.life_events.split()),
            )
            for value in values
            if value
        ),
    )


def _of_version(version: ProcedureVersion) -> _Told:
    document: dict[str, Any] = version.document
    text = text_of_version(version)
    row = CatalogueEntry(
        key=version.procedure.code,
        name=version.name,
        name_en=version.name_en,
        order=f"0 {' '.join(words(version.name))}"[:120],
        text=_folded(version.name, text),
        field=version.procedure.field.code,
        field_name=version.procedure.field.name,
        agency="",
        levels=_joined([version.procedure.level]),
        life_events=_joined(document["life_events"]),
        configured=True,
        online=document["online_level"],
    )
    return _Told(row, text)


def _of_record(record: ImportedRecord, fields: dict[str, Field]) -> _Told:
    data: dict[str, Any] = record.data
    field = fields.get(fold(data["field"]))
    agencies = [*data["competent"], *data["executing"]]
    told = [record.key, data["field"], *agencies, data["keywords"]]
    told += [row["name"] for row in data["results"]]
    text = " ".join(told)
    row = CatalogueEntry(
        key=record.key,
        name=record.name,
        name_en="",
        order=f"1 {' '.join(words(record.name))}"[:120],
        text=_folded(record.name, text),
        field=field.code if field else "-".join(words(data["field"]))[:80],
        field_name=(field.name if field else data["field"])[:200],
        agency=agencies[0][:200] if agencies else "",
        levels=_joined(data["levels"]),
        life_events=_joined(life_events_of(record.name)),
        configured=False,
        online="",
    )
    return _Told(row, text)


def _folded(name: str, text: str) -> str:
    """Name and words without accents, once: pages compare them without folding again."""
    return fold(f"{name} {text}")


def _joined(codes: Iterable[str]) -> str:
    """``|a|b|``, so that one code is found by ``|a|``."""
    found = "|".join(dict.fromkeys(codes))
    return f"|{found}|" if found else ""


def life_events_of(name: str) -> list[str]:
    """Life events whose words occur in a procedure's name: a way to find it, no claim."""
    said = f" {' '.join(words(name))} "
    return [
        event for event, phrases in _life_event_words() if any(f" {p} " in said for p in phrases)
    ]


@cache
def _life_event_words() -> list[tuple[str, list[str]]]:
    rows: dict[str, list[str]] = json.loads((DATA / "life_event_words.json").read_text("utf-8"))
    return [(event, [" ".join(words(p)) for p in phrases]) for event, phrases in rows.items()]
