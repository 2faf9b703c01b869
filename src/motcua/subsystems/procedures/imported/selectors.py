"""Every read of imports: runs, records, doubts, changes, and drafts for the editor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from motcua.casework.access.public import Actor, require
from motcua.foundation.folding import words
from motcua.foundation.timesource import today
from motcua.subsystems.procedures.errors import NoSuchRecord, NoVersionInForce
from motcua.subsystems.procedures.imported.models import (
    ImportedChange,
    ImportedDoubt,
    ImportedRecord,
    ImportRun,
)
from motcua.subsystems.procedures.models import Field, ProcedureVersion
from motcua.subsystems.procedures.rules.national import (
    NOT_STATED,
    Difference,
    Doubt,
    Draft,
    differences,
    differences_from_published,
    draft_from_record,
)
from motcua.subsystems.procedures.selectors import history, version_in_force

PAGE = 50


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some records and the key to ask for the next ones with; 0 when there are no more."""

    rows: list[ImportedRecord]
    next: int


@dataclass(frozen=True, slots=True)
class DoubtPage:
    """Some doubts with their records, and the key of the next ones."""

    rows: list[ImportedDoubt]
    next: int


def import_runs(actor: Actor, limit: int = 20) -> list[ImportRun]:
    """The latest imports, newest first."""
    require(actor, "procedures.manage")
    return list(ImportRun.objects.order_by("-pk").prefetch_related("files")[:limit])


def import_run(actor: Actor, uid: UUID) -> ImportRun:
    """One import.

    Raises:
        NoSuchRecord: there is none.
    """
    require(actor, "procedures.manage")
    run = ImportRun.objects.filter(uid=uid).first()
    if run is None:
        raise NoSuchRecord
    return run


def imported_records(
    actor: Actor, *, words_typed: str = "", only_unread: bool = False, after: int = 0
) -> RecordPage:
    """Imported records by code or name, oldest first."""
    require(actor, "procedures.manage")
    found = ImportedRecord.objects.filter(pk__gt=after).order_by("pk")
    if only_unread:
        found = found.filter(unread_count__gt=0)
    typed = words_typed.strip()[:100]
    if typed:
        found = found.filter(key__startswith=typed) if typed[0].isdigit() else _named(found, typed)
    rows = list(found.defer("raw", "data")[: PAGE + 1])
    return RecordPage(rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else 0)


def _named(found: QuerySet[ImportedRecord], typed: str) -> QuerySet[ImportedRecord]:
    for word in typed.split():
        found = found.filter(name__icontains=word)
    return found


def imported_record(key: str) -> ImportedRecord:
    """The record of a code (or of a source's own key, where there is no code). Public data.

    Raises:
        NoSuchRecord: nothing of the kind was imported.
    """
    record = ImportedRecord.objects.filter(key=key).first()
    if record is None:
        raise NoSuchRecord
    return record


def doubts_of(record: ImportedRecord) -> list[ImportedDoubt]:
    """What needs a person in a record, in the order of reading."""
    return list(ImportedDoubt.objects.filter(record=record).order_by("pk"))


def doubts(actor: Actor, *, kind: str = "", reason: str = "", after: int = 0) -> DoubtPage:
    """What needs a person in all records, by kind and reason; without what is just silent."""
    require(actor, "procedures.manage")
    found = ImportedDoubt.objects.filter(pk__gt=after).select_related("record").order_by("pk")
    if kind:
        found = found.filter(kind=kind)
    found = found.filter(reason=reason) if reason else found.exclude(reason=NOT_STATED)
    rows = list(found.defer("record__raw", "record__data")[: PAGE + 1])
    return DoubtPage(rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else 0)


def changes_of(actor: Actor, run: ImportRun, *, kind: str, after: int = 0) -> list[ImportedChange]:
    """Records a run brought (``new``) or changed (``changed``)."""
    require(actor, "procedures.manage")
    found = ImportedChange.objects.filter(run=run, kind=kind, pk__gt=after)
    return list(
        found.select_related("record")
        .defer("record__raw", "record__data")
        .order_by("pk")[: PAGE + 1]
    )


def history_of_record(record: ImportedRecord) -> list[tuple[ImportedChange, list[Difference]]]:
    """Every change of a record, newest first, each with what differed field by field."""
    rows = ImportedChange.objects.filter(record=record).select_related("run").order_by("-pk")
    return [
        (row, differences(row.before, row.after) if row.before is not None else []) for row in rows
    ]


def published_beside(
    record: ImportedRecord, on: dt.date | None = None
) -> tuple[ProcedureVersion, list[Difference]] | None:
    """The version in force of the same code and what the catalogue says otherwise; None without."""
    try:
        version = version_in_force(record.code, on or today())
    except NoVersionInForce:
        return None
    return version, differences_from_published(version.document, record.data)


def imported_draft(key: str) -> Draft:
    """A draft package out of an imported record: where the editor begins to mend.

    Raises:
        NoSuchRecord: nothing of the kind was imported.
    """
    record = imported_record(key)
    fields = {" ".join(words(field.name)): field.code for field in Field.objects.all()}
    known = history(record.code) if record.code else []
    return draft_from_record(
        record.data,
        as_doubts(doubts_of(record)),
        fields=fields,
        version=max((row.version for row in known), default=0) + 1,
    )


def as_doubts(rows: Sequence[ImportedDoubt]) -> list[Doubt]:
    """Stored doubts as the pure rules take them."""
    return [Doubt(row.kind, row.reason, row.place, row.raw) for row in rows]
