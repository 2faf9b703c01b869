"""Receiving at the counter: procedure, person, e-form, papers, and Form 01 in one go."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.casework.access.public import audience
from motcua.casework.attachments.public import UploadRefused, receive_upload, withdraw
from motcua.casework.forms.public import autosave_reply, render_step
from motcua.foundation.errors import Bilingual, Conflict, InvalidInput
from motcua.foundation.timesource import today
from motcua.subsystems.applications.console_views.case_page import actor_of_request
from motcua.subsystems.applications.console_views.counter_draft import (
    CounterDraft,
    Taken,
    counter_of,
    keep_shown,
    look_up,
    open_draft,
    open_drafts,
    take_form_step,
    take_person,
)
from motcua.subsystems.applications.console_views.counter_filing import accept_now, file_it
from motcua.subsystems.applications.console_views.counter_form import STEP, choices, counter_form
from motcua.subsystems.applications.console_views.counter_papers import (
    counts_of,
    digitise_address,
    papers_screen,
)
from motcua.subsystems.applications.console_views.counter_start import (
    find_procedures,
    recent_procedures,
    take_card,
)
from motcua.subsystems.applications.console_views.counter_store import use_store
from motcua.subsystems.applications.console_views.feeing import amount_of

BASE = "applications_console:counter"
ONLY = "only"


@require_safe
@audience("official")
def start(request: HttpRequest) -> HttpResponse:
    """Choose the procedure, or go on with something begun."""
    return _start_page(request)


def _start_page(
    request: HttpRequest, found: list[tuple[str, str, str]] | None = None
) -> HttpResponse:
    """The first page; after a try that meant several procedures or none, with what was typed."""
    actor = actor_of_request(request)
    agency_id = counter_of(actor)
    tried = found is not None
    context = {
        "recent": recent_procedures(agency_id),
        "drafts": open_drafts(actor),
        "found": found or [],
        "tried": tried,
        "typed": request.POST,
    }
    status = 422 if tried else 200
    page = "applications/console/counter_start.html"
    return render(request, page, context, status=status)


@require_POST
@audience("official")
def begin(request: HttpRequest) -> HttpResponse:
    """Open a fresh draft for the chosen procedure; with a card read, go on to the e-form."""
    actor = actor_of_request(request)
    typed = request.POST.get("choice") or request.POST.get("procedure", "")
    found = find_procedures(typed, counter_of(actor))
    if len(found) != 1:
        return _start_page(request, found)
    code, key, card = found[0][0], uuid4(), request.POST.get("card", "")
    if card.strip() and take_card(open_draft(actor, code, key), card):
        return redirect(f"{BASE}_form", code=code, key=key, step=ONLY)
    return redirect(f"{BASE}_person", code=code, key=key)


@require_http_methods(["GET", "POST"])
@audience("official")
def person(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Who stands at the counter: looked up by number, or taken down."""
    draft = open_draft(actor_of_request(request), code, key)
    if request.method == "POST" and "find" in request.POST:
        return _find(request, draft)
    errors: Any = {}
    if request.method == "POST":
        outcome = take_person(draft, request.POST)
        if not outcome.step:
            return redirect(f"{BASE}_form", code=code, key=key, step=ONLY)
        if outcome.verb == "save":
            return redirect(BASE)
        errors = outcome.errors
    return _person_page(request, draft, errors)


def _find(request: HttpRequest, draft: CounterDraft) -> HttpResponse:
    number = "".join(c for c in request.POST.get("find", "") if c.isdecimal())
    if look_up(draft, number):
        messages.success(request, _("Đã có người này trong hệ thống; kiểm tra lại với giấy tờ."))
    else:
        messages.info(request, _("Chưa có người này trong hệ thống; hãy nhập thông tin bên dưới."))
    return redirect(request.path)


