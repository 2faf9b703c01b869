"""Sending goes batch by batch, after everything that people wait for."""

from __future__ import annotations

from typing import Any

from motcua.foundation.outbox.public import BULK, handles
from motcua.subsystems.mass_notices.services import SEND, send_batch


@handles(SEND, priority=BULK, lease_seconds=300)
def send(payload: dict[str, Any]) -> None:
    """Tell the next batch of people of a notice."""
    send_batch(int(payload["notice_id"]))
