"""Housekeeping of issuing."""

from __future__ import annotations

from motcua.casework.issuing.services import forget_old_checks
from motcua.foundation.outbox.public import every


@every(24 * 3600, "issuing.forget_old_checks")
def _forget() -> None:
    """Forget checks on the public verification page after thirty days."""
    forget_old_checks()
