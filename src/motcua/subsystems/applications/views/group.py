"""A group of dossiers filed as one, as its applicant sees it: one page, a line each."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.casework.access.public import audience
from motcua.subsystems.applications.groups_shown import group_page
from motcua.subsystems.applications.shown import TONES, result_links, words
from motcua.subsystems.applications.views.applying import actor_of_request
from motcua.subsystems.applications.views.own import lookup_address, picture


@never_cache
@require_safe
@audience("citizen")
def group(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The whole: each member with its state, its date and its result."""
    page = group_page(actor_of_request(request), uid)
    code = page.case.code or ""
    context = {
        "page": page,
        "tone": TONES[page.state.tone][0],
        "case": page.case,
        "lines": [(line, *result_links(line.result)) if line.result else (line, "", "")
                  for line in page.lines],
        "answers": [(words(row.label), words(row.text)) for row in page.answers if row.text.vi],
        "qr": picture(lookup_address(code)),
        "filed": "da-nop" in request.GET,
    }  # fmt: skip
    return render(request, "applications/citizen/group.html", context)
