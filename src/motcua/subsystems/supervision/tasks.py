"""What runs by itself: freezing a period that was closed."""

from __future__ import annotations

from typing import Any

from motcua.foundation.outbox.public import BULK, handles
from motcua.subsystems.supervision.services import freeze


@handles("supervision.close", priority=BULK, lease_seconds=900)
def close(payload: dict[str, Any]) -> None:
    """Freeze the results of a period."""
    freeze(int(payload["period_id"]))
