"""What the workflow does by itself."""

from __future__ import annotations

from motcua.casework.workflow.services import fire_due_timers
from motcua.foundation.outbox.public import every
from motcua.foundation.timesource import now


@every(60, "workflow.fire-timers")
def fire_each_minute() -> None:
    """Fire due timers and apply silences each minute."""
    fire_due_timers(now())
