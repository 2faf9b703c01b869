"""The list of drafts, starting one, its overview, undoing, the package file."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.casework.access.public import audience
from motcua.foundation.errors import DomainError
from motcua.foundation.timesource import today
from motcua.subsystems.procedure_editor import services
from motcua.subsystems.procedure_editor.errors import NothingToUndo
from motcua.subsystems.procedure_editor.models import ProcedureDraft
from motcua.subsystems.procedure_editor.rules.archive import MAX_FILE, write_archive
from motcua.subsystems.procedure_editor.selectors import decisions, draft, drafts, revisions
from motcua.subsystems.procedure_editor.showing import fault_links
from motcua.subsystems.procedure_editor.views.opening import actor_of_request, opened, show
from motcua.subsystems.procedure_editor.views.remaining import left_to_do
from motcua.subsystems.procedures.public import procedure_names


@require_safe
@audience("official")
def listing(request: HttpRequest) -> HttpResponse:
    """Open drafts (or closed ones), and the ways to start one."""
    return _listing(request)


def _listing(request: HttpRequest, error: DomainError | None = None) -> HttpResponse:
    closed = request.GET.get("xong") == "1"
    after = request.GET.get("sau", "")
    rows, following = drafts(
        actor_of_request(request),
        closed=closed,
        before=int(after) if after.isdecimal() and len(after) < 12 else None,
    )
    language = get_language() or "vi"
    names = [
        (code, f"{code} · {n.in_language(language)}")
        for code, n in procedure_names(today()).items()
    ]
    context = {"rows": rows, "next": following, "closed": closed, "names": names, "error": ""}
    if error is not None:
        context["error"] = (
            f"{error.text().in_language(language)} {error.what_to_do().in_language(language)}"
        )
    return render(request, "procedure_editor/list.html", context, status=422 if error else 200)


@require_POST
@audience("official")
def start(request: HttpRequest) -> HttpResponse:
    """Start a draft from nothing, a published procedure or a package file."""
    try:
        row = _started(request)
    except DomainError as error:
        if error.status == 403:
            raise
        return _listing(request, error)
    return redirect("procedure_editor:draft", uid=row.uid)


def _started(request: HttpRequest) -> ProcedureDraft:
    actor, way = actor_of_request(request), request.POST.get("way", "")
    if way == "version":
        return services.start_from_version(actor=actor, code=request.POST.get("code", ""))
    if way == "record":
        return services.start_from_record(actor=actor, key=request.POST.get("key", "").strip())
    if way == "file":
        uploaded = request.FILES.get("file")
        content = uploaded.read(MAX_FILE + 1) if uploaded else b""
        name = str(uploaded.name or "") if uploaded else ""
        return services.start_from_file(actor=actor, content=content, name=name)
    return services.start_draft(actor=actor)


@require_safe
@audience("official")
def overview(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the draft is, what is still wrong with it, what to do next."""
    found, faults = opened(request, uid)
    more = {
        "faults": fault_links(found, faults),
        "decisions": decisions(found.row.pk),
        "revisions": revisions(found.row.pk, 10),
        **left_to_do(found),
    }
    return show(request, "overview", found, faults, "overview", more)


@require_POST
@audience("official")
def step_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Undo or redo one change, then go on where one was."""
    act = services.redo if request.POST.get("verb") == "redo" else services.undo
    try:
        act(actor=actor_of_request(request), uid=uid)
    except NothingToUndo as error:
        messages.info(request, error.text().in_language(get_language() or "vi"))
    else:
        messages.success(request, _("Đã hoàn tác.") if act is services.undo else _("Đã làm lại."))
    back = request.POST.get("back", "")
    # Only a place of this very draft: an address from outside leads nowhere.
    own = request.path.removesuffix("hoan-tac/")
    return redirect(back if back.startswith(own) else own)


@require_safe
@audience("official")
def package_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The whole package as one file."""
    found = draft(actor_of_request(request), uid)
    document = {"code": "", "version": 1, **found.document}
    answer = HttpResponse(write_archive(document), content_type="application/zip")
    name = f"{document['code'] or 'thu-tuc'}.zip".replace('"', "")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
