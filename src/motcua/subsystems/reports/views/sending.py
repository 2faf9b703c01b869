"""Sending a report: four short screens, photo first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from motcua.casework.access.public import audience
from motcua.foundation.errors import DomainError
from motcua.foundation.limiting.public import with_patience
from motcua.subsystems.reports.asking import (
    SENDING,
    SUPPORTING,
    UPLOADING,
    actor_of_request,
    browser_of,
    is_english,
    limited,
    said,
)
from motcua.subsystems.reports.filling import (
    STEPS,
    Filling,
    alike,
    begin,
    drawn_questions,
    grouped_categories,
    suggested,
    take,
    wards,
)
from motcua.subsystems.reports.following import follow_address
from motcua.subsystems.reports.selectors import layer_is_coarse
from motcua.subsystems.reports.services import support


@require_http_methods(["GET", "POST"])
@audience("public")
def send(request: HttpRequest) -> HttpResponse:
    """One screen of the wizard; the last one sends."""
    actor = actor_of_request(request)
    if request.method != "POST":
        return _screen(request, begin(actor, request.GET))
    try:
        _count(request)
        filling = take(actor, request.POST, request.FILES)
    except DomainError as problem:
        filling = begin(actor, {})
        filling.typed |= {n: request.POST.get(n, "") for n in request.POST if n != "_action"}
        step = request.POST.get("step", "")
        filling.step = step if step in STEPS else "what"
        filling.problem = problem
    if filling.sent is not None:
        return redirect(f"{follow_address(filling.sent['uid'])}?moi=1")
    return _screen(request, filling)


def _count(request: HttpRequest) -> None:
    if photos := len(request.FILES.getlist("photos")):
        limited(request, UPLOADING, photos)
    if request.POST.get("step") == "send" and request.POST.get("_action") != "back":
        limited(request, SENDING)


def _kind(filling: Filling) -> dict[str, Any]:
    """What the screen of categories shows."""
    if filling.step != "kind":
        return {}
    likely = [(c.code, c.in_language(is_english())) for c in suggested(filling)]
    chosen = filling.typed.get("category", "")
    if not chosen and likely:
        filling.typed["category"] = likely[0][0]
    return {
        "suggested": likely,
        "other": chosen if chosen not in dict(likely) else "",
        "categories": grouped_categories(is_english()),
        "questions": drawn_questions(filling),
    }


def _screen(request: HttpRequest, filling: Filling) -> HttpResponse:
    english, step = is_english(), filling.step
    errors = said(filling.errors)
    context: dict[str, Any] = {
        **_kind(filling),
        "filling": filling,
        "typed": filling.typed,
        "errors": {"area" if n == "place" else n: text for n, text in errors.items()},
        "photos": filling.photos,
        "coarse": step == "where" and layer_is_coarse(),
        "wards": wards(english) if step == "where" else [],
        "alike": alike(filling) if step == "send" else [],
        "actor": actor_of_request(request),
        "category_name": filling.category.in_language(english) if filling.category else "",
    }
    problem = filling.problem
    status = problem.status if problem else 422 if errors else 200
    page = render(request, "reports/portal/send.html", context, status=status)
    return with_patience(page, problem)


@require_POST
@audience("public")
def me_too(request: HttpRequest, code: str) -> HttpResponse:
    """One tap: I have the same trouble."""
    limited(request, SUPPORTING)
    support(actor=actor_of_request(request), code=code, browser=browser_of(request))
    return redirect("reports:report", code=code)
