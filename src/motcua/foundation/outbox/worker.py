"""The worker: one turn in this process (:func:`run_due`) or a loop (:func:`run_worker`)."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import signal
import socket
import threading
import time
from dataclasses import dataclass, field
from itertools import takewhile

import structlog
from django.db import DatabaseError, InterfaceError, close_old_connections, connection, transaction

from motcua.foundation.outbox import leasing
from motcua.foundation.outbox.leasing import Leased, LeaseLostError
from motcua.foundation.outbox.models import Job
from motcua.foundation.outbox.registry import HANDLERS, LEASE_SECONDS, SCHEDULES, Handler
from motcua.foundation.outbox.rules import next_wait, slot_start
from motcua.foundation.outbox.services import job_row
from motcua.foundation.telemetry import redact
from motcua.foundation.timesource import now

log = structlog.get_logger(__name__)

BATCH = 20
REAP_SECONDS = 5.0
SHARE_SECONDS = 0.05
LONGEST_PAUSE = 0.1
"""SQLite asks a busy database again after at most this many seconds."""


class GiveUpError(Exception):
    """Raised by a handler when trying again cannot help: the job is a dead letter at once."""


def _worker_name() -> str:
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


@dataclass(slots=True)
class Worker:
    """One worker's identity and the little it remembers between turns."""

    name: str = field(default_factory=_worker_name)
    stop: threading.Event = field(default_factory=threading.Event)
    gives_way: bool = False
    """Whether it pauses after each piece of work, as long as that took.

    SQLite has one writer and no queue: a worker with many jobs would take the lock again
    before a waiting page looks for it, and the page would give up after 20 seconds.
    """
    _slots: dict[str, dt.datetime] = field(default_factory=dict[str, dt.datetime])
    _reaped: float = float("-inf")

    def turn(self, limit: int = BATCH, *, schedules: bool = True) -> int:
        """Hand on events, then run up to ``limit`` due jobs. Returns jobs run + events."""
        if schedules:
            self._enqueue_schedules()
        if time.monotonic() - self._reaped >= REAP_SECONDS:
            leasing.reap(now())
            self._reaped = time.monotonic()
        handed_on = leasing.dispatch_events(limit * 5)
        jobs = leasing.take(self.name, limit, LEASE_SECONDS)
        begun = 0
        while begun < len(jobs):
            if self.stop.is_set():
                leasing.give_back(self.name, jobs[begun:])
                break
            started = time.monotonic()
            begun += self._run_next(jobs[begun:])
            if self.gives_way:
                self.stop.wait(min(LONGEST_PAUSE, time.monotonic() - started))
        return handed_on + begun

    def _enqueue_schedules(self) -> None:
        at = now()
        due = [
            (schedule.name, slot)
            for schedule in SCHEDULES.values()
            if (slot := slot_start(at, schedule.seconds)) != self._slots.get(schedule.name)
        ]
        if not due:
            return
        rows = [
            job_row(name, {}, at, None, f"every:{name}:{slot:%Y%m%dT%H%M%S}") for name, slot in due
        ]
        Job.objects.bulk_create(rows, ignore_conflicts=True)
        self._slots.update(due)

    def _run_next(self, jobs: list[Leased]) -> int:
        """Run the first job, or as many as may share one transaction. Returns how many."""
        together = list(takewhile(self._may_share, jobs))
        if len(together) < 2:
            self._run(jobs[0])
            return 1
        return self._run_together(together)

    def _may_share(self, job: Leased) -> bool:
        handler = HANDLERS.get(job.queue)
        return (
            handler is not None
            and handler.in_transaction
            and handler.lease_seconds <= LEASE_SECONDS
            and self._seconds_left(job) > LEASE_SECONDS / 2
        )

    def _run_together(self, jobs: list[Leased]) -> int:
        """Run jobs in one transaction, each in its savepoint, for ``SHARE_SECONDS``.

        A commit costs more than most jobs. One that fails takes only its own effects
        along; a lost lease undoes all, and each is run again by itself.
        """
        done: list[Leased] = []
        failed: list[tuple[Leased, Exception]] = []
        end = time.monotonic() + SHARE_SECONDS
        try:
            with transaction.atomic():
                for job in jobs:
                    if error := self._try(job):
                        failed.append((job, error))
                    else:
                        done.append(job)
                    if time.monotonic() >= end or self.stop.is_set():
                        break
                leasing.complete_many(self.name, done)
        except LeaseLostError:
            log.warning("outbox.lease_lost", jobs=len(done))
            for job in done:
                self._run(job)
        for job, error in failed:
            with structlog.contextvars.bound_contextvars(queue=job.queue, job=job.id):
                self._failed(job, error)
        return len(done) + len(failed)

    def _try(self, job: Leased) -> Exception | None:
        """Run one job of several in its savepoint; what it raised, if it failed."""
        with structlog.contextvars.bound_contextvars(queue=job.queue, job=job.id):
            try:
                with transaction.atomic():
                    HANDLERS[job.queue].run(job.payload)
            except Exception as error:  # noqa: BLE001 - a handler may raise anything
                return error
        return None

    def _run(self, job: Leased) -> None:
        """Run one job by itself."""
        with structlog.contextvars.bound_contextvars(queue=job.queue, job=job.id):
            try:
                handler = HANDLERS.get(job.queue)
                if handler is None:
                    raise LookupError(f"no handler for queue {job.queue!r}")
                self._hold_long_enough(job, handler)
                self._handle(job, handler)
            except LeaseLostError:
                log.warning("outbox.lease_lost", attempt=job.attempts)
            except Exception as error:  # noqa: BLE001 - a handler may raise anything
                self._failed(job, error)

    def _seconds_left(self, job: Leased) -> float:
        return (job.lease_until - now()).total_seconds()

    def _hold_long_enough(self, job: Leased, handler: Handler) -> None:
        short = self._seconds_left(job) < LEASE_SECONDS / 2
        if short or handler.lease_seconds > LEASE_SECONDS:
            leasing.prolong(self.name, job, handler.lease_seconds)

    def _handle(self, job: Leased, handler: Handler) -> None:
        if not handler.in_transaction:
            handler.run(job.payload)
            leasing.complete(self.name, job)
            return
        with transaction.atomic():
            handler.run(job.payload)
            leasing.complete(self.name, job)

    def _failed(self, job: Leased, error: Exception) -> None:
        text = redact(f"{type(error).__name__}: {error}")
        final = isinstance(error, GiveUpError)
        if not connection.in_atomic_block:
            close_old_connections()
        dead = leasing.fail(self.name, job, text, final=final)
        level = log.error if dead else log.warning
        level("outbox.job_failed", attempt=job.attempts, dead=dead, error=text, exc_info=error)


