"""Finding a procedure, and the state of a dossier by its code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from motcua.casework.access.public import audience
from motcua.foundation.errors import NotFound
from motcua.subsystems.applications.public import public_state
from motcua.web.portal.finding import search_page
from motcua.web.portal.looking import count_miss, refuse_guessing
from motcua.web.portal.views.home import actor_of_request


@require_safe
@audience("public")
def search(request: HttpRequest) -> HttpResponse:
    """Procedures by words (accents and typing errors forgiven), life event or field."""
    found = search_page(actor_of_request(request), request.GET)
    return render(request, "portal/search.html", {"found": found})


@require_safe
@audience("public")
def lookup(request: HttpRequest) -> HttpResponse:
    """Ask for the code on the receipt."""
    if code := request.GET.get("code", "").strip():
        return redirect("portal:state", code=code[:60].replace("/", "-"))
    return render(request, "portal/lookup.html", {"asked": "code" in request.GET})


@require_safe
@audience("public")
def state(request: HttpRequest, code: str) -> HttpResponse:
    """The state alone: nothing about persons. An unknown code gets the next step."""
    refuse_guessing(request)
    try:
        found = public_state(code)
    except NotFound:
        count_miss(request)
        context = {"typed": code, "unknown": True}
        return render(request, "portal/lookup.html", context, status=404)
    return render(request, "portal/lookup.html", {"typed": found.code, "found": found})
