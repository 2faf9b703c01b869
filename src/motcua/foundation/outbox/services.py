"""Every write of the outbox except the worker's own: emit, enqueue, revive, purge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.db import models, transaction

from motcua.foundation.outbox.models import Event, Job
from motcua.foundation.outbox.registry import HANDLERS, SCHEDULES
from motcua.foundation.statements import fresh, insert
from motcua.foundation.timesource import now
from motcua.foundation.transactions import savepoint_depth

log = structlog.get_logger(__name__)


class OutsideTransactionError(RuntimeError):
    """An event would have been written apart from the change it tells of."""


def _inside(autocommit: bool) -> None:
    if not autocommit and not transaction.get_connection().in_atomic_block:
        raise OutsideTransactionError(
            "emit and enqueue belong inside the transaction of the change"
        )


def emit(topic: str, key: str, payload: Mapping[str, Any], *, autocommit: bool = False) -> None:
    """Write one event in the caller's transaction: one INSERT.

    Args:
        topic: ``<part>.<past participle>``, such as ``applications.accepted``.
        key: public code or uid of the object that it happened to.
        payload: small, JSON-able, references instead of personal data.
        autocommit: allow a call outside a transaction.

    Raises:
        OutsideTransactionError: no transaction is open and ``autocommit`` is false.
    """
    emit_many([(topic, key, payload)], autocommit=autocommit)


def emit_many(
    events: Iterable[tuple[str, str, Mapping[str, Any]]], *, autocommit: bool = False
) -> None:
    """Write several events ``(topic, key, payload)`` with one INSERT; see :func:`emit`."""
    _inside(autocommit)
    at = now()
    rows = [
        fresh(Event, topic=topic, key=key, payload=dict(payload), emitted_at=at)
        for topic, key, payload in events
    ]
    held = _held.get()
    if held is None or savepoint_depth() > held.depth:
        # Inside a savepoint that may be rolled back alone, events are written at once.
        insert(*rows)
    else:
        held.rows += rows


@dataclass(slots=True)
class _Held:
    """Events waiting for one insert, and how deep in savepoints the holding began."""

    depth: int
    rows: list[Event] = field(default_factory=list[Event])


_held: ContextVar[_Held | None] = ContextVar("motcua_outbox_held", default=None)


@contextmanager
def emitting_together() -> Generator[None]:
    """Write the events emitted inside the block with one INSERT at its end, in their order.

    For an act that calls other services which emit theirs. An exception drops
    them, as it dooms the transaction; a block inside joins the outer one.
    """
    if _held.get() is not None:
        yield
        return
    held = _Held(savepoint_depth())
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)
    insert(*held.rows)


def enqueue(
    queue: str,
    payload: Mapping[str, Any],
    run_after: dt.datetime | None = None,
    dedupe_key: str = "",
    *,
    autocommit: bool = False,
) -> None:
    """Ask for one job in the caller's transaction: one INSERT.

    Args:
        queue: a queue with a handler (``@handles``).
        payload: small, JSON-able, references instead of personal data.
        run_after: aware moment before which the job must not run; now when absent.
        dedupe_key: while a job with this key exists, done ones included until they are
            purged, the call changes nothing.

    Raises:
        OutsideTransactionError: no transaction is open and ``autocommit`` is false.
        LookupError: nobody handles the queue.
    """
    enqueue_many(queue, [(payload, run_after, dedupe_key)], autocommit=autocommit)


def enqueue_many(
    queue: str,
    jobs: Iterable[tuple[Mapping[str, Any], dt.datetime | None, str]],
    *,
    autocommit: bool = False,
) -> None:
    """Ask for several jobs ``(payload, run_after, dedupe_key)`` of one queue at once."""
    _inside(autocommit)
    at = now()
    rows = [job_row(queue, payload, at, after, dedupe) for payload, after, dedupe in jobs]
    Job.objects.bulk_create(rows, ignore_conflicts=True)


def job_row(
    queue: str,
    payload: Mapping[str, Any],
    at: dt.datetime,
    run_after: dt.datetime | None,
    dedupe_key: str,
) -> Job:
    """An unsaved job by the rules of its queue's handler."""
    handler = HANDLERS.get(queue)
    if handler is None:
        raise LookupError(f"no handler for queue {queue!r}")
    return Job(
        queue=queue,
        payload=dict(payload),
        priority=handler.priority,
        run_after=run_after or at,
        max_attempts=handler.max_attempts,
        dedupe_key=dedupe_key,
        created_at=at,
    )


def retry_dead(
    *,
    by: str,
    job_ids: Sequence[int] | None = None,
    queue: str = "",
    record: Callable[[list[int]], object] | None = None,
) -> list[int]:
    """Put dead letters back in their queues with a fresh count of tries.

    Args:
        by: who asks, for the log (no personal data: an account or post id).
        job_ids: which ones; all when absent.
        queue: only this queue, when given.
        record: called with the ids in the same transaction, e.g. to write the ledger.

    Returns:
        The ids that were dead and now wait.
    """
    with transaction.atomic():
        dead = Job.objects.filter(state=Job.State.DEAD)
        if job_ids is not None:
            dead = dead.filter(pk__in=job_ids)
        if queue:
            dead = dead.filter(queue=queue)
        ids = sorted(dead.select_for_update().values_list("pk", flat=True))
        Job.objects.filter(pk__in=ids).update(
            state=Job.State.QUEUED, attempts=0, run_after=now(), finished_at=None
        )
        if record is not None and ids:
            record(ids)
    log.info("outbox.dead_retried", by=by, jobs=len(ids))
    return ids


def purge(*, done_days: int = 7, event_days: int = 90) -> int:
    """Delete done jobs and dispatched events past their days; dead letters stay.

    Jobs of schedules go after two intervals, one hour at least. Returns rows deleted.
    """
    at = now()
    done = Job.objects.filter(state=Job.State.DONE)
    old = models.Q(finished_at__lt=at - dt.timedelta(days=done_days))
    for schedule in SCHEDULES.values():
        keep = dt.timedelta(seconds=max(3600, 2 * schedule.seconds))
        old |= models.Q(queue=schedule.name, finished_at__lt=at - keep)
    jobs, _ = done.filter(old).delete()
    events, _ = Event.objects.filter(dispatched_at__lt=at - dt.timedelta(days=event_days)).delete()
    return jobs + events
