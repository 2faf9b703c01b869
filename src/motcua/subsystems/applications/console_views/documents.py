"""Documents to look at and print: results, slips, the control slip, the yearly register."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.casework.access.public import Actor, allowed, audience, require
from motcua.casework.agencies.public import Agency, agencies_as_of
from motcua.casework.attachments.public import page_picture
from motcua.casework.exports.public import all_lists
from motcua.casework.issuing.public import (
    access_document,
    bytes_to_show,
)
from motcua.foundation.timesource import today
from motcua.subsystems.applications.console_views.case_page import actor_of_request
from motcua.subsystems.applications.public import (
    dossier_page,
    print_control_slip,
    print_register,
)
from motcua.subsystems.applications.selectors import year_registers_of
from motcua.subsystems.applications.services import make_slip

# The built-in PDF viewers need their own styles; nothing in the file runs.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
PRINT = "applications.print_slip"


@require_safe
@audience("official")
def document(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The file of a document; a draft is laid out with DỰ THẢO across it."""
    actor = actor_of_request(request)
    found = access_document(actor, uid)
    response = HttpResponse(bytes_to_show(actor, found), content_type="application/pdf")
    kind = "attachment" if request.GET.get("tai") == "1" else "inline"
    response["Content-Disposition"] = f'{kind}; filename="{found.code}.pdf"'
    response["Content-Security-Policy"] = POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@audience("official")
def document_page(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """One page of a document as a picture; never kept, since documents lie encrypted."""
    actor = actor_of_request(request)
    data = bytes_to_show(actor, access_document(actor, uid))
    response = HttpResponse(page_picture(data, number), content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=60"
    return response


@require_POST
@audience("official")
def print_slip(request: HttpRequest, uid: UUID, form: str) -> HttpResponse:
    """Open the newest slip of a form; 06 is made anew, the others as they were ordered."""
    actor = actor_of_request(request)
    if form == "06":
        make_slip(print_control_slip(actor=actor, uid=uid))
    slips = [slip for slip in dossier_page(actor, uid).slips if slip.form == form]
    if slips and slips[-1].document is None:
        make_slip(slips[-1].pk)
        slips = [slip for slip in dossier_page(actor, uid).slips if slip.form == form]
    if not slips or slips[-1].document is None:
        messages.warning(request, _("Hồ sơ chưa có phiếu này."))
        return redirect("applications_console:case", uid=uid)
    return redirect("applications_console:document", uid=slips[-1].document.uid)


@require_http_methods(["GET", "POST"])
@audience("official")
def register(request: HttpRequest) -> HttpResponse:
    """Form 07: choose centre and year, get the numbered register."""
    actor = actor_of_request(request)
    require(actor, PRINT)
    year, agency = request.POST.get("year", ""), request.POST.get("agency", "")
    errors: dict[str, str] = {}
    if request.method == "POST":
        if year.isdecimal() and 2000 <= int(year) <= today().year and agency.isdecimal():
            made = print_register(actor=actor, agency_id=int(agency), year=int(year))
            return redirect("applications_console:document", uid=made.uid)
        errors["year"] = _("Nhập một năm đến nay, ví dụ %(year)s.") % {"year": today().year}
    context = {
        "agencies": centres(actor, PRINT),
        "closable": centres(actor, "applications.close_register"),
        "registers": year_registers_of(actor.agency_ids),
        "year": year or today().year,
        "last_year": today().year - 1,
        "errors": errors,
        "lists": lists_of(actor),
    }
    return render(
        request, "applications/console/register.html", context, status=422 if errors else 200
    )


def centres(actor: Actor, permission: str) -> list[tuple[str, str]]:
    """The centres for whose register the actor has a permission."""
    rows = agencies_as_of(today()).filter(pk__in=actor.agency_ids)
    return [(str(a.pk), _name(a)) for a in rows if allowed(actor, permission, agency_id=a.pk)]


REGISTERS = ("applications.register", "payments.receipts")


def lists_of(actor: Actor) -> list[tuple[str, str]]:
    """The registers of a centre that the actor may take out as files."""
    language = get_language() or "vi"
    return [
        (source.code, source.name.in_language(language))
        for source in all_lists()
        if source.code in REGISTERS and source.open_to(actor)
    ]


def _name(agency: Agency) -> str:
    return agency.name
