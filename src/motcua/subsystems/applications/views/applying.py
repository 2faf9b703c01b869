"""From the start page to the filed dossier: one thing per screen, saved as one goes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.casework.access.public import Actor, audience
from motcua.casework.forms.public import autosave_reply, take_screen
from motcua.foundation.errors import InvalidInput
from motcua.foundation.timesource import today
from motcua.subsystems.applications.drafting import (
    CENTRE,
    AlreadyFiled,
    Work,
    begin,
    centre_of,
    file_work,
    my_drafts,
    open_work,
    principals,
    procedure_to_file,
)
from motcua.subsystems.applications.services import members_of
from motcua.subsystems.applications.views.screens import (
    Posted,
    check_context,
    office_context,
    papers_context,
    step_page,
    take_step,
)
from motcua.subsystems.applications.views.stash import keeps_typed, typed_before
from motcua.subsystems.applications.views.uploads import take_papers
from motcua.subsystems.procedures.public import ProcedureVersion

View = Callable[..., HttpResponseBase]


def actor_of_request(request: HttpRequest) -> Actor:
    """Who asks."""
    return cast(Any, request).actor


def draft_page(view: View) -> View:
    """A page of one draft: log-in, nothing cached, the draft opened; a filed one leads on."""

    @wraps(view)
    def opened(request: HttpRequest, code: str, key: str, **more: Any) -> HttpResponseBase:
        try:
            work = open_work(actor_of_request(request), code, key)
        except AlreadyFiled as filed:
            return to_filed(procedure_to_file(code), filed.uid)
        return view(request, work, **more)

    return keeps_typed(audience("citizen")(never_cache(opened)))


def to_filed(version: ProcedureVersion, uid: str) -> HttpResponse:
    """The page to keep; a group of dossiers has one of its own."""
    if members_of(version):
        return redirect(f"{reverse('applications:group', args=[uid])}?da-nop")
    return redirect("applications:kept", uid=uid)


def to(name: str, work: Work, *more: str) -> HttpResponse:
    """On to another page of the draft."""
    return redirect(f"applications:{name}", work.code, work.key, *more)


@never_cache
@require_http_methods(["GET", "POST"])
@audience("citizen")
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """Before one begins: what to have at hand, drafts to go on with, for whom."""
    actor = actor_of_request(request)
    if request.method == "POST":
        work = begin(actor, code, request.POST.get("applicant", ""))
        return to("step", work, work.step)
    context = {
        "version": procedure_to_file(code),
        "drafts": my_drafts(actor, code),
        "principals": principals(actor),
        "name": actor.name,
    }
    return render(request, "applications/citizen/start.html", context)


@require_safe
@draft_page
def resume(request: HttpRequest, work: Work) -> HttpResponse:
    """Go on where one stopped."""
    if work.step in {"office", "papers", "check"}:
        return to(work.step, work)
    return to("step", work, work.step or work.first_step())


@require_POST
@draft_page
def discard(request: HttpRequest, work: Work) -> HttpResponse:
    """Throw the draft away."""
    work.throw_away()
    return redirect("applications:apply", work.code)


@require_http_methods(["GET", "POST"])
@draft_page
def step(request: HttpRequest, work: Work, step: str) -> HttpResponse:
    """One screen of the e-form."""
    typed = typed_before(request)
    if request.method == "GET" and typed is None:
        return step_page(request, work, step)
    return take_step(request, work, step, Posted(typed or request.POST, again=typed is not None))


@require_POST
@draft_page
def autosave(request: HttpRequest, work: Work, step: str) -> HttpResponse:
    """Keep what is being typed; a conflict with another window is said."""
    outcome = take_screen(
        work.form, step, cast(Any, request.POST), work.answers, today=today(), context=work.context
    )
    work.answers, work.step = outcome.answers, step
    work.keep(revision=outcome.revision)
    return JsonResponse(autosave_reply(work.revision))


@require_http_methods(["GET", "POST"])
@draft_page
def office(request: HttpRequest, work: Work) -> HttpResponse:
    """Which centre receives the dossier."""
    if request.method == "GET":
        return render(request, "applications/citizen/office.html", office_context(work))
    if request.POST.get("_action") == "back":
        return to("step", work, work.form.steps[-1].id)
    work.beside[CENTRE] = request.POST.get("centre", "")
    if centre_of(work) is None:
        context = office_context(work, missing=True)
        return render(request, "applications/citizen/office.html", context, status=422)
    work.step = "papers"
    work.keep()
    return to("papers", work)


@require_http_methods(["GET", "POST"])
@draft_page
def papers(request: HttpRequest, work: Work) -> HttpResponse:
    """The papers, each with its files; what came in stays whatever happens."""
    if request.method == "GET":
        return render(request, "applications/citizen/papers.html", papers_context(work))
    action = request.POST.get("_action", "next")
    refused = take_papers(request, work.papers(), draft_key=work.draft_key)
    work.forget_files()
    missing = work.missing_papers() if action == "next" else {}
    if refused or missing:
        context = papers_context(work, {**missing, **refused})
        return render(request, "applications/citizen/papers.html", context, status=422)
    names = {"next": "check", "back": "office"}
    return to(names.get(action, "papers"), work)


@require_http_methods(["GET", "POST"])
@draft_page
def check(request: HttpRequest, work: Work) -> HttpResponse:
    """Check your answers; POST files the dossier, once however often it is sent."""
    centre = centre_of(work)
    if centre is None:
        return to("office", work)
    if request.method == "GET":
        return render(request, "applications/citizen/check.html", check_context(work, centre))
    try:
        uid = file_work(work, centre, language=(get_language() or "vi")[:2])
    except InvalidInput as error:
        context = check_context(work, centre, error.fields)
        return render(request, "applications/citizen/check.html", context, status=422)
    return to_filed(work.version, uid)
