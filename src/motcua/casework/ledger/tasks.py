"""What the ledger does by itself."""

from __future__ import annotations

from motcua.casework.ledger.periods import close_period
from motcua.casework.ledger.rules import SystemWriter
from motcua.foundation.outbox.public import every


@every(3600, "ledger.close-period")
def close_hourly() -> None:
    """Close a period each hour in which something was written."""
    close_period(SystemWriter())
