"""The reporter's own page: by the secret address, or by the own account."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from motcua.casework.access.public import audience
from motcua.casework.cases.public import access_case
from motcua.foundation.errors import DomainError, InvalidInput
from motcua.foundation.timesource import now
from motcua.subsystems.reports.asking import actor_of_request, is_english, said
from motcua.subsystems.reports.following import check_token, follow_address
from motcua.subsystems.reports.selectors import (
    photos_of,
    public_story,
    rated_this_time,
    report_of_owner,
)
from motcua.subsystems.reports.services import (
    answer_question,
    ask_reopening,
    may_rate,
    rate,
)
from motcua.subsystems.reports.shown import shown_report, shown_story
from motcua.subsystems.reports.states import KIND


@require_safe
@audience("public")
def follow(request: HttpRequest, uid: UUID, token: str) -> HttpResponse:
    """Where it stands, and what the reporter may do now."""
    check_token(uid, token)
    return _page(request, uid, token)


@require_safe
@audience("citizen")
def own(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same for the account that sent it."""
    access_case(actor_of_request(request), uid, kind=KIND)
    return redirect(follow_address(uid))


def _page(
    request: HttpRequest, uid: UUID, token: str, problem: DomainError | None = None
) -> HttpResponse:
    found = report_of_owner(uid)
    story = public_story(found)
    errors = said(problem.fields) if isinstance(problem, InvalidInput) else {}
    context = {
        "report": shown_report(found, is_english(), own=True),
        "story": shown_story(story, own=True),
        "photos": photos_of(found),
        "token": token,
        "fresh": request.GET.get("moi") == "1",
        "rateable": may_rate(found, now()) and not rated_this_time(found),
        "reopenable": may_rate(found, now()),
        "asked": story[-1].note if story and story[-1].verb == "reports.ask" else "",
        "problem": problem,
        "errors": errors,
        "typed": request.POST,
    }
    status = problem.status if problem else 200
    page = render(request, "reports/portal/follow.html", context, status=status)
    page["Referrer-Policy"] = "same-origin"
    page["Cache-Control"] = "private, no-store"
    return page


@require_POST
@audience("public")
def respond(request: HttpRequest, uid: UUID, token: str, what: str) -> HttpResponse:
    """Rate, ask to look again, or answer the unit's question."""
    check_token(uid, token)
    actor, posted = actor_of_request(request), request.POST
    try:
        if what == "danh-gia":
            satisfied = posted.get("satisfied") == "yes"
            rate(actor=actor, uid=uid, satisfied=satisfied, comment=posted.get("comment", ""))
        elif what == "mo-lai":
            ask_reopening(actor=actor, uid=uid, reason=posted.get("reason", ""))
        else:
            answer_question(actor=actor, uid=uid, text=posted.get("answer", ""))
    except DomainError as problem:
        return _page(request, uid, token, problem)
    return redirect(follow_address(uid))
