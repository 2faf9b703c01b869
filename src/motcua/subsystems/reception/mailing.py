"""The mail of an appointment with its calendar file."""

from __future__ import annotations

import datetime as dt
import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.foundation.crypto import keyed_hash
from motcua.foundation.timesource import local
from motcua.subsystems.reception.models import Appointment
from motcua.subsystems.reception.rules import Event, calendar_text

ALARM_MINUTES = 60


def token_of(uid: object) -> str:
    """The secret half of an appointment's address."""
    return keyed_hash(str(uid), purpose="reception-appointment")[:32]


def address_of(appointment: Appointment) -> str:
    """Where its holder sees, moves and cancels it: a path on this site."""
    place = [str(appointment.uid), token_of(appointment.uid)]
    return reverse("reception:appointment", args=place)


def when_text(moment: dt.datetime) -> str:
    """``08:30 ngày 18/11/2026`` in the reader's language."""
    at = local(moment)
    return _("%(time)s ngày %(day)s") % {"time": f"{at:%H:%M}", "day": f"{at:%d/%m/%Y}"}


def event_of(appointment: Appointment, *, named: bool = False) -> Event:
    """The appointment as a calendar event; ``named`` adds who comes, for the centre's feed."""
    base = settings.PUBLIC_URL.rstrip("/")
    host = urlsplit(base).hostname or "localhost"
    agency = appointment.agency
    summary = _("Lịch hẹn tại %(agency)s") % {"agency": agency.name}
    if named:
        summary = appointment.name or _("Lịch hẹn")
    return Event(
        uid=f"{appointment.uid}@{host}",
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        stamped_at=appointment.changed_at,
        summary=summary,
        location=agency.address or agency.name,
        url="" if named else base + address_of(appointment),
        sequence=appointment.sequence,
        cancelled=appointment.state == Appointment.State.CANCELLED,
        alarm_minutes=0 if named else ALARM_MINUTES,
    )


def ics_of(appointment: Appointment) -> str:
    """Its iCalendar file; a cancelled one takes the entry out of the calendar again."""
    cancelled = appointment.state == Appointment.State.CANCELLED
    method = "CANCEL" if cancelled else "PUBLISH"
    return calendar_text([event_of(appointment)], method=method)


def mail_appointment(appointment_id: int) -> None:
    """Send the newest state of an appointment to its holder, each state once.

    The state is claimed before the mail server is called, so that a second run sends nothing;
    a server's refusal gives the claim back for the next try.
    """
    appointment = Appointment.objects.select_related("agency").get(pk=appointment_id)
    stage = appointment.sequence + 1
    if not appointment.email:
        return
    unsent = Appointment.objects.filter(pk=appointment_id, mailed__lt=stage)
    if not unsent.update(mailed=stage):
        return
    with override(appointment.language):
        mail = _compose(appointment)
    mail.connection = get_connection()
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused:
        return
    except (smtplib.SMTPException, OSError):
        Appointment.objects.filter(pk=appointment_id).update(mailed=stage - 1)
        raise


def _compose(appointment: Appointment) -> EmailMessage:
    base = settings.PUBLIC_URL.rstrip("/")
    cancelled = appointment.state == Appointment.State.CANCELLED
    subject = _("Lịch hẹn đã hủy") if cancelled else _("Xác nhận lịch hẹn")
    facts = {"when": when_text(appointment.starts_at), "agency": appointment.agency.name}
    said = (
        _("Lịch hẹn lúc %(when)s tại %(agency)s đã được hủy.")
        if cancelled
        else _("Bạn có lịch hẹn lúc %(when)s tại %(agency)s. Khi đến, lấy số ở máy lấy số.")
    )
    lines = [
        said % facts,
        "",
        _("Xem, dời hoặc hủy lịch hẹn: %(url)s") % {"url": base + address_of(appointment)},
        "",
        "-- ",
        _("Thư này được gửi tự động, vui lòng không trả lời."),
    ]
    host = urlsplit(base).hostname or "localhost"
    headers = {
        "Message-ID": f"<{appointment.uid}.{appointment.sequence}@{host}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": appointment.language,
    }
    mail = EmailMessage(subject, "\n".join(lines), to=[appointment.email], headers=headers)
    mail.attach("lich-hen.ics", ics_of(appointment), "text/calendar")
    return mail
