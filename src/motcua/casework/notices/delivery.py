"""From a notice to its deliveries, and from a delivery to a sent mail. Run by workers."""

from __future__ import annotations

import smtplib
import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.casework.notices.catalogue import templates
from motcua.casework.notices.models import Delivery, Notice, OptOut
from motcua.casework.notices.rules import IN_APP, MAIL, QuietHours, Template, may_go_at
from motcua.casework.notices.selectors import opt_out_token
from motcua.foundation.crypto import keyed_hash
from motcua.foundation.outbox.public import GiveUpError, enqueue_many
from motcua.foundation.telemetry import redact
from motcua.foundation.timesource import now

MAIL_QUEUE = "notices.mail"
MAX_ATTEMPTS = 10
State = Delivery.State


def plan_deliveries(uids: list[str]) -> None:
    """Write the deliveries of new notices and ask for their mail. Once a notice."""
    notices = list(
        Notice.objects.filter(uid__in=[uuid.UUID(uid) for uid in uids], deliveries__isnull=True)
        .select_related("account__party", "party__account")
        .order_by("pk")
    )
    if not notices:
        return
    refused = set(
        OptOut.objects.filter(reader__in={n.reader for n in notices}, channel=MAIL).values_list(
            "reader", "template"
        )
    )
    rows = [row for notice in notices for row in _planned(notice, refused)]
    Delivery.objects.bulk_create(rows)
    _ask_for_mail([row for row in rows if row.channel == MAIL and row.state == State.QUEUED.value])


def _planned(notice: Notice, refused: set[tuple[str, str]]) -> list[Delivery]:
    at = now()
    template = templates().get(notice.template)
    rows = [Delivery(notice=notice, channel=IN_APP, state=State.SENT, created_at=at, sent_at=at)]
    if template is None or MAIL not in template.channels:
        return rows
    address = _address(notice)
    mail = Delivery(
        notice=notice,
        channel=MAIL,
        address=address,
        address_hash=keyed_hash(address.lower(), purpose="address"),
        created_at=at,
    )
    if not address:
        mail.state, mail.last_error = State.SKIPPED, "no mail address"
    elif template.optional and (notice.reader, notice.template) in refused:
        mail.state, mail.last_error = State.SKIPPED, "opted out"
    return [*rows, mail]


def _address(notice: Notice) -> str:
    account, party = notice.account, notice.party
    if account is not None:
        return account.email or (account.party.email if account.party else "")
    return party.email or getattr(getattr(party, "account", None), "email", "")


def _ask_for_mail(mails: list[Delivery]) -> None:
    quiet = QuietHours.parse(getattr(settings, "MOTCUA_QUIET_HOURS", "21:00-07:00"))
    at = now()
    jobs = [
        (
            {"delivery": mail.pk},
            may_go_at(at, quiet, urgent=_template(mail.notice).urgent),
            f"mail:{mail.pk}",
        )
        for mail in mails
    ]
    if jobs:
        enqueue_many(MAIL_QUEUE, jobs)


def _template(notice: Notice) -> Template:
    return templates()[notice.template]


def send_mail(delivery_id: int) -> None:
    """Send one mail, at most once unless the mail server remembers message ids.

    The delivery is marked as being sent before the server is called. Found in that
    state by a second run, it may have gone out: it is failed for a person to decide,
    who may revive the dead letter.
    """
    connection = get_connection()
    if not _claim(delivery_id, bool(getattr(connection, "remembers_message_ids", False))):
        return
    delivery = Delivery.objects.select_related("notice").get(pk=delivery_id)
    mail = _compose(delivery)
    mail.connection = connection
    try:
        mail.send()
    except (smtplib.SMTPRecipientsRefused, UnicodeError) as error:
        _note(delivery_id, State.FAILED, error)
        return
    except (smtplib.SMTPException, OSError) as error:
        last = delivery.attempts >= MAX_ATTEMPTS
        _note(delivery_id, State.FAILED if last else State.QUEUED, error)
        if last:
            raise GiveUpError(f"{type(error).__name__} after {MAX_ATTEMPTS} tries") from error
        raise
    Delivery.objects.filter(pk=delivery_id).update(
        state=State.SENT,
        sent_at=now(),
        last_error="",
        provider_id=mail.extra_headers["Message-ID"],
    )


def _claim(delivery_id: int, remembered: bool) -> bool:
    waiting = [State.QUEUED, State.FAILED, *([State.SENDING] if remembered else [])]
    mine = Delivery.objects.filter(pk=delivery_id, state__in=waiting)
    if mine.update(state=State.SENDING, attempts=F("attempts") + 1):
        return True
    unsure = Delivery.objects.filter(pk=delivery_id, state=State.SENDING)
    if unsure.update(state=State.FAILED, last_error="stopped while sending; may have gone out"):
        raise GiveUpError("the worker stopped while it sent this mail")
    return False


def _note(delivery_id: int, state: str, error: Exception) -> None:
    text = redact(f"{type(error).__name__}: {error}")[:300]
    Delivery.objects.filter(pk=delivery_id).update(state=state, last_error=text)


def _compose(delivery: Delivery) -> EmailMessage:
    notice = delivery.notice
    base: str = settings.PUBLIC_URL.rstrip("/")
    host = urlsplit(str(base)).hostname or "localhost"
    headers = {
        "Message-ID": f"<{notice.uid}.{delivery.pk}@{host}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": notice.language,
    }
    lines = [notice.body, ""]
    with override(notice.language):
        if notice.link:
            lines += [_("Xem trên Một Cửa: %(url)s") % {"url": base + notice.link}, ""]
        lines += ["-- ", _("Thư này được gửi tự động, vui lòng không trả lời.")]
        template = templates().get(notice.template)
        if template is not None and template.optional:
            stop = base + reverse("notices:opt_out", args=[opt_out_token(notice)])
            headers["List-Unsubscribe"] = f"<{stop}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
            lines.append(_("Không muốn nhận loại thư này nữa: %(url)s") % {"url": stop})
    return EmailMessage(
        notice.subject, "\n".join(lines), to=[str(delivery.address)], headers=headers
    )
