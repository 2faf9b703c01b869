"""Citizens book, see, move and cancel an appointment; centres read their calendar."""

from __future__ import annotations

import datetime as dt
import hmac
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.casework.access.public import audience
from motcua.foundation.errors import DomainError, InvalidInput, NotFound
from motcua.foundation.timesource import today
from motcua.subsystems.procedures.public import procedures
from motcua.subsystems.reception.asking import (
    actor_of_request,
    day_of,
    is_english,
    said,
)
from motcua.subsystems.reception.mailing import address_of, event_of, ics_of, token_of
from motcua.subsystems.reception.models import Appointment, Device
from motcua.subsystems.reception.rules import calendar_text
from motcua.subsystems.reception.selectors import (
    appointment_by_uid,
    bookable_days,
    centres_with_appointments,
    device_by_key,
    feed_of,
    slots_on,
)
from motcua.subsystems.reception.services import (
    Booking,
    book,
    cancel_appointment,
    move_appointment,
)


@require_http_methods(["GET", "POST"])
@audience("public")
def booking(request: HttpRequest) -> HttpResponse:
    """Centre, day, slot, who: each choice by a link, the last step by a form."""
    errors: dict[str, str] = {}
    problem: DomainError | None = None
    if request.method == "POST":
        try:
            made = book(actor=actor_of_request(request), booking=_typed(request))
            return redirect(address_of(made))
        except InvalidInput as error:
            errors = said(dict(error.fields))
        except DomainError as error:
            problem = error
    context = {**_choice(request), "errors": errors, "problem": problem}
    status = 422 if errors else problem.status if problem else 200
    return render(request, "reception/portal/book.html", context, status=status)


def _choice(request: HttpRequest) -> dict[str, Any]:
    centres = centres_with_appointments()
    centre = next((c for c in centres if c.code == request.GET.get("noi", "")), None)
    if centre is None and len(centres) == 1:
        centre = centres[0]
    chosen = request.GET.get("ngay", "")
    day = day_of(chosen) if chosen and centre else None
    slots = slots_on(centre.pk, day) if centre and day else []
    at = _moment(request.GET.get("gio", ""))
    slot = next((s for s in slots if s.starts_at == at and s.left), None)
    english = is_english()
    return {
        "centres": [(c.code, c.name_en if english else c.name) for c in centres],
        "centre": centre,
        "days": bookable_days(centre.pk) if centre and not day else [],
        "day": day,
        "slots": slots if not slot else [],
        "slot": slot,
        "procedures": _procedures(english) if slot else [],
        "typed": request.POST,
        "own": actor_of_request(request) if slot else None,
    }


def _procedures(english: bool) -> list[tuple[str, str]]:
    rows = procedures(today())
    return [(v.procedure.code, v.name_en if english else v.name) for v in rows]


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _typed(request: HttpRequest) -> Booking:
    posted = request.POST
    centre = next(
        (c for c in centres_with_appointments() if c.code == request.GET.get("noi")), None
    )
    at = _moment(request.GET.get("gio", ""))
    if centre is None or at is None:
        raise NotFound
    code = posted.get("procedure", "")
    version = next((v for v in procedures(today()) if v.procedure.code == code), None)
    return Booking(
        agency_id=centre.pk,
        starts_at=at,
        name=posted.get("name", ""),
        phone=posted.get("phone", ""),
        email=posted.get("email", ""),
        identity=posted.get("identity", ""),
        procedure_code=code if version else "",
        field=version.procedure.field.code if version else "",
        language=get_language() or "vi",
    )


def _own(uid: UUID, token: str) -> Appointment:
    if not hmac.compare_digest(token, token_of(uid)):
        raise NotFound
    return appointment_by_uid(uid)


@require_safe
@audience("public")
def appointment(request: HttpRequest, uid: UUID, token: str) -> HttpResponse:
    """The page its holder keeps; with a day chosen, the slots to move it to."""
    found = _own(uid, token)
    return _page(request, found, token)


def _page(
    request: HttpRequest, found: Appointment, token: str, problem: DomainError | None = None
) -> HttpResponse:
    moving = "doi" in request.GET
    chosen = request.GET.get("ngay", "")
    context = {
        "appointment": found,
        "token": token,
        "problem": problem,
        "moving": moving,
        "days": bookable_days(found.agency_id) if moving and not chosen else [],
        "day": day_of(chosen) if chosen else None,
        "slots": slots_on(found.agency_id, day_of(chosen)) if moving and chosen else [],
    }
    status = problem.status if problem else 200
    page = render(request, "reception/portal/appointment.html", context, status=status)
    page["Referrer-Policy"] = "same-origin"
    page["Cache-Control"] = "private, no-store"
    return page


@require_POST
@audience("public")
def change(request: HttpRequest, uid: UUID, token: str) -> HttpResponse:
    """Move to the posted slot, or cancel."""
    found = _own(uid, token)
    at = _moment(request.POST.get("gio", ""))
    try:
        if at is not None:
            move_appointment(uid=uid, starts_at=at, actor=actor_of_request(request))
        else:
            cancel_appointment(uid=uid, actor=actor_of_request(request))
    except DomainError as problem:
        return _page(request, found, token, problem)
    return redirect("reception:appointment", uid=uid, token=token)


@require_safe
@audience("public")
def calendar_file(request: HttpRequest, uid: UUID, token: str) -> HttpResponse:
    """The appointment for the holder's own calendar."""
    return _calendar(ics_of(_own(uid, token)), "lich-hen.ics")


@require_safe
@audience("public")
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """A centre's appointments for the calendars of its clerks."""
    device = device_by_key(key, Device.Kind.CALENDAR)
    events = [event_of(a, named=True) for a in feed_of(device.agency_id)]
    return _calendar(calendar_text(events, name=device.agency.name), "lich-hen.ics")


def _calendar(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


__all__ = ["appointment", "booking", "calendar_file", "change", "feed"]
