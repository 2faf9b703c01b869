"""The day's appointments, for clerks."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.casework.access.public import audience
from motcua.foundation.errors import DomainError, NotFound
from motcua.foundation.timesource import local, today
from motcua.subsystems.procedures.public import procedure_names
from motcua.subsystems.reception.asking import actor_of_request, day_of, is_english
from motcua.subsystems.reception.selectors import (
    appointment_by_uid,
    appointments_on,
    centre_of,
    field_codes,
    field_names,
)
from motcua.subsystems.reception.services import cancel_appointment, take_ticket


@require_safe
@audience("official")
def appointments(request: HttpRequest) -> HttpResponse:
    """Who comes when on a day."""
    actor = actor_of_request(request)
    agency, day = centre_of(actor), day_of(request.GET.get("ngay", ""))
    fields, procedures = field_names(is_english()), procedure_names(today())
    language = get_language() or "vi"
    rows = [
        {
            "appointment": a,
            "what": procedures[a.procedure_code].in_language(language)
            if a.procedure_code in procedures
            else fields.get(a.field, ""),
        }
        for a in appointments_on(actor, agency, day)
    ]
    one = dt.timedelta(days=1)
    context = {"agency": agency, "day": day, "rows": rows, "is_today": day == today(),
               "before": day - one, "after": day + one}  # fmt: skip
    return render(request, "reception/console/appointments.html", context)


@require_POST
@audience("official")
def arrive(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The person is here: draw their number."""
    actor = actor_of_request(request)
    agency = centre_of(actor)
    appointment = appointment_by_uid(uid)
    fields = field_codes()
    ticket = take_ticket(
        actor=actor,
        agency_id=agency.pk,
        field=appointment.field or fields[0],
        fields=fields,
        procedure_code=appointment.procedure_code,
        appointment_uid=uid,
    )
    messages.success(request, _("Đã lấy số %(label)s.") % {"label": ticket.label})
    return redirect("reception_console:appointments")


@require_POST
@audience("official")
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Cancel for somebody who phoned."""
    actor = actor_of_request(request)
    appointment = appointment_by_uid(uid)
    if appointment.agency_id != centre_of(actor).pk:
        raise NotFound
    try:
        cancel_appointment(actor=actor, uid=uid)
    except DomainError as problem:
        messages.warning(request, problem.text().in_language(get_language() or "vi"))
    day = local(appointment.starts_at).date()
    return redirect(f"{reverse('reception_console:appointments')}?ngay={day}")
