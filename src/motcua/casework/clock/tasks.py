"""Jobs of the clock: after a calendar change, open due dates are recomputed in chunks."""

from __future__ import annotations

from typing import Any

from motcua.casework.calendar.public import DAY_CHANGED, HOURS_CHANGED
from motcua.casework.clock.recomputing import recompute_chunk
from motcua.foundation.outbox.public import BULK, EventMessage, enqueue, handles, subscribes

QUEUE = "clock.recompute"


@subscribes(DAY_CHANGED, "clock.on_calendar_changed")
@subscribes(HOURS_CHANGED, "clock.on_calendar_changed")
def on_calendar_changed(event: EventMessage) -> None:
    """Ask for the first chunk; the event's id keeps it from being asked twice."""
    payload = {"change": event.payload, "event": event.id, "after": 0}
    enqueue(QUEUE, payload, dedupe_key=f"{QUEUE}:{event.id}:0")


@handles(QUEUE, priority=BULK, lease_seconds=300)
def recompute_next(payload: dict[str, Any]) -> None:
    """Recompute one chunk and ask for the next, in one transaction."""
    after = recompute_chunk(payload["change"], payload["after"])
    if after is not None:
        key = f"{QUEUE}:{payload['event']}:{after}"
        enqueue(QUEUE, {**payload, "after": after}, dedupe_key=key)
