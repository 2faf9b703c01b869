"""The front door: one question, and what waits for whoever is logged in."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.casework.access.public import Actor, audience
from motcua.foundation.timesource import today
from motcua.subsystems.applications.public import my_drafts, own_rows
from motcua.subsystems.procedures.public import life_events

EVENTS_SHOWN = 6
OWN_SHOWN = 4


def actor_of_request(request: HttpRequest) -> Actor:
    """Who asks."""
    return cast(Any, request).actor


@require_safe
@audience("public")
def home(request: HttpRequest) -> HttpResponse:
    """What do you need to do? Search, life events, track, verify, own dossiers."""
    actor = actor_of_request(request)
    citizen = actor.kind == "citizen"
    context = {
        "events": life_events(today())[:EVENTS_SHOWN],
        "citizen": citizen,
        "own": own_rows(actor, size=OWN_SHOWN) if citizen else [],
        "drafts": my_drafts(actor) if citizen else [],
    }
    return render(request, "portal/home.html", context)
