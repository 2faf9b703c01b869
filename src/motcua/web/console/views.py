"""The one inbox, what is done to several rows at once, and the search."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from motcua.casework.access.public import Actor, audience
from motcua.foundation.errors import DomainError, InvalidInput
from motcua.web.console.bulk import Chosen, assign_chosen, choices_of, outcome_words, take_chosen
from motcua.web.console.inbox import Query, inbox_screen
from motcua.web.console.saved import act_on_view
from motcua.web.console.searching import search_screen


def actor_of_request(request: HttpRequest) -> Actor:
    """Who asks."""
    return cast(Any, request).actor


@require_safe
@audience("official")
def home(request: HttpRequest) -> HttpResponse:
    """The inbox over all kinds, earliest due first."""
    fresh = "fresh" in request.GET
    screen = inbox_screen(actor_of_request(request), Query.read(request.GET), fresh=fresh)
    return render(request, "console/home.html", {"screen": screen})


@require_POST
@audience("official")
def view(request: HttpRequest) -> HttpResponse:
    """Save the selection as a view of one's own, or change, move or delete one."""
    asked = request.POST.get("asked", "")
    query = Query.read(QueryDict(asked))
    try:
        uid, words = act_on_view(actor_of_request(request), request.POST)
        messages.success(request, words)
    except DomainError as problem:
        language = get_language() or "vi"
        fields = problem.fields.values() if isinstance(problem, InvalidInput) else ()
        told = [text.in_language(language) for text in (*fields, problem.text())]
        messages.error(request, told[0])
        uid = request.POST.get("uid", "")
    return redirect(query.url(saved=uid, fresh="1"))


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
