"""The worker's statements: hand events on, take jobs, finish them, give them back.

One SQL text for both engines; PostgreSQL adds ``FOR UPDATE SKIP LOCKED`` so that
workers pass by each other's rows, SQLite has one writer at a time by itself.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Case, F, QuerySet, Value, When

from motcua.foundation.outbox.models import Event, Job
from motcua.foundation.outbox.registry import SUBSCRIBERS, Payload
from motcua.foundation.outbox.rules import PRIORITIES, backoff_seconds, may_retry
from motcua.foundation.outbox.services import job_row
from motcua.foundation.timesource import now

_TAKE = """
WITH picked AS {materialized} (
    SELECT id FROM outbox_job
    WHERE state = 'queued' AND priority = %s AND run_after <= %s
    ORDER BY run_after, id LIMIT %s {lock}
)
UPDATE outbox_job
SET state = 'leased', lease_by = %s, lease_until = %s, attempts = attempts + 1
WHERE id IN (SELECT id FROM picked)
RETURNING id, queue, payload, attempts, max_attempts
"""


@dataclass(frozen=True, slots=True)
class Leased:
    """A job that this worker holds; ``attempts`` fences off whoever held it before."""

    id: int
    queue: str
    payload: Payload
    attempts: int
    max_attempts: int
    lease_until: dt.datetime


class LeaseLostError(Exception):
    """Another worker has taken the job over; what was done here must be undone."""


def dispatch_events(limit: int) -> int:
    """Turn up to ``limit`` new events into one job for each subscriber. Returns events."""
    waiting = Event.objects.filter(dispatched_at__isnull=True).order_by("id")
    if not waiting.exists():
        return 0
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        events = list(waiting[:limit])
        at = now()
        jobs = [
            job_row(name, _carried(event), at, None, f"event:{event.pk}:{name}")
            for event in events
            for name in SUBSCRIBERS.get(event.topic, ())
        ]
        Job.objects.bulk_create(jobs, ignore_conflicts=True)
        Event.objects.filter(pk__in=[event.pk for event in events]).update(dispatched_at=at)
    return len(events)


def _carried(event: Event) -> Payload:
    return {
        "event": event.pk,
        "topic": event.topic,
        "key": event.key,
        "payload": event.payload,
        "emitted_at": event.emitted_at.isoformat(),
    }


def take(worker: str, limit: int, lease_seconds: int) -> list[Leased]:
    """Lease up to ``limit`` due jobs for ``worker``, urgent ones first."""
    postgres = connection.vendor == "postgresql"
    sql = _TAKE.format(
        materialized="MATERIALIZED" if postgres else "",
        lock="FOR UPDATE SKIP LOCKED" if postgres else "",
    )
    at = now()
    until = at + dt.timedelta(seconds=lease_seconds)
    stored_at, stored_until = (connection.ops.adapt_datetimefield_value(m) for m in (at, until))
    taken: list[Leased] = []
    with connection.cursor() as cursor:
        for priority in PRIORITIES:
            room = limit - len(taken)
            if room <= 0:
                break
            cursor.execute(sql, [priority, stored_at, room, worker, stored_until])
            taken += sorted(
                (Leased(i, q, json.loads(p), n, m, until) for i, q, p, n, m in cursor.fetchall()),
                key=lambda job: job.id,
            )
    return taken


def reap(at: dt.datetime) -> int:
    """Free jobs whose worker vanished; those without a try left become dead letters."""
    out_of_tries = When(attempts__gte=F("max_attempts"), then=Value(Job.State.DEAD.value))
    gone = Job.objects.filter(state=Job.State.LEASED, lease_until__lt=at)
    return gone.update(
        state=Case(out_of_tries, default=Value(Job.State.QUEUED.value)),
        finished_at=Case(When(attempts__gte=F("max_attempts"), then=Value(at))),
        lease_until=None,
        lease_by="",
        last_error="the worker stopped while it ran this job",
    )


def _held(worker: str, job: Leased) -> QuerySet[Job]:
    return Job.objects.filter(
        pk=job.id, state=Job.State.LEASED, lease_by=worker, attempts=job.attempts
    )


def complete(worker: str, job: Leased) -> None:
    """Mark the job done. Raises :class:`LeaseLostError` when somebody else has it now."""
    done = _held(worker, job).update(
        state=Job.State.DONE, finished_at=now(), lease_until=None, lease_by="", last_error=""
    )
    if not done:
        raise LeaseLostError(job.id)


def complete_many(worker: str, jobs: list[Leased]) -> None:
    """Mark jobs done with one statement; raises as :func:`complete` when any was lost."""
    held = Job.objects.filter(
        pk__in=[job.id for job in jobs], state=Job.State.LEASED, lease_by=worker
    )
    done = held.update(
        state=Job.State.DONE, finished_at=now(), lease_until=None, lease_by="", last_error=""
    )
    if done != len(jobs):
        raise LeaseLostError(len(jobs) - done)


def prolong(worker: str, job: Leased, seconds: int) -> None:
    """Hold the job for ``seconds`` from now. Raises :class:`LeaseLostError` as above."""
    if not _held(worker, job).update(lease_until=now() + dt.timedelta(seconds=seconds)):
        raise LeaseLostError(job.id)


def fail(worker: str, job: Leased, error: str, *, final: bool = False) -> bool:
    """Send the job back with a growing wait, or to the dead letters. True when dead."""
    at = now()
    dead = final or not may_retry(job.attempts, job.max_attempts)
    wait = backoff_seconds(job.attempts, random.random())  # noqa: S311 - spreading, not secrecy
    _held(worker, job).update(
        state=Job.State.DEAD if dead else Job.State.QUEUED,
        run_after=at + dt.timedelta(seconds=0 if dead else wait),
        finished_at=at if dead else None,
        lease_until=None,
        lease_by="",
        last_error=error[:500],
    )
    return dead


def give_back(worker: str, jobs: list[Leased]) -> None:
    """Return jobs that were leased but not begun, without counting a try."""
    Job.objects.filter(
        pk__in=[job.id for job in jobs], state=Job.State.LEASED, lease_by=worker
    ).update(state=Job.State.QUEUED, attempts=F("attempts") - 1, lease_until=None, lease_by="")
