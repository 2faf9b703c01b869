"""What was counted goes when its window is over."""

from __future__ import annotations

from motcua.foundation.limiting.services import forget_old_tallies
from motcua.foundation.outbox.public import every


@every(3600, "limiting.forget")
def forget_hourly() -> None:
    """Delete the tallies of windows that are over."""
    forget_old_tallies()
