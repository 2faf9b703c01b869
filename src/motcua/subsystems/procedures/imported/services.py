"""Importing the national catalogue: runs, records, what changed. Writes only."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from django.db import transaction

from motcua.casework.access.public import Actor, require
from motcua.casework.ledger.public import record as record_act
from motcua.foundation.errors import Bilingual, InvalidInput
from motcua.foundation.outbox.public import emit, enqueue
from motcua.foundation.timesource import now
from motcua.subsystems.procedures.imported.batches import Batch, keep_batch
from motcua.subsystems.procedures.imported.entries import refresh_entries
from motcua.subsystems.procedures.imported.models import ImportedChange, ImportFile, ImportRun
from motcua.subsystems.procedures.imported.reports import counts_of, report_text
from motcua.subsystems.procedures.rules.national import BROKEN, Line, UnreadableFile, lines_of

QUEUE = "procedures.import"
BATCH = 100
MOST_BROKEN = 1000
MOST_FILES = 40

Progress = Callable[[ImportRun], None]


@transaction.atomic
def start_import(
    *, actor: Actor, files: Sequence[tuple[str, bytes]], at_once: bool = False
) -> ImportRun:
    """Keep the files and begin an import; a worker carries it out.

    Args:
        files: name and content; sniffed by content, so names may say anything.
        at_once: the caller itself calls :func:`carry_out` (the command line).

    Raises:
        InvalidInput: no file, too many, or one that is neither JSON nor compressed JSON.
    """
    require(actor, "procedures.manage")
    _refuse_what_is_no_catalogue(files)
    run = ImportRun.objects.create(started_by=actor.name, started_at=now())
    ImportFile.objects.bulk_create(
        ImportFile(
            run=run,
            name=name[-200:].replace("\x00", ""),
            checksum=hashlib.sha256(content).hexdigest(),
            content=content,
        )
        for name, content in files
    )
    facts = {"run": str(run.uid), "files": [name for name, _content in files]}
    record_act(actor=actor, chain="catalogue", verb="procedures.start_import", after=facts)
    if not at_once:
        enqueue(QUEUE, {"run": run.pk})
    return run


def _refuse_what_is_no_catalogue(files: Sequence[tuple[str, bytes]]) -> None:
    problems: dict[str, Bilingual] = {}
    if not files:
        problems["files"] = Bilingual("Hãy chọn ít nhất một tệp.", "Choose at least one file.")
    if len(files) > MOST_FILES:
        problems["files"] = Bilingual(
            f"Mỗi lần nhiều nhất {MOST_FILES} tệp.", f"At most {MOST_FILES} files at a time."
        )
    for name, content in files[:MOST_FILES]:
        try:
            next(lines_of(content), None)
        except UnreadableFile as error:
            said = BROKEN[error.reason]
            problems["files"] = Bilingual(f"{name}: {said.vi}", f"{name}: {said.en}")
    if problems:
        raise InvalidInput(problems)


def carry_out(*, actor: Actor, run_id: int, progress: Progress | None = None) -> ImportRun:
    """Read every record of a run's files; safe to repeat after a crash at any moment.

    Each batch of records is one transaction, so that readers see the progress and nobody
    waits; records already taken are recognised by their content. Emits
    ``procedures.imported`` at the end.
    """
    require(actor, "procedures.manage")
    run = ImportRun.objects.get(pk=run_id)
    if run.over:
        return run
    run.state, run.done, run.broken = ImportRun.State.RUNNING, 0, []
    contents = [(file.name, bytes(file.content)) for file in ImportFile.objects.filter(run=run)]
    run.total = sum(_how_many(content) for _name, content in contents)
    run.save(update_fields=["state", "done", "broken", "total"])
    seen: set[str] = set()
    for name, content in contents:
        batch: list[Line] = []
        for line in lines_of(content):
            batch.append(line)
            if len(batch) == BATCH:
                _take(run, Batch(name, batch, seen), progress)
                batch = []
        _take(run, Batch(name, batch, seen), progress)
    return _finish(actor, run, sorted(seen))


def _how_many(content: bytes) -> int:
    return sum(1 for _line in lines_of(content))


def _take(run: ImportRun, batch: Batch, progress: Progress | None) -> None:
    with transaction.atomic():
        broken = keep_batch(run, batch)
        run.done += len(batch.lines)
        run.broken = [*run.broken, *broken][:MOST_BROKEN]
        run.save(update_fields=["done", "broken"])
    if progress is not None:
        progress(run)


@transaction.atomic
def _finish(actor: Actor, run: ImportRun, keys: Sequence[str]) -> ImportRun:
    touched = ImportedChange.objects.filter(run=run).values_list("record__key", flat=True)
    refresh_entries(set(touched))
    run.counts = counts_of(run, keys)
    run.state, run.finished_at = ImportRun.State.DONE, now()
    run.report = report_text(run)
    run.save(update_fields=["counts", "state", "finished_at", "report"])
    facts = {"run": str(run.uid), **{k: v for k, v in run.counts.items() if isinstance(v, int)}}
    record_act(actor=actor, chain="catalogue", verb="procedures.finish_import", after=facts)
    emit("procedures.imported", str(run.uid), facts)
    return run


@transaction.atomic
def fail_import(*, actor: Actor, run_id: int) -> None:
    """Mark a run that cannot be carried out; the dead letter says why."""
    require(actor, "procedures.manage")
    ImportRun.objects.filter(pk=run_id).exclude(state=ImportRun.State.DONE).update(
        state=ImportRun.State.FAILED, finished_at=now()
    )
    record_act(actor=actor, chain="catalogue", verb="procedures.fail_import", after={"run": run_id})
