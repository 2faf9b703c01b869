"""Kiosk, calling screen and tablet: each let in by its own secret address."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.casework.access.public import ANONYMOUS, audience
from motcua.casework.people.public import read_card
from motcua.foundation.errors import Bilingual, DomainError, InvalidInput
from motcua.foundation.timesource import today
from motcua.subsystems.procedures.public import procedures
from motcua.subsystems.reception.asking import is_english, said
from motcua.subsystems.reception.groups import groups_on
from motcua.subsystems.reception.models import Device, Ticket
from motcua.subsystems.reception.rules import LEVELS, REASONS
from motcua.subsystems.reception.selectors import (
    appointment_of_card,
    device_by_key,
    field_codes,
    field_names,
    screen_of,
    ticket_by_uid,
    to_rate,
    wait_of,
)
from motcua.subsystems.reception.services import rate_service, take_ticket
from motcua.subsystems.reception.services.rating import RATE_WITHIN

KIOSK, SCREEN, TABLET = Device.Kind.KIOSK, Device.Kind.SCREEN, Device.Kind.TABLET


@require_http_methods(["GET", "POST"])
@audience("public")
def device(request: HttpRequest, key: str) -> HttpResponse:
    """The page of a device; a kiosk also draws numbers here."""
    found = device_by_key(key, KIOSK, SCREEN, TABLET)
    if found.kind == KIOSK:
        return _kiosk(request, found)
    if found.kind == SCREEN:
        return _private(render(request, "reception/device/screen.html", _called(found)))
    return _private(render(request, "reception/device/tablet.html", _asked(found)))


def _kiosk(request: HttpRequest, found: Device) -> HttpResponse:
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            ticket = _draw(request, found)
            return redirect("reception:slip", key=found.key, uid=ticket.uid)
        except InvalidInput as problem:
            errors = said(dict(problem.fields))
    language = get_language() or "vi"
    chosen = request.GET.get("linh-vuc", "")
    names = field_names(is_english())
    context = {
        "device": found,
        "errors": errors,
        "fields": list(names.items()),
        "chosen": chosen if chosen in names else "",
        "chosen_name": names.get(chosen, ""),
        "procedures": _procedures_of(chosen) if chosen in names else [],
        "groups": [(g.code, g.name.in_language(language)) for g in groups_on(today())],
    }
    page = render(request, "reception/device/kiosk.html", context, status=422 if errors else 200)
    return _private(page)


def _procedures_of(field: str) -> list[tuple[str, str]]:
    english = is_english()
    found = procedures(today(), field=field)
    return [(v.procedure.code, v.name_en if english else v.name) for v in found]


def _draw(request: HttpRequest, found: Device) -> Ticket:
    posted = request.POST
    text = posted.get("card", "")
    card = read_card(text)
    appointment = appointment_of_card(found.agency_id, card.number) if card else None
    fields = field_codes()
    field = posted.get("field", "") or (appointment.field if appointment else "")
    if not field:
        raise InvalidInput({"field": _no_appointment(known=card is not None)})
    if appointment is not None and field not in fields:
        field = fields[0]
    return take_ticket(
        actor=ANONYMOUS,
        agency_id=found.agency_id,
        field=field,
        fields=fields,
        procedure_code=posted.get("procedure", "")[:40]
        or (appointment.procedure_code if appointment else ""),
        group=posted.get("group", ""),
        card=text[:600] if card else "",
        appointment_uid=appointment.uid if appointment else None,
    )


def _no_appointment(*, known: bool) -> Bilingual:
    """Why a card alone gives no number, and what to do instead."""
    if known:
        return Bilingual(
            "Hôm nay chưa thấy lịch hẹn nào của thẻ này. Chọn lĩnh vực ở trên để lấy số.",
            "There is no appointment of this card today. Choose a field above to take a number.",
        )
    return Bilingual(
        "Chưa đọc được thẻ: quét lại hoặc gõ đủ 12 số. Không có hẹn thì chọn lĩnh vực ở trên.",
        "The card was not read: scan again or type all 12 digits. Without an appointment, choose"
        " a field above.",
    )


@require_safe
@audience("public")
def slip(request: HttpRequest, key: str, uid: UUID) -> HttpResponse:
    """The small slip with the number and the estimated wait."""
    found = device_by_key(key, KIOSK)
    ticket = ticket_by_uid(uid, found.agency_id)
    names = field_names(is_english())
    context = {"device": found, "ticket": ticket, "field": names.get(ticket.field, ""),
               "wait": wait_of(ticket)}  # fmt: skip
    return _private(render(request, "reception/device/slip.html", context))


@require_safe
@audience("public")
def now_called(request: HttpRequest, key: str) -> HttpResponse:
    """The live part of a screen or tablet; 204 when what it shows is still true."""
    found = device_by_key(key, SCREEN, TABLET)
    context = _called(found) if found.kind == SCREEN else _asked(found)
    if request.GET.get("v") == context["version"]:
        return _private(HttpResponse(status=204))
    part = "screen_live" if found.kind == SCREEN else "tablet_live"
    return _private(render(request, f"reception/device/{part}.html", context))


def _called(found: Device) -> dict[str, object]:
    screen = screen_of(found.agency_id)
    return {"device": found, "screen": screen, "version": screen.version}


def _asked(found: Device) -> dict[str, object]:
    language = get_language() or "vi"
    ticket = to_rate(found, RATE_WITHIN)
    levels = [(n, LEVELS[n].in_language(language)) for n in sorted(LEVELS, reverse=True)]
    return {
        "device": found,
        "ticket": ticket,
        "levels": levels,
        "reasons": [(code, text.in_language(language)) for code, text in REASONS.items()],
        "version": str(ticket.uid) if ticket else "none",
    }


@require_POST
@audience("public")
def rate(request: HttpRequest, key: str, uid: UUID) -> HttpResponse:
    """Keep the rating and say thank you."""
    found = device_by_key(key, TABLET)
    score = request.POST.get("score", "")
    problem: DomainError | None = None
    try:
        rate_service(
            device=found,
            uid=uid,
            score=int(score) if score.isdecimal() else 0,
            reasons=request.POST.getlist("reasons"),
        )
    except DomainError as error:
        problem = error
    context = {**_asked(found), "thanks": problem is None, "problem": problem}
    status = problem.status if problem else 200
    page = render(request, "reception/device/tablet.html", context, status=status)
    return _private(page)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    # Not "no-referrer": the browser would send no origin with a form, and CSRF would refuse it.
    response["Referrer-Policy"] = "same-origin"
    return response
