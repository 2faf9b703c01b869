"""Mail goes out by jobs, outside any transaction: no lock waits for a mail server."""

from __future__ import annotations

from typing import Any

from motcua.casework.notices.delivery import MAIL_QUEUE, MAX_ATTEMPTS, send_mail
from motcua.foundation.outbox.public import handles


@handles(MAIL_QUEUE, in_transaction=False, lease_seconds=180, max_attempts=MAX_ATTEMPTS + 2)
def mail(payload: dict[str, Any]) -> None:
    """Send one planned mail; a failure is tried again with longer and longer waits."""
    send_mail(payload["delivery"])
