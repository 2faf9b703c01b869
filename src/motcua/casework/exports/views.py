"""Asking for a file, watching it being made, fetching it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.casework.access.public import Actor, audience
from motcua.casework.exports.errors import UnknownList
from motcua.casework.exports.lists import list_of
from motcua.casework.exports.models import Export
from motcua.casework.exports.rules import MIMES
from motcua.casework.exports.selectors import OPEN, open_export, own_export, own_exports
from motcua.casework.exports.services import ask_export, note_fetched, stop_export

PAGE = 30
MOST_ASKED = 2_000
OWN_FIELDS = frozenset({"list", "format", "asked", "csrfmiddlewaretoken"})
TONES = {
    "waiting": "neutral", "running": "info", "ready": "success",
    "failed": "danger", "stopped": "paused", "gone": "neutral",
}  # fmt: skip


def _actor(request: HttpRequest) -> Actor:
    return cast(Any, request).actor


@dataclass(frozen=True, slots=True)
class Shown:
    """An export, ready to print."""

    export: Export
    name: str
    tone: str
    open: bool
    problem: str


def shown(export: Export) -> Shown:
    """With its words; asks the database nothing."""
    language = get_language() or "vi"
    try:
        name = list_of(export.source).name.in_language(language)
    except UnknownList:
        name = export.source
    key = "en" if language.startswith("en") else "vi"
    problem = cast("dict[str, str]", export.problem).get(key, "")
    return Shown(export, name, TONES[export.state], export.state in OPEN, problem)


@require_safe
@audience("official")
def own(request: HttpRequest) -> HttpResponse:
    """The actor's exports, newest first."""
    before = request.GET.get("before", "")
    rows = own_exports(
        _actor(request), before=int(before) if before.isdecimal() else 0, size=PAGE + 1
    )
    more = f"?before={rows[PAGE - 1].pk}" if len(rows) > PAGE else ""
    context = {"rows": [shown(row) for row in rows[:PAGE]], "next": more}
    return render(request, "exports/own.html", context)


@require_POST
@audience("official")
def ask(request: HttpRequest) -> HttpResponse:
    """Begin an export of the list the person was looking at."""
    given = request.POST
    export = ask_export(
        actor=_actor(request),
        source=given.get("list", ""),
        format=given.get("format", ""),
        asked=_asked(given),
        language=get_language() or "vi",
    )
    return redirect("exports:one", uid=export.uid)


def _asked(given: QueryDict) -> str:
    """What was asked of the list: a query string, or the fields of its filter form."""
    if "asked" in given:
        return str(given["asked"])[:MOST_ASKED]
    fields = {name: str(value) for name, value in given.items() if name not in OWN_FIELDS and value}
    return urlencode(fields)[:MOST_ASKED]


@require_safe
@audience("official")
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far it is; asked again by the page itself while it is being made."""
    template = "exports/state.html" if request.GET.get("part") else "exports/one.html"
    export = own_export(_actor(request), uid)
    return render(request, template, {"one": shown(export), "export": export})


@require_POST
@audience("official")
def stop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Stop making it."""
    stop_export(actor=_actor(request), uid=uid)
    messages.success(request, _("Đã dừng; tệp không được giữ lại."))
    return redirect("exports:one", uid=uid)


@require_safe
@audience("official")
def fetch(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The file, to its owner only; who fetched it stands in the ledger."""
    actor = _actor(request)
    export, file = open_export(actor, uid)
    note_fetched(actor=actor, export=export)
    response = FileResponse(
        file, as_attachment=True, filename=export.file_name, content_type=MIMES[export.format]
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
