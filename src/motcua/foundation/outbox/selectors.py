"""What waits, what runs, what failed: for the console's page of jobs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min

from motcua.foundation.outbox.models import Event, Job
from motcua.foundation.timesource import now


@dataclass(frozen=True, slots=True)
class QueueState:
    """One queue at this moment."""

    queue: str
    queued: int
    leased: int
    dead: int
    oldest: dt.datetime | None


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A job that nobody will run again unless a person asks for it."""

    id: int
    queue: str
    attempts: int
    last_error: str
    created_at: dt.datetime
    finished_at: dt.datetime | None


def queue_states() -> list[QueueState]:
    """Every queue with unfinished or dead jobs; ``oldest`` is the earliest ``run_after``."""
    found: dict[str, dict[str, int]] = {}
    oldest: dict[str, dt.datetime] = {}
    rows = (
        Job.objects.filter(state__in=[Job.State.QUEUED, Job.State.LEASED, Job.State.DEAD])
        .values("queue", "state")
        .annotate(count=Count("id"), first=Min("run_after"))
    )
    for row in rows:
        found.setdefault(row["queue"], {})[row["state"]] = row["count"]
        if row["state"] == Job.State.QUEUED:
            oldest[row["queue"]] = row["first"]
    return [
        QueueState(
            queue,
            counts.get(Job.State.QUEUED, 0),
            counts.get(Job.State.LEASED, 0),
            counts.get(Job.State.DEAD, 0),
            oldest.get(queue),
        )
        for queue, counts in sorted(found.items())
    ]


def dead_letters(
    *, queue: str = "", limit: int = 100, after: int | None = None
) -> list[DeadLetter]:
    """Dead letters, newest first; ``after`` is the id of the last one already shown."""
    dead = Job.objects.filter(state=Job.State.DEAD)
    if queue:
        dead = dead.filter(queue=queue)
    if after is not None:
        dead = dead.filter(pk__lt=after)
    fields = ("id", "queue", "attempts", "last_error", "created_at", "finished_at")
    return [DeadLetter(*row) for row in dead.order_by("-id").values_list(*fields)[:limit]]


def events_waiting() -> int:
    """Events that no worker has handed on yet."""
    return Event.objects.filter(dispatched_at__isnull=True).count()


def lag_seconds() -> float:
    """Age in seconds of the oldest job that is due and not running; 0 when none is."""
    at = now()
    oldest = Job.objects.filter(state=Job.State.QUEUED, run_after__lte=at).aggregate(
        first=Min("run_after")
    )["first"]
    return (at - oldest).total_seconds() if oldest else 0.0
