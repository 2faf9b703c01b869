"""A report as its unit sees it, and what may be done with it."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.casework.access.public import audience
from motcua.casework.attachments.public import UploadRefused
from motcua.foundation.errors import Bilingual, DomainError, InvalidInput, NotFound
from motcua.subsystems.reports import services
from motcua.subsystems.reports.asking import actor_of_request, is_english, said, whole
from motcua.subsystems.reports.selectors import answers_of, report_page, unit_options
from motcua.subsystems.reports.services.drafts import PROOF_TYPES
from motcua.subsystems.reports.shown import shown_report, verb_words
from motcua.subsystems.reports.states import ACTIONS


@require_safe
@audience("official")
def case(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The whole report on one screen."""
    return _page(request, uid)


def _page(request: HttpRequest, uid: UUID, problem: DomainError | None = None) -> HttpResponse:
    actor = actor_of_request(request)
    page = report_page(actor, uid)
    found, state = page.report, page.report.case.state
    mine = services.may_handle(actor, found.case)
    actions = [a for a in ACTIONS.values() if mine and state in a.sources]
    context: dict[str, Any] = {
        "page": page,
        "report": shown_report(found, is_english(), own=True),
        "row": found,
        "case": found.case,
        "story": [(verb_words(step.verb), step) for step in page.story],
        "answers": answers_of(found),
        "actions": actions,
        "mine": mine,
        "units": unit_options() if any(a.needs_agency for a in actions) else [],
        "key": secrets.token_urlsafe(18),
        "problem": problem,
        "errors": said(problem.fields) if isinstance(problem, InvalidInput) else {},
        "typed": request.POST,
    }
    status = problem.status if problem else 200
    return render(request, "reports/console/case.html", context, status=status)


@require_POST
@audience("official")
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take one action; on a refusal the page comes back with what was typed."""
    actor, posted = actor_of_request(request), request.POST
    key = posted.get("key", "")[:40] or secrets.token_urlsafe(18)
    payload = {name: posted.get(name, "") for name in ("text", "agency", "kind")}
    payload["draft_key"] = f"proof-{key}"
    try:
        _take_proof(request, payload["draft_key"])
        services.act_on_report(
            actor=actor,
            uid=uid,
            action=posted.get("action", ""),
            payload=payload,
            expected_version=whole(posted.get("version")) or None,
            key=key,
        )
    except NotFound:
        raise
    except DomainError as problem:
        return _page(request, uid, problem)
    messages.success(request, _("Đã ghi nhận."))
    return redirect("reports_console:case", uid=uid)


def _take_proof(request: HttpRequest, draft_key: str) -> None:
    files = request.FILES.getlist("proof")
    try:
        services.keep_photos(
            actor=actor_of_request(request), draft_key=draft_key, files=files, accept=PROOF_TYPES
        )
    except UploadRefused as error:
        what, todo = error.text(), error.what_to_do()
        text = Bilingual(f"{what.vi} {todo.vi}", f"{what.en} {todo.en}")
        raise InvalidInput({"proof": text}) from error


@require_POST
@audience("official")
def join(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Merge into another report, or take it out again."""
    actor = actor_of_request(request)
    try:
        if request.POST.get("apart"):
            services.unmerge(actor=actor, uid=uid)
        else:
            services.merge(actor=actor, uid=uid, into=request.POST.get("into", ""))
    except NotFound:
        raise
    except DomainError as problem:
        return _page(request, uid, problem)
    messages.success(request, _("Đã ghi nhận."))
    return redirect("reports_console:case", uid=uid)


@require_POST
@audience("official")
def publish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the report to the public or hide it, with the text the public reads."""
    posted = request.POST
    try:
        services.set_public(
            actor=actor_of_request(request),
            uid=uid,
            hidden=posted.get("hidden") == "on",
            text=posted.get("public_text", ""),
            reason=posted.get("reason", ""),
        )
    except NotFound:
        raise
    except DomainError as problem:
        return _page(request, uid, problem)
    messages.success(request, _("Đã ghi nhận."))
    return redirect("reports_console:case", uid=uid)
