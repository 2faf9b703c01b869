"""One's own dossiers: the list, the page, and every act that is the applicant's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.casework.access.public import audience
from motcua.foundation.errors import InvalidInput
from motcua.subsystems.applications.drafting import my_drafts
from motcua.subsystems.applications.services import act as take_action
from motcua.subsystems.applications.services import rate as give_rating
from motcua.subsystems.applications.shown import own_page, own_rows, page_before
from motcua.subsystems.applications.supplying import answer_request, open_request, read_answers
from motcua.subsystems.applications.views.applying import actor_of_request
from motcua.subsystems.applications.views.own import (
    kept_context,
    mine_context,
    possible_of,
    supplement_context,
)
from motcua.subsystems.applications.views.stash import keeps_typed, typed_before
from motcua.subsystems.applications.views.uploads import take_papers

PAGE = 20


@never_cache
@require_safe
@audience("citizen")
def dossiers(request: HttpRequest) -> HttpResponse:
    """Every dossier, newest first, and the drafts one may go on with."""
    actor = actor_of_request(request)
    after = request.GET.get("sau", "")
    rows = own_rows(actor, before_id=page_before(actor, after), size=PAGE + 1)
    context = {
        "rows": rows[:PAGE],
        "next": f"?sau={rows[PAGE - 1].uid}" if len(rows) > PAGE else "",
        "drafts": my_drafts(actor) if not after else [],
        "first": not after,
    }
    return render(request, "applications/citizen/list.html", context)


@never_cache
@require_safe
@audience("citizen")
def mine(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The dossier: whose turn it is, what happened, by when, what one holds in hand."""
    own = own_page(actor_of_request(request), str(uid))
    return render(request, "applications/citizen/mine.html", mine_context(own))


@never_cache
@require_safe
@audience("citizen")
def kept(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The page to keep after filing: code, QR, first answer, what happens next."""
    own = own_page(actor_of_request(request), str(uid))
    return render(request, "applications/citizen/kept.html", kept_context(own))


@require_http_methods(["GET", "POST"])
@keeps_typed
@audience("citizen")
@never_cache
def supplement(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Answer a request for supplements, item by item."""
    actor = actor_of_request(request)
    asked = open_request(actor, own_page(actor, str(uid)))
    given = typed_before(request) or request.POST
    answers = read_answers(asked, given) if given else asked.answers
    note, errors = given.get("note", ""), {}
    if request.method == "POST":
        errors = take_papers(request, asked.papers(), draft_key=asked.draft_key)
        if request.POST.get("_action", "send") == "send" and not errors:
            try:
                answer_request(asked, answers, note, int(request.POST.get("version") or 0))
            except InvalidInput as error:
                errors = error.fields
            else:
                messages.success(request, _("Đã gửi phần bổ sung. Thời hạn được tính tiếp."))
                return redirect("applications:mine", uid=uid)
    context = supplement_context(asked, answers, note, errors)
    status = 422 if errors else 200
    return render(request, "applications/citizen/supplement.html", context, status=status)


@require_http_methods(["GET", "POST"])
@keeps_typed
@audience("citizen")
@never_cache
def act(request: HttpRequest, uid: UUID, step: str, action: str) -> HttpResponse:
    """One act of the applicant: withdraw, confirm or mend the draft, confirm a payment."""
    actor = actor_of_request(request)
    own = own_page(actor, str(uid))
    move = possible_of(own, step, action)
    given = typed_before(request) or request.POST
    context: dict[str, Any] = {"own": own, "move": move, "typed": given, "errors": {}}
    if request.method == "POST":
        try:
            take_action(
                actor=actor,
                uid=uid,
                token_id=move.token_id,
                action=action,
                payload={"reason": given.get("reason", ""), "note": given.get("reason", "")},
            )
        except InvalidInput as error:
            context["errors"] = error.fields
            return render(request, "applications/citizen/act.html", context, status=422)
        return redirect("applications:mine", uid=uid)
    return render(request, "applications/citizen/act.html", context)


@require_POST
@audience("citizen")
def rating(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How it went, said once."""
    actor, given = actor_of_request(request), request.POST
    score = given.get("score", "")
    try:
        give_rating(
            actor=actor, uid=uid, score=int(score) if score.isdecimal() else 0,
            comment=given.get("comment", ""),
        )  # fmt: skip
    except InvalidInput as error:
        context = mine_context(own_page(actor, str(uid)))
        context |= {"errors": error.fields, "typed": given}
        return render(request, "applications/citizen/mine.html", context, status=422)
    messages.success(request, _("Cảm ơn bạn đã đánh giá."))
    return redirect("applications:mine", uid=uid)
