"""What the worker does for this part."""

from __future__ import annotations

from motcua.casework.forms.services import discard_old_drafts
from motcua.foundation.outbox.public import every


@every(24 * 3600, name="forms.discard-old-drafts")
def forget_drafts() -> None:
    """Drafts that nobody touched for 90 days are personal data without a purpose."""
    discard_old_drafts()
