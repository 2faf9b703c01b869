"""The sweep every quarter of an hour, in turns, and the digests of the morning."""

from __future__ import annotations

from typing import Any

from motcua.foundation.outbox.public import enqueue, every, handles
from motcua.foundation.timesource import now
from motcua.subsystems.escalation.services import send_digests, sweep

SWEEP, DIGEST = "escalation.sweep", "escalation.digest"


@handles(SWEEP, in_transaction=False)
def one_turn(payload: dict[str, Any]) -> None:
    """A chunk of the sweep; the next chunk with the next job, so that others may pass."""
    if sweep(now()):
        enqueue(SWEEP, payload, autocommit=True)


@handles(DIGEST, in_transaction=False)
def some_digests(payload: dict[str, Any]) -> None:
    """Digests of some officials; the others with the next job."""
    if send_digests(now()):
        enqueue(DIGEST, payload, autocommit=True)


@every(900, "escalation.look")
def look() -> None:
    """Begin a sweep, and the digests once the morning has come."""
    enqueue(SWEEP, {})
    enqueue(DIGEST, {})
