"""What happens to files after they were received."""

from __future__ import annotations

from typing import Any

from motcua.casework.access.public import SYSTEM
from motcua.casework.attachments.deriving import make_derivatives
from motcua.casework.attachments.services import DERIVE, SCAN
from motcua.casework.attachments.upkeep import (
    purge_drafts,
    rescan_waiting,
    scan_blob,
    sweep_store,
)
from motcua.foundation.outbox.public import BULK, every, handles


@handles(DERIVE, in_transaction=False, priority=BULK, max_attempts=3)
def derive(payload: dict[str, Any]) -> None:
    """Thumbnails, previews and text of one file."""
    make_derivatives(payload["sha256"])


@handles(SCAN, in_transaction=False)
def scan(payload: dict[str, Any]) -> None:
    """The virus scan that could not be had at upload."""
    scan_blob(payload["sha256"])


@every(600, "attachments.rescan")
def rescan() -> None:
    """Files that wait, or came before a scanner was set."""
    rescan_waiting()


@every(86_400, "attachments.purge")
def purge() -> None:
    """Abandoned drafts, then bytes that nothing names."""
    purge_drafts(actor=SYSTEM)
    sweep_store()
