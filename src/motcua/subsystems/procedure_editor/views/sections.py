"""The editing pages of facts: one set of facts, or rows of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.casework.access.public import audience
from motcua.foundation.errors import Bilingual, NotFound
from motcua.foundation.timesource import local_now
from motcua.subsystems.procedure_editor import services
from motcua.subsystems.procedure_editor.errors import DraftClosed, DraftMoved
from motcua.subsystems.procedure_editor.rules.documents import Document, moved
from motcua.subsystems.procedure_editor.rules.finding import Fault
from motcua.subsystems.procedure_editor.rules.specs import BY_KEY, Choice, Section
from motcua.subsystems.procedure_editor.rules.typed import (
    Typed,
    apply_typed,
    read_typed,
    typed_of,
)
from motcua.subsystems.procedure_editor.selectors import OpenDraft
from motcua.subsystems.procedure_editor.showing import (
    choices_for,
    controls,
    faults_by_control,
    lists_of,
    rows_of,
    said,
    table_of,
)
from motcua.subsystems.procedure_editor.views.aside import aside_of
from motcua.subsystems.procedure_editor.views.opening import (
    actor_of_request,
    opened,
    revision_in,
    show,
)
from motcua.subsystems.procedure_editor.views.remaining import notes_of
from motcua.subsystems.procedure_editor.views.starting_row import new_row


@dataclass(frozen=True, slots=True)
class Work:
    """One request to a section: the draft, its lists, the facts being edited."""

    section: Section
    found: OpenDraft
    faults: tuple[Fault, ...]
    lists: Mapping[str, list[Choice]]
    index: int | None

    @property
    def target(self) -> Document:
        """The facts as they stand: the package, a row, or a new row."""
        if self.index is None:
            return self.found.document
        rows = rows_of(self.found.document, self.section.rows)
        return rows[self.index] if self.index < len(rows) else new_row(self.section, self.found)

    @property
    def is_new(self) -> bool:
        return self.index is not None and self.index >= len(
            rows_of(self.found.document, self.section.rows)
        )

    def offered(self) -> dict[str, list[str]]:
        """The values every list offers, by key."""
        return {
            spec.key: [value for value, _text in choices_for(spec, self.found.document, self.lists)]
            for spec in self.section.specs
            if spec.kind in {"select", "checks"}
        }


def work_of(request: HttpRequest, uid: UUID, key: str, index: int | None = None) -> Work:
    """The work a request asks for. Raises ``NotFound`` for a page or row there is not."""
    section = BY_KEY.get(key)
    if section is None or (index is not None and not section.rows):
        raise NotFound
    found, faults = opened(request, uid)
    if index is not None and index > len(rows_of(found.document, section.rows)):
        raise NotFound
    return Work(section, found, faults, lists_of(found.document), index)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("official")
def section(request: HttpRequest, uid: UUID, key: str) -> HttpResponseBase:
    """A set of facts to edit, or the table of rows."""
    work = work_of(request, uid, key)
    if work.section.rows:
        return _table(request, work)
    return _save(request, work) if request.method == "POST" else _page(request, work)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("official")
def row(request: HttpRequest, uid: UUID, key: str, index: int) -> HttpResponseBase:
    """One row to edit; the number behind the last is a new one."""
    work = work_of(request, uid, key, index)
    return _save(request, work) if request.method == "POST" else _page(request, work)


@require_POST
@audience("official")
def arrange(request: HttpRequest, uid: UUID, key: str, index: int) -> HttpResponse:
    """Move a row up or down, copy it, take it away."""
    work = work_of(request, uid, key, index)
    verb = request.POST.get("verb", "")
    rows = rows_of(work.found.document, work.section.rows)
    if work.is_new or verb not in {"up", "down", "remove", "copy"}:
        raise NotFound
    changed = _arranged(rows, index, verb)
    services.change_draft(
        actor=actor_of_request(request),
        uid=uid,
        revision=revision_in(request),
        place=work.section.rows,
        value=changed,
    )
    if verb == "remove":
        messages.success(request, _("Đã xoá dòng. Bấm Hoàn tác để lấy lại."))
    return redirect("procedure_editor:section", uid=uid, key=key)


def _arranged(rows: list[dict[str, Any]], index: int, verb: str) -> list[dict[str, Any]]:
    if verb == "remove":
        return [row for number, row in enumerate(rows) if number != index]
    if verb == "copy":
        copied = dict(rows[index])
        if "id" in copied:
            copied["id"] = f"{copied['id']}_2"[:40]
        return [*rows[: index + 1], copied, *rows[index + 1 :]]
    return moved(rows, index, -1 if verb == "up" else 1)


def _table(request: HttpRequest, work: Work) -> HttpResponse:
    whole = [f for f in work.faults if f.section == work.section.key and f.row is None]
    more = {
        "section": work.section,
        "title": said(work.section.title),
        "lead": said(work.section.lead),
        "rows": table_of(work.section, work.found.document, work.faults, work.lists),
        "faults": [said(fault.problem.message) for fault in whole],
        "count": len(rows_of(work.found.document, work.section.rows)),
        "notes": notes_of(work.found, work.section.key),
        **aside_of(work.section.key, work.found, request.GET),
    }
    return show(request, "rows", work.found, work.faults, work.section.key, more)


def _page(
    request: HttpRequest,
    work: Work,
    typed: Typed | None = None,
    errors: Mapping[str, Bilingual] | None = None,
    moved_text: str = "",
) -> HttpResponse:
    mine = [
        fault
        for fault in work.faults
        if fault.section == work.section.key and (work.index is None or fault.row == work.index)
    ]
    found = dict(errors or {})
    if typed is None:
        typed = typed_of(work.section.specs, work.target)
        found = {} if work.is_new else faults_by_control(work.section.specs, mine)
    more = {
        "section": work.section,
        "title": said(work.section.title),
        "lead": said(work.section.lead),
        "index": work.index,
        "is_new": work.is_new,
        "controls": controls(work.section.specs, typed, found, work.found.document, work.lists),
        "errors": {name: said(text) for name, text in (errors or {}).items()},
        "bases": [r.get("document", "") for r in rows_of(work.found.document, "legal_bases")],
        "moved": moved_text,
        "notes": notes_of(work.found, work.section.key),
        "asked_field": _named_field(work),
        **aside_of(work.section.key, work.found, request.GET),
    }
    status = 409 if moved_text else 422 if errors else 200
    return show(request, "facts", work.found, work.faults, work.section.key, more, status)


def _named_field(work: Work) -> str | None:
    """The field the source names, offered for the city's list; None on other pages."""
    if work.section.key != "general" or not work.found.editable:
        return None
    named = (row["raw"] for row in work.found.row.notes if row["place"] == "field")
    return next(named, "")


