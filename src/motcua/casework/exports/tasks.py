"""Files are made and let go in the background."""

from __future__ import annotations

from typing import Any

from motcua.casework.exports.services import MAKE, make_export, tidy_exports
from motcua.foundation.outbox.public import BULK, every, handles


@handles(MAKE, in_transaction=False, priority=BULK, max_attempts=3, lease_seconds=900)
def make(payload: dict[str, Any]) -> None:
    """One file."""
    make_export(payload["export"])


@every(600, "exports.tidy")
def tidy() -> None:
    """Expired files, and those that no worker finished."""
    tidy_exports()
