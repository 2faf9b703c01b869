"""Counters, devices and the plan of appointments, for the head of the centre."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.casework.access.public import audience
from motcua.foundation.errors import InvalidInput
from motcua.subsystems.reception.asking import (
    actor_of_request,
    day_of,
    is_english,
    number_of,
    said,
)
from motcua.subsystems.reception.manifest import MANAGE
from motcua.subsystems.reception.models import Device
from motcua.subsystems.reception.rules import PlanFacts
from motcua.subsystems.reception.selectors import centre_of, field_names, setup_of
from motcua.subsystems.reception.services import (
    end_device,
    make_device,
    set_counter,
    set_slot_plan,
)

FIGURES = ("minutes", "counters", "per_counter", "days_ahead", "minutes_before")


@require_http_methods(["GET", "POST"])
@audience("official")
def setup(request: HttpRequest) -> HttpResponse:
    """Show it all; each small form changes one thing."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        work = _WORKS.get(request.POST.get("what", ""))
        try:
            if work is not None:
                work(request)
                messages.success(request, _("Đã lưu."))
            return redirect("reception_console:setup")
        except InvalidInput as problem:
            errors = said(dict(problem.fields))
    return render(
        request, "reception/console/setup.html", _context(request, errors),
        status=422 if errors else 200,
    )  # fmt: skip


def _context(request: HttpRequest, errors: dict[str, str]) -> dict[str, object]:
    found = setup_of(actor_of_request(request))
    names = field_names(is_english())
    base = settings.PUBLIC_URL.rstrip("/")
    return {
        "setup": found,
        "errors": errors,
        "typed": request.POST,
        "fields": list(names.items()),
        "kinds": [(value, _(str(label))) for value, label in Device.Kind.choices],
        "counters": [
            {"row": c, "fields": [names.get(code, code) for code in c.fields]}
            for c in found.counters
        ],
        "choices": [(c.pk, f"{c.number} {c.name}".strip()) for c in found.counters],
        "devices": [{"row": d, "url": base + _address(d)} for d in found.devices],
    }


def _address(device: Device) -> str:
    if device.kind == Device.Kind.CALENDAR:
        return reverse("reception:feed", args=[device.key])
    return reverse("reception:device", args=[device.key])


def _counter(request: HttpRequest) -> None:
    actor, posted = actor_of_request(request), request.POST
    known = field_names()
    set_counter(
        actor=actor,
        agency_id=centre_of(actor, MANAGE).pk,
        number=number_of(posted.get("number")),
        name=posted.get("name", ""),
        fields=[code for code in posted.getlist("fields") if code in known],
        active="inactive" not in posted,
    )


def _device(request: HttpRequest) -> None:
    actor, posted = actor_of_request(request), request.POST
    counter = number_of(posted.get("counter"))
    make_device(
        actor=actor,
        agency_id=centre_of(actor, MANAGE).pk,
        kind=posted.get("kind", ""),
        counter_id=counter if counter > 0 else None,
        name=posted.get("device_name", ""),
    )


def _end(request: HttpRequest) -> None:
    device = number_of(request.POST.get("device"))
    end_device(actor=actor_of_request(request), device_id=device)


def _plan(request: HttpRequest) -> None:
    actor, posted = actor_of_request(request), request.POST
    facts = PlanFacts(*(number_of(posted.get(name)) for name in FIGURES))
    set_slot_plan(
        actor=actor,
        agency_id=centre_of(actor, MANAGE).pk,
        facts=facts,
        valid_from=day_of(posted.get("valid_from", "")),
        basis=posted.get("basis", ""),
    )


_WORKS: dict[str, Callable[[HttpRequest], None]] = {
    "counter": _counter,
    "device": _device,
    "end": _end,
    "plan": _plan,
}