def _save(request: HttpRequest, work: Work) -> HttpResponseBase:
    """Take what was typed; nothing is lost when it is wrong or somebody was faster."""
    quiet = request.POST.get("autosave") == "1"
    typed = read_typed(work.section.specs, request.POST)
    value, errors = apply_typed(work.section.specs, typed, work.target, work.offered())
    if errors:
        return _refused(errors) if quiet else _page(request, work, typed, errors)
    try:
        saved = services.edit_draft(
            actor=actor_of_request(request),
            uid=work.found.row.uid,
            revision=revision_in(request),
            place=work.section.key if work.index is None else f"{work.section.rows}/{work.index}",
            within=work.section.rows,
            change=_change(work, value, typed),
        )
    except (DraftMoved, DraftClosed) as error:
        words = f"{said(error.text())} {said(error.what_to_do())}"
        return (
            _refused({"": error.text()}, 409) if quiet else _page(request, work, typed, {}, words)
        )
    if quiet:
        text = _("Đã lưu lúc %(time)s") % {"time": f"{local_now():%H:%M}"}
        return JsonResponse({"revision": saved.revision, "text": text})
    messages.success(request, _("Đã lưu."))
    return redirect("procedure_editor:section", uid=work.found.row.uid, key=work.section.key)


def _change(work: Work, value: Document, typed: Typed) -> Any:
    """The change as made to whatever is newest: only this page's facts, or only this row."""

    def change(document: Document) -> Document:
        if work.index is None:
            return apply_typed(work.section.specs, typed, document, work.offered())[0]
        rows = list(document.get(work.section.rows) or [])
        rows[work.index : work.index + 1] = [value]
        return {**document, work.section.rows: rows}

    return change


def _refused(errors: Mapping[str, Bilingual], status: int = 422) -> JsonResponse:
    fields = {name: said(text) for name, text in errors.items()}
    return JsonResponse(
        {"errors": fields, "text": _("Chưa lưu: còn mục chưa đúng.")}, status=status
    )
