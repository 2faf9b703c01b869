"""Who handles what: filled by decorators when the apps' ``tasks`` and ``events`` modules load."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from motcua.foundation.outbox.rules import NORMAL

F = TypeVar("F", bound=Callable[..., object])
Payload = dict[str, Any]
MAX_ATTEMPTS = 8
LEASE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class EventMessage:
    """An event as a subscriber receives it."""

    id: int
    topic: str
    key: str
    payload: Payload
    emitted_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Handler:
    """How the jobs of one queue are run."""

    queue: str
    function: Callable[..., object]
    run: Callable[[Payload], object]
    max_attempts: int = MAX_ATTEMPTS
    lease_seconds: int = LEASE_SECONDS
    in_transaction: bool = True
    priority: int = NORMAL


@dataclass(frozen=True, slots=True)
class Schedule:
    """A job to be enqueued once in every interval of ``seconds``."""

    name: str
    seconds: int


HANDLERS: dict[str, Handler] = {}
SUBSCRIBERS: dict[str, list[str]] = {}
SCHEDULES: dict[str, Schedule] = {}


def register(handler: Handler) -> None:
    known = HANDLERS.get(handler.queue)
    if known is not None and known.function is not handler.function:
        raise ValueError(f"queue {handler.queue!r} already has a handler")
    HANDLERS[handler.queue] = handler


def handles(
    queue: str,
    *,
    max_attempts: int = MAX_ATTEMPTS,
    lease_seconds: int = LEASE_SECONDS,
    in_transaction: bool = True,
    priority: int = NORMAL,
) -> Callable[[F], F]:
    """Make a function ``(payload: dict) -> None`` the handler of a queue.

    It may run more than once (a worker can die at any moment) and must leave the
    same result. By default it runs in one transaction with its job's completion, so
    its database effects happen exactly once. A handler that talks to the outside
    world sets ``in_transaction=False`` so that no lock is held while it waits, and
    guards its effect itself.

    Args:
        max_attempts: tries before the job becomes a dead letter.
        lease_seconds: longest time one run may take before another worker takes over.
        priority: ``URGENT``, ``NORMAL`` or ``BULK``.
    """

    def decorate(function: F) -> F:
        register(
            Handler(
                queue, function, function, max_attempts, lease_seconds, in_transaction, priority
            )
        )
        return function

    return decorate


def subscribes(
    topic: str,
    name: str,
    *,
    max_attempts: int = MAX_ATTEMPTS,
    lease_seconds: int = LEASE_SECONDS,
    in_transaction: bool = True,
    priority: int = NORMAL,
) -> Callable[[F], F]:
    """Make a function ``(event: EventMessage) -> None`` receive every event of a topic.

    ``name`` is the subscriber's own queue (``notices.on_accepted``): unique in the
    house, and stable, since waiting jobs carry it. One function may subscribe to
    several topics under one name. Run rules as for :func:`handles`.
    """

    def decorate(function: F) -> F:
        def run(payload: Payload) -> None:
            function(message(payload))

        register(
            Handler(name, function, run, max_attempts, lease_seconds, in_transaction, priority)
        )
        names = SUBSCRIBERS.setdefault(topic, [])
        if name not in names:
            names.append(name)
        return function

    return decorate


def every(seconds: int, name: str, *, max_attempts: int = 3) -> Callable[[F], F]:
    """Run a function ``() -> None`` once in every interval of ``seconds``, by one worker.

    An interval in which no worker ran is not made up for.
    """

    def decorate(function: F) -> F:
        def run(_payload: Payload) -> None:
            function()

        register(Handler(name, function, run, max_attempts))
        SCHEDULES[name] = Schedule(name, seconds)
        return function

    return decorate


def message(payload: Payload) -> EventMessage:
    """The event that a subscriber's job carries."""
    return EventMessage(
        id=payload["event"],
        topic=payload["topic"],
        key=payload["key"],
        payload=payload["payload"],
        emitted_at=dt.datetime.fromisoformat(payload["emitted_at"]),
    )
