"""The books of a centre: hand-over sheets, closing the year, entering a paper register."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.casework.access.public import Actor, allowed, audience
from motcua.foundation.errors import DomainError, NotAllowed
from motcua.foundation.timesource import today
from motcua.subsystems.applications.console_views.case_page import actor_of_request
from motcua.subsystems.applications.console_views.counter_draft import procedures_at_counter
from motcua.subsystems.applications.models import HandOver
from motcua.subsystems.applications.paper_file import template_text
from motcua.subsystems.applications.selectors import hand_overs_of, handed_over_next
from motcua.subsystems.applications.services import (
    check_outage_file,
    close_year,
    import_outage_file,
    make_hand_over,
)
from motcua.subsystems.procedures.public import version_in_force

HAND_OVER, IMPORT = "applications.hand_over", "applications.import_outage"
MOST_BYTES = 2_000_000


def _centre(actor: Actor, permission: str) -> int:
    for post in actor.posts:
        if allowed(actor, permission, agency_id=post.agency_id):
            return post.agency_id
    raise NotAllowed


@require_http_methods(["GET", "POST"])
@audience("official")
def hand_over(request: HttpRequest) -> HttpResponse:
    """What waits to be handed over, by agency; a post makes one sheet."""
    actor = actor_of_request(request)
    centre = _centre(actor, HAND_OVER)
    if request.method == "POST":
        return _make_sheet(request, actor, centre)
    waiting = [
        {"direction": value, "label": _(str(label)), "agencies": _by_agency(centre, value)}
        for value, label in HandOver.Direction.choices
    ]
    sheets = [(sheet, _(str(sheet.get_direction_display()))) for sheet in hand_overs_of(centre)]
    context = {"waiting": waiting, "sheets": sheets}
    return render(request, "applications/console/hand_over.html", context)


def _by_agency(centre: int, direction: str) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for case in handed_over_next(centre, direction):
        row = found.setdefault(
            case.competent_agency_id, {"agency": case.competent_agency, "cases": []}
        )
        row["cases"].append(case)
    return list(found.values())


def _make_sheet(request: HttpRequest, actor: Actor, centre: int) -> HttpResponse:
    other, direction = request.POST.get("agency", ""), request.POST.get("direction", "")
    try:
        sheet = make_hand_over(
            actor=actor,
            agency_id=centre,
            other_id=int(other) if other.isdecimal() else 0,
            direction=direction,
        )
    except DomainError as problem:
        messages.warning(request, problem.text().in_language(get_language() or "vi"))
        return redirect("applications_console:hand_over")
    assert sheet.document is not None
    return redirect("applications_console:document", uid=sheet.document.uid)


@require_POST
@audience("official")
def close_register(request: HttpRequest) -> HttpResponse:
    """Close a year for good."""
    agency, year = request.POST.get("agency", ""), request.POST.get("year", "")
    try:
        made = close_year(
            actor=actor_of_request(request),
            agency_id=int(agency) if agency.isdecimal() else 0,
            year=int(year) if year.isdecimal() else today().year,
        )
    except NotAllowed:
        raise
    except DomainError as problem:
        messages.warning(request, problem.text().in_language(get_language() or "vi"))
        return redirect("applications_console:register")
    return redirect("applications_console:document", uid=made.uid)


@require_http_methods(["GET", "POST"])
@audience("official")
def outage(request: HttpRequest) -> HttpResponse:
    """Choose a procedure, get its template, send the file: checked first, then entered."""
    actor = actor_of_request(request)
    centre = _centre(actor, IMPORT)
    context: dict[str, Any] = {
        "procedures": [(code, name) for code, name, _field in procedures_at_counter()],
        "code": request.POST.get("code") or request.GET.get("code", ""),
    }
    if request.method == "POST":
        context |= _taken(request, actor, centre, context["code"])
    status = 422 if context.get("errors") or context.get("unreadable") else 200
    return render(request, "applications/console/outage.html", context, status=status)


def _taken(request: HttpRequest, actor: Actor, centre: int, code: str) -> dict[str, Any]:
    text = request.POST.get("text", "")
    upload = request.FILES.get("file")
    if upload is not None:
        data = upload.read(MOST_BYTES + 1)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return {"unreadable": True}
    if not text.strip() or len(text) > MOST_BYTES:
        return {"unreadable": True}
    if "enter" not in request.POST:
        rows, errors = check_outage_file(actor=actor, agency_id=centre, code=code, text=text)
        return {"rows": rows, "errors": errors, "text": text, "checked": not errors}
    done = import_outage_file(actor=actor, agency_id=centre, code=code, text=text)
    return {"done": done, "errors": list(done.errors), "text": text}


@require_safe
@audience("official")
def outage_template(request: HttpRequest) -> HttpResponse:
    """The empty CSV file of a procedure."""
    _centre(actor_of_request(request), IMPORT)
    document = version_in_force(request.GET.get("code", ""), today()).document
    text = template_text(document["form"])
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="so-giay.csv"'
    return response
