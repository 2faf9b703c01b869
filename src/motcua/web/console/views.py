"""The one inbox, what is done to several rows at once, and the search."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from motcua.casework.access.public import Actor, audience
from motcua.web.console.bulk import Chosen, assign_chosen, choices_of, outcome_words, take_chosen
from motcua.web.console.inbox import Query, inbox_screen
from motcua.web.console.searching import search_screen


def actor_of_request(request: HttpRequest) -> Actor:
    """Who asks."""
    return cast(Any, request).actor


@require_safe
@audience("official")
def home(request: HttpRequest) -> HttpResponse:
    """The inbox over all kinds, earliest due first."""
    screen = inbox_screen(actor_of_request(request), Query.read(request.GET))
    return render(request, "console/home.html", {"screen": screen})


@require_POST
@audience("official")
def bulk(request: HttpRequest) -> HttpResponse:
    """Take the chosen cases, or ask to whom to give them and give them."""
    actor, chosen = actor_of_request(request), Chosen.read(request.POST)
    if not chosen.uids:
        messages.warning(request, outcome_words(None))
        return redirect(_back(request))
    if chosen.verb == "take":
        messages.info(request, outcome_words(take_chosen(actor, chosen)))
        return redirect(_back(request))
    if chosen.account_id is None:
        context = {"choice": choices_of(actor, chosen), "back": _back(request)}
        return render(request, "console/assign.html", context)
    messages.info(request, outcome_words(assign_chosen(actor, chosen)))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("back", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, None) else "console:home"


@require_safe
@audience("official")
def search(request: HttpRequest) -> HttpResponse:
    """Cases by code, applicant, procedure; a whole code opens its case at once."""
    screen = search_screen(actor_of_request(request), request.GET.get("q", ""))
    if screen.straight_to:
        return redirect(screen.straight_to)
    return render(request, "console/search.html", {"screen": screen, "query": screen.text})
