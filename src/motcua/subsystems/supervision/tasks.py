"""What runs by itself: freezing a closed period, and keeping the roll-up of the board."""

from __future__ import annotations

from typing import Any

from motcua.casework.clock.public import DUE_MOVED
from motcua.foundation.outbox.public import (
    BULK,
    EventMessage,
    enqueue,
    every,
    handles,
    subscribes,
)
from motcua.subsystems.applications.public import ACTS
from motcua.subsystems.supervision.services import (
    differences,
    follow,
    freeze,
    note_quality,
    rebuild,
)

DAY = 86_400


@handles("supervision.close", priority=BULK, lease_seconds=900)
def close(payload: dict[str, Any]) -> None:
    """Freeze the results of a period."""
    freeze(int(payload["period_id"]))


@subscribes(DUE_MOVED, "supervision.count", priority=BULK)
@subscribes("applications.rated", "supervision.count", priority=BULK)
def count(event: EventMessage) -> None:
    """Count a case where it stands after an act."""
    case_id = int(event.payload["case_id"])
    follow(case_id)
    note_quality(case_id, str(event.payload.get("verb", "")), int(event.payload.get("score") or 0))


@handles("supervision.reconcile", priority=BULK, lease_seconds=900)
def reconcile(payload: dict[str, Any]) -> None:
    """Compare the roll-up with the cases and make it anew where it differs."""
    del payload
    if differences():
        rebuild()


@every(DAY, "supervision.look")
def look() -> None:
    """Once a day, ask for a comparison."""
    enqueue("supervision.reconcile", {})


for _verb in ACTS:
    subscribes(f"applications.{_verb}", "supervision.count", priority=BULK)(count)
