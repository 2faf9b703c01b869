"""A dossier as officials see it: papers left, answers and actions right."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.casework.access.public import Actor, audience
from motcua.casework.cases.public import access_case, claim, look_at, release
from motcua.foundation.errors import DomainError, NotFound
from motcua.foundation.timesource import local
from motcua.subsystems.applications.console_views.casefile import casefile
from motcua.subsystems.applications.console_views.diagrams import bpmn_of, diagram_of
from motcua.subsystems.applications.console_views.sent import Sent
from motcua.subsystems.applications.console_views.viewing import viewer_of
from motcua.subsystems.applications.public import dossier_page
from motcua.subsystems.applications.services.grouping import GROUP_KIND


def actor_of_request(request: HttpRequest) -> Actor:
    """Who asks."""
    return cast(Any, request).actor


@require_safe
@audience("official")
def case(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The whole dossier on one screen; a group of dossiers has a page of its own."""
    try:
        return case_response(request, uid)
    except NotFound:
        access_case(actor_of_request(request), uid, kind=GROUP_KIND)
        return redirect("applications_console:group", uid=uid)


def case_response(
    request: HttpRequest, uid: UUID, sent: Sent | None = None, problem: DomainError | None = None
) -> HttpResponse:
    """The page, plain or with what was typed and why it was refused."""
    actor = actor_of_request(request)
    page = dossier_page(actor, uid)
    context = {"file": casefile(actor, page, request.GET, sent, problem)}
    status = problem.status if problem else 200
    return render(request, "applications/console/case.html", context, status=status)


@require_safe
@audience("official")
def papers(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The viewer alone, so that turning a page leaves what is typed beside it."""
    page = dossier_page(actor_of_request(request), uid)
    context = {"viewer": viewer_of(page, request.GET), "case": page.case}
    return render(request, "applications/console/viewer.html", context)


@require_POST
@audience("official")
def ping(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say "I am looking" and hear who else is; a fragment for the page."""
    actor = actor_of_request(request)
    others = look_at(actor=actor, case=access_case(actor, uid, kind="application"))
    return render(request, "applications/console/lookers.html", {"lookers": others})


@require_POST
@audience("official")
def hold(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hold the dossier exclusively for a while."""
    actor = actor_of_request(request)
    held = claim(actor=actor, case=access_case(actor, uid, kind="application"))
    until = f"{local(held.claimed_until):%H:%M}" if held.claimed_until else ""
    messages.success(request, _("Bạn giữ hồ sơ này đến %(until)s.") % {"until": until})
    return redirect("applications_console:case", uid=uid)


@require_POST
@audience("official")
def let_go(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the dossier free again."""
    actor = actor_of_request(request)
    release(actor=actor, case=access_case(actor, uid, kind="application"))
    messages.success(request, _("Đã thôi giữ hồ sơ; người khác có thể xử lý."))
    return redirect("applications_console:case", uid=uid)


@require_safe
@audience("official")
def diagram(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The process on a page of its own, with "you are here"."""
    page = dossier_page(actor_of_request(request), uid)
    context = {"page": page, "case": page.case, "drawing": diagram_of(page)}
    return render(request, "applications/console/diagram.html", context)


@require_safe
@audience("official")
def process_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The dossier's own version of the process as BPMN 2.0."""
    page = dossier_page(actor_of_request(request), uid)
    return HttpResponse(bpmn_of(page), content_type="application/xml")