def _person_page(request: HttpRequest, draft: CounterDraft, errors: Any) -> HttpResponse:
    kept = draft.person()
    answers = dict(kept.answers) if kept else {"channel": "counter"}
    drawn = render_step(
        counter_form(),
        STEP,
        answers,
        request=request,
        today=today(),
        errors=errors,
        options=choices(),
        revision=kept.revision if kept else 0,
    )
    context = {"draft": draft, "drawn": drawn, "looks_up": True}
    status = 422 if errors else 200
    return render(request, "applications/console/counter_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@audience("official")
def form(request: HttpRequest, code: str, key: UUID, step: str) -> HttpResponse:
    """The procedure's e-form, all on one page."""
    draft = open_draft(actor_of_request(request), code, key)
    if request.method != "POST":
        return _form_page(request, draft, step)
    taken = take_form_step(draft, step, request.POST)
    outcome = taken.outcome
    if taken.stale or outcome.errors or outcome.note:
        return _form_page(request, draft, step, taken)
    if outcome.verb == "save":
        return redirect(BASE)
    if not outcome.step:
        return redirect(f"{BASE}_papers", code=code, key=key)
    return redirect(f"{BASE}_form", code=code, key=key, step=outcome.step)


STALE = Bilingual(
    "Tờ khai này cũng đang mở ở cửa sổ khác và vừa được lưu ở đó. Dưới đây là phần bạn vừa nhập;"
    " bấm Tiếp tục để dùng phần này.",
    "This form is open in another window, too, and was just saved there. Below is what you"
    " typed; press Continue to use it.",
)


def _form_page(
    request: HttpRequest, draft: CounterDraft, step: str, taken: Taken | None = None
) -> HttpResponse:
    kept = draft.answers()
    answers = taken.outcome.answers if taken else kept.answers if kept else {}
    errors = taken.outcome.errors if taken else {}
    place = {"code": draft.version.procedure.code, "key": UUID(draft.key), "step": step}
    drawn = render_step(
        draft.sheet,
        step,
        answers,
        request=request,
        today=today(),
        autosave=reverse(f"{BASE}_autosave", kwargs=place),
        revision=kept.revision if kept else 0,
        errors=errors,
        note=STALE if taken and taken.stale else taken.outcome.note if taken else None,
        origins=kept.origins if kept else {},
        options=choices(),
        context=draft.known(),
    )
    context = {"draft": draft, "drawn": drawn}
    status = 409 if taken and taken.stale else 422 if errors else 200
    return render(request, "applications/console/counter_form.html", context, status=status)


@require_POST
@audience("official")
def autosave(request: HttpRequest, code: str, key: UUID, step: str) -> JsonResponse:
    """Keep a screen while it is typed."""
    draft = open_draft(actor_of_request(request), code, key)
    taken = take_form_step(draft, step, request.POST)
    if taken.stale:
        problem = Conflict().problem(get_language() or "vi")
        return JsonResponse(problem, status=409, content_type="application/problem+json")
    return JsonResponse(autosave_reply(taken.revision))


@require_http_methods(["GET", "POST"])
@audience("official")
def papers(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Papers shown or scanned, the answers to check, and filing."""
    actor = actor_of_request(request)
    draft = open_draft(actor, code, key)
    errors: dict[str, Any] = {}
    if request.method == "POST":
        shown = request.POST.getlist("shown")
        keep_shown(draft, shown, counts_of(request.POST))
        errors = _receive(request, draft)
        if not errors and request.POST.get("digitise"):
            return redirect(digitise_address(draft, request.POST["digitise"], request.path))
        errors = errors or use_store(request.POST, draft)
        if not errors and "file" in request.POST:
            try:
                return _filed(request, draft, shown)
            except InvalidInput as problem:
                errors = problem.fields
        elif not errors:
            return redirect(request.path)
    screen = papers_screen(draft, errors, request.POST.get("amount", ""))
    status = 422 if errors else 200
    page = "applications/console/counter_papers.html"
    return render(request, page, {"screen": screen}, status=status)


def _receive(request: HttpRequest, draft: CounterDraft) -> dict[str, Any]:
    refused: dict[str, Any] = {}
    for name, uploads in request.FILES.lists():
        for upload in uploads:
            try:
                receive_upload(
                    actor=draft.actor,
                    file=upload,
                    component_code=name.removeprefix("paper-"),
                    draft_key=draft.context,
                    source="scan",
                )
            except UploadRefused as error:
                refused[name] = error.text()
    return refused


def _filed(request: HttpRequest, draft: CounterDraft, shown: list[str]) -> HttpResponse:
    key = request.POST.get("key", "")[:60]
    at_once = "accept" in request.POST
    payload: dict[str, Any] = {}
    if at_once and "amount" in request.POST:
        payload["amount"] = amount_of(request.POST["amount"])
    done = file_it(draft, shown, counts_of(request.POST), key)
    messages.success(request, _("Đã nhận hồ sơ %(code)s.") % {"code": done["code"]})
    problem = accept_now(draft.actor, done["uid"], key, payload) if at_once else None
    if problem:
        messages.warning(request, problem.text().in_language(get_language() or "vi"))
    return redirect("applications_console:counter_done", uid=done["uid"])


@require_POST
@audience("official")
def drop_upload(request: HttpRequest, code: str, key: UUID, uid: UUID) -> HttpResponse:
    """Take a scan out of the draft again."""
    withdraw(actor=actor_of_request(request), uid=uid)
    return redirect(f"{BASE}_papers", code=code, key=key)
