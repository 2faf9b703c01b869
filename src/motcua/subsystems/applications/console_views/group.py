"""A group of dossiers filed as one, as officials see it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.casework.access.public import allowed, audience
from motcua.subsystems.applications.console_views.case_page import actor_of_request
from motcua.subsystems.applications.groups_shown import group_page
from motcua.subsystems.applications.services import open_again
from motcua.subsystems.applications.shown import TONES, words


@require_safe
@audience("official")
def group(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The members with their agencies, states and dates; what was told once for all."""
    actor = actor_of_request(request)
    page = group_page(actor, uid)
    context = {
        "page": page,
        "tone": TONES[page.state.tone][0],
        "case": page.case,
        "answers": [(words(row.label), words(row.text)) for row in page.answers if row.text.vi],
        "may_open": allowed(
            actor,
            "applications.receive_at_counter",
            agency_id=page.case.receiving_agency_id,
        ),
    }
    return render(request, "applications/console/group.html", context)


@require_POST
@audience("official")
def open_member(request: HttpRequest, uid: UUID, member: str) -> HttpResponse:
    """Try once more to open a member that could not be opened."""
    open_again(actor=actor_of_request(request), uid=uid, member=member)
    messages.success(request, _("Đã thử mở lại."))
    return redirect("applications_console:group", uid=uid)
