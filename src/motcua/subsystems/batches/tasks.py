"""Batches are worked off in the background, some seconds at a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from motcua.foundation.outbox.public import enqueue, every, handles
from motcua.subsystems.batches.services import RUN, go_on_with, run_slice

OLD_SECONDS = 300


@handles(RUN, in_transaction=False)
def run(payload: dict[str, Any]) -> None:
    """Some papers of a batch, each in its own transaction; the rest with the next job."""
    if run_slice(payload["batch"]):
        enqueue(RUN, payload, autocommit=True)


@every(OLD_SECONDS, "batches.go_on")
def go_on() -> None:
    """Batches that a worker left unfinished."""
    go_on_with(older_than=dt.timedelta(seconds=OLD_SECONDS))
