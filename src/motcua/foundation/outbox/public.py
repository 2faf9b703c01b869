"""The door of the outbox: events, jobs and the worker."""

from motcua.foundation.outbox.registry import EventMessage, every, handles, subscribes
from motcua.foundation.outbox.rules import BULK, NORMAL, URGENT
from motcua.foundation.outbox.selectors import (
    DeadLetter,
    QueueState,
    dead_letters,
    events_waiting,
    lag_seconds,
    queue_states,
)
from motcua.foundation.outbox.services import (
    OutsideTransactionError,
    emit,
    emit_many,
    emitting_together,
    enqueue,
    enqueue_many,
    purge,
    retry_dead,
)
from motcua.foundation.outbox.worker import (
    GiveUpError,
    run_due,
    run_until_idle,
    run_worker,
    stop_on_signals,
)

__all__ = [
    "BULK",
    "NORMAL",
    "URGENT",
    "DeadLetter",
    "EventMessage",
    "GiveUpError",
    "OutsideTransactionError",
    "QueueState",
    "dead_letters",
    "emit",
    "emit_many",
    "emitting_together",
    "enqueue",
    "enqueue_many",
    "events_waiting",
    "every",
    "handles",
    "lag_seconds",
    "purge",
    "queue_states",
    "retry_dead",
    "run_due",
    "run_until_idle",
    "run_worker",
    "stop_on_signals",
    "subscribes",
]
