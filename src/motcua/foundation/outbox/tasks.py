"""The outbox cleans up after itself."""

from __future__ import annotations

from motcua.foundation.outbox.registry import every
from motcua.foundation.outbox.services import purge


@every(3600, "outbox.purge")
def purge_hourly() -> None:
    """Delete done jobs and handed-out events past their days."""
    purge()
