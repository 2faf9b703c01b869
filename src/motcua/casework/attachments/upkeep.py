"""Scans that had to wait, and forgetting what was abandoned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db import transaction

from motcua.casework.access.public import Actor
from motcua.casework.attachments.models import Attachment, Blob, Derivative
from motcua.casework.attachments.rules import DRAFT_DAYS
from motcua.casework.attachments.scanning import ScanResult, configured_scanner
from motcua.casework.attachments.services import SCAN, act_on
from motcua.casework.attachments.storage import blob_store, clear_landing
from motcua.casework.ledger.public import record_many
from motcua.foundation.outbox.public import enqueue_many
from motcua.foundation.timesource import now


def scan_blob(sha256: str) -> str:
    """Scan bytes whose verdict is still open; returns the new state.

    Raises:
        ScannerUnavailable: still no answer; the job is tried again.
        FileNotFoundError: the bytes are not in the store.
    """
    blob = Blob.objects.filter(pk=sha256).first()
    scanner = configured_scanner()
    if blob is None or scanner is None:
        return blob.scan_state if blob else ""
    if blob.scan_state not in {Blob.Scan.PENDING, Blob.Scan.UNSCANNED}:
        return blob.scan_state
    with blob_store().open(sha256) as file:
        result: ScanResult = scanner.scan(file)
    state = Blob.Scan.CLEAN if result.clean else Blob.Scan.INFECTED
    label = " ".join(filter(None, (result.scanner, result.signature)))[:120]
    with transaction.atomic():
        Blob.objects.filter(pk=sha256).update(scan_state=state, scanned_at=now(), scanner=label)
    return state


@transaction.atomic
def rescan_waiting() -> int:
    """Ask again for the scan of everything that waits, or came before there was a scanner."""
    if configured_scanner() is None:
        return 0
    states = [Blob.Scan.PENDING, Blob.Scan.UNSCANNED]
    waiting = list(Blob.objects.filter(scan_state__in=states).values_list("pk", flat=True)[:1000])
    day = now().date().isoformat()
    enqueue_many(SCAN, [({"sha256": pk}, None, f"{SCAN}:{pk}:{day}") for pk in waiting])
    return len(waiting)


@transaction.atomic
def purge_drafts(*, actor: Actor, days: int = DRAFT_DAYS) -> int:
    """Forget files whose draft saw no upload for ``days`` days; returns how many.

    The bytes go with :func:`sweep_store` a day later at the earliest, so that the
    same bytes arriving now are not lost.
    """
    before = now() - dt.timedelta(days=days)
    loose = Attachment.objects.filter(case__isnull=True)
    fresh = loose.filter(at__gte=before).values("draft_key")
    old = list(
        loose.filter(at__lt=before, reuses__isnull=True)
        .exclude(draft_key__in=fresh)
        .order_by("pk")[:5000]
    )
    record_many([act_on(actor, "attachments.purge", row) for row in old])
    Attachment.objects.filter(pk__in=[row.pk for row in old]).delete()
    orphans = Blob.objects.filter(
        pk__in={row.blob_id for row in old}, attachments__isnull=True
    ).exclude(scan_state=Blob.Scan.MADE)
    orphans.delete()
    return len(old)


def sweep_store() -> int:
    """Delete stored bytes that no record names (a purge, or a rollback); returns how many."""
    store, removed = blob_store(), clear_landing()
    for names in _batches(store.names()):
        named = set(Blob.objects.filter(pk__in=names).values_list("pk", flat=True))
        named |= set(_derived(names))
        removed += sum(store.drop(name) for name in names if name not in named)
    return removed


def _derived(names: list[str]) -> Iterable[str]:
    return Derivative.objects.filter(sha256__in=names).values_list("sha256", flat=True)


def _batches(names: Iterator[str], size: int = 500) -> Iterator[list[str]]:
    batch: list[str] = []
    for name in names:
        batch.append(name)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
