"""Closing a period; archiving and pruning one when the statutory retention has ended."""

from __future__ import annotations

import gzip
import hashlib
import os
from pathlib import Path

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Exists, F, Max, OuterRef

from motcua.casework.ledger.errors import LedgerBusy, NotArchived
from motcua.casework.ledger.merkle import RootBuilder
from motcua.casework.ledger.models import Entry, LedgerPeriod, PeriodHead
from motcua.casework.ledger.rules import GENESIS, ActorLike, canonical
from motcua.casework.ledger.sealing import leaf_digest, seal_of
from motcua.casework.ledger.selectors import exported, last_period
from motcua.casework.ledger.services import record
from motcua.foundation.errors import Conflict, NotFound
from motcua.foundation.timesource import now

BATCH = 2000


def close_period(actor: ActorLike) -> LedgerPeriod | None:
    """Tie the heads of all chains written since the last period into one Merkle root.

    Returns the new period, or ``None`` when nothing was written. The period's
    row is its own record: it names who closed it and its seal covers that.

    Raises:
        LedgerBusy: a write lasted longer than two seconds; try again.
        Conflict: another process closed the same period.
    """
    last_id = _settled_id()
    with transaction.atomic():
        before = last_period()
        first_id = before.last_id + 1 if before else 1
        if last_id < first_id:
            return None
        period = LedgerPeriod(
            number=before.number + 1 if before else 1,
            first_id=first_id,
            last_id=last_id,
            entries=Entry.objects.filter(id__range=(first_id, last_id)).count(),
            prev_seal=before.seal if before else GENESIS,
            closed_at=now(),
            closed_by=actor.name[:200],
        )
        leaves = _heads(first_id, last_id)
        builder = RootBuilder()
        for _, chain, seq, digest in leaves:
            builder.add(leaf_digest(chain, seq, digest))
        period.chains, period.merkle_root = builder.size, builder.root().hex()
        period.seal = seal_of(period)
        try:
            period.save(force_insert=True)
        except IntegrityError as error:
            raise Conflict from error
        PeriodHead.objects.bulk_create(
            (
                PeriodHead(period=period, position=position, chain=chain, seq=seq, hash=digest)
                for position, chain, seq, digest in leaves
            ),
            batch_size=BATCH,
        )
        return period


def _settled_id() -> int:
    """The newest entry such that no entry with a smaller number can still appear.

    SQLite has one writer at a time. On PostgreSQL a number is drawn before its
    transaction commits, so the table is locked against writers for the moment
    it takes to read the highest number; a later writer draws a higher one.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '2s'")
                try:
                    cursor.execute("LOCK TABLE ledger_entry IN SHARE MODE")
                except OperationalError as error:
                    raise LedgerBusy from error
        return Entry.objects.aggregate(last=Max("id"))["last"] or 0


def _heads(first_id: int, last_id: int) -> list[tuple[int, str, int, str]]:
    """Where each chain written in the range stood at its end: position, chain, seq, hash."""
    followed = Entry.objects.filter(
        chain=OuterRef("chain"), seq=OuterRef("next_seq"), id__lte=last_id
    )
    rows = (
        Entry.objects.filter(id__range=(first_id, last_id))
        .annotate(next_seq=F("seq") + 1)
        .filter(~Exists(followed))
        .order_by("chain")
        .values_list("chain", "seq", "hash")
    )
    return [(position, *row) for position, row in enumerate(rows.iterator(chunk_size=BATCH))]


def archive_period(*, actor: ActorLike, number: int, folder: Path) -> Path:
    """Write all entries of a closed period to a compressed file and note its hash for ever.

    One canonical JSON line for each entry, oldest first. Done once: from then
    on the triggers allow the period's entries to be pruned, and nothing else.

    Raises:
        NotFound: no such period.
        Conflict: it is archived already.
    """
    period = LedgerPeriod.objects.filter(number=number).first()
    if period is None:
        raise NotFound
    if period.archive_sha256:
        raise Conflict
    path = folder / f"ledger-{number:06d}.jsonl.gz"
    folder.mkdir(parents=True, exist_ok=True)
    rows = Entry.objects.filter(id__range=(period.first_id, period.last_id)).order_by("id")
    with path.open("wb") as raw:
        with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as file:
            for entry in rows.iterator(chunk_size=BATCH):
                file.write(canonical(exported(entry)) + b"\n")
        raw.flush()
        os.fsync(raw.fileno())
    digest = _file_digest(path)
    with transaction.atomic():
        LedgerPeriod.objects.filter(pk=period.pk, archive_sha256="").update(archive_sha256=digest)
        record(
            actor=actor,
            chain="ledger",
            verb="ledger.archive",
            after={"period": number, "archive_sha256": digest, "entries": period.entries},
        )
    return path


def prune_period(*, actor: ActorLike, number: int, archive: Path) -> int:
    """Delete the entries of an archived period; its root, heads and seal stay for ever.

    Oldest period first, and only with the very file whose hash was noted.
    Returns how many entries were deleted. The caller answers for the end of the
    statutory retention of every case in the period.

    Raises:
        NotArchived: not archived, an older period still stands, or the file differs.
    """
    period = LedgerPeriod.objects.filter(number=number).first()
    if period is None:
        raise NotFound
    older = Entry.objects.filter(id__lt=period.first_id).exists()
    if not period.archive_sha256 or older or _file_digest(archive) != period.archive_sha256:
        raise NotArchived(number=number)
    with transaction.atomic():
        deleted, _ = Entry.objects.filter(id__range=(period.first_id, period.last_id)).delete()
        record(
            actor=actor,
            chain="ledger",
            verb="ledger.prune",
            after={"period": number, "entries": deleted, "archive_sha256": period.archive_sha256},
        )
    return deleted


def _file_digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
