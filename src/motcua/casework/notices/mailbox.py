"""The demo's mail server: keeps every mail in a table, where anybody can read it."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import make_msgid

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from motcua.casework.notices.models import MailMessage
from motcua.foundation.timesource import now


class MailboxBackend(BaseEmailBackend):
    """A Django mail backend that stores instead of sending; the same Message-ID once."""

    remembers_message_ids = True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        rows = [
            MailMessage(
                message_id=(message.extra_headers.get("Message-ID") or make_msgid())[:200],
                sender=message.from_email[:200],
                recipients=", ".join(message.recipients())[:1000],
                subject=str(message.subject)[:300],
                body=str(message.body),
                at=now(),
            )
            for message in email_messages
        ]
        MailMessage.objects.bulk_create(rows, ignore_conflicts=True)
        return len(rows)