def run_due(limit: int = 100) -> int:
    """One turn in this process: hand on events, run due jobs. For tests and the demo.

    Schedules (``@every``) do not fire. Returns how many events and jobs were handled;
    0 means that nothing was due.
    """
    return Worker().turn(limit, schedules=False)


def run_until_idle(limit: int = 100, max_turns: int = 1000) -> int:
    """:func:`run_due` until nothing is due, for chains of events. Returns the sum."""
    total = 0
    for _ in range(max_turns):
        handled = run_due(limit)
        total += handled
        if not handled:
            break
    return total


def run_worker(
    stop_event: threading.Event | None = None, poll_seconds: float = 1.0, batch: int = BATCH
) -> None:
    """Work until ``stop_event`` is set; any number of workers may run at once.

    Sleeps between turns only when idle, up to ``poll_seconds``. A database that is
    away is waited for. On stop the running job is finished, the others given back.
    """
    worker = Worker(stop=stop_event or threading.Event(), gives_way=connection.vendor == "sqlite")
    log.info("outbox.worker_started", worker=worker.name)
    wait = 0.0
    while not worker.stop.is_set():
        try:
            close_old_connections()
            worked = worker.turn(batch) > 0
        except (DatabaseError, InterfaceError) as error:
            log.warning("outbox.database_away", error=type(error).__name__)
            connection.close()
            worked, wait = False, poll_seconds
        wait = next_wait(wait, worked, poll_seconds)
        if wait:
            worker.stop.wait(wait)
    log.info("outbox.worker_stopped", worker=worker.name)


def stop_on_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set; call it in the main thread."""
    stop = threading.Event()

    def set_stop(_number: int, _frame: object) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, set_stop)
    return stop
