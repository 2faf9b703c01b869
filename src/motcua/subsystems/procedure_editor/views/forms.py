"""The visual builder of the e-form: steps, questions, the preview beside them, the raw document."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.casework.access.public import audience
from motcua.foundation.errors import Bilingual, NotFound
from motcua.foundation.timesource import local_now
from motcua.subsystems.procedure_editor import services
from motcua.subsystems.procedure_editor.errors import DraftClosed, DraftMoved
from motcua.subsystems.procedure_editor.rules import form_edits
from motcua.subsystems.procedure_editor.rules.documents import (
    Document,
    as_map,
    as_rows,
    checksum,
)
from motcua.subsystems.procedure_editor.rules.finding import Fault
from motcua.subsystems.procedure_editor.rules.specs import STEP, Spec, specs_for_widget
from motcua.subsystems.procedure_editor.rules.typed import (
    Fault as TypingFault,
)
from motcua.subsystems.procedure_editor.rules.typed import (
    Typed,
    apply_typed,
    read_json,
    read_typed,
    typed_of,
)
from motcua.subsystems.procedure_editor.selectors import OpenDraft
from motcua.subsystems.procedure_editor.showing import choices_for, controls, lists_of, said
from motcua.subsystems.procedure_editor.views.opening import (
    actor_of_request,
    opened,
    revision_in,
    show,
)
from motcua.subsystems.procedure_editor.views.preview_of_form import builder_steps, drawn_step


@require_safe
@audience("official")
def form(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The steps with their questions, and the chosen step as a citizen sees it."""
    found, faults = opened(request, uid)
    document = as_map(found.document.get("form"))
    steps = builder_steps(document, faults)
    wanted = request.GET.get("buoc", "")
    current = next((s for s in steps if s["id"] == wanted), steps[0] if steps else None)
    more = {
        "steps": steps,
        "current": current,
        "widgets": [(value, said(text)) for value, text in form_edits.WIDGETS],
        "faults": [said(f.problem.message) for f in faults if f.section == "form"],
        "preview": drawn_step(request, document, current["id"] if current else ""),
    }
    return show(request, "form", found, faults, "form", more)


@require_POST
@audience("official")
def arrange(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One change of the order: add, move, remove a step or a question."""
    edit = _edit_of(request)
    saved = services.edit_draft(
        actor=actor_of_request(request),
        uid=uid,
        revision=revision_in(request),
        place="form",
        within="form",
        change=lambda document: {**document, "form": edit(as_map(document.get("form")))},
    )
    step = request.POST.get("current", "")
    del saved
    address = request.path.removesuffix("sap-xep/")
    return redirect(f"{address}?buoc={step}" if step.replace("_", "").isalnum() else address)


def _edit_of(request: HttpRequest) -> Callable[[Document], Document]:
    """The change a button means: ``verb:what``. Raises ``NotFound`` for one there is not."""
    verb, _colon, what = request.POST.get("do", "").partition(":")
    number = int(what) if what.isdecimal() and len(what) < 4 else 0
    label = {"vi": request.POST.get("vi", "").strip(), "en": request.POST.get("en", "").strip()}
    label = {"vi": label["vi"] or _("Câu hỏi mới"), "en": label["en"] or label["vi"] or "New"}
    widget = request.POST.get("widget", "text")
    known = widget in {value for value, _text in form_edits.WIDGETS}
    edits: dict[str, Callable[[Document], Document]] = {
        "add_step": lambda form: form_edits.add_step(form, label),
        "add_field": lambda form: form_edits.add_field(form, number, widget, label),
        "remove_step": lambda form: form_edits.remove_step(form, number),
        "step_up": lambda form: form_edits.move_step(form, number, -1),
        "step_down": lambda form: form_edits.move_step(form, number, 1),
        "remove": lambda form: form_edits.remove_field(form, what),
        "up": lambda form: form_edits.move_field(form, what, -1),
        "down": lambda form: form_edits.move_field(form, what, 1),
    }
    if verb not in edits or not known:
        raise NotFound
    return edits[verb]


@require_http_methods(["GET", "HEAD", "POST"])
@audience("official")
def field(request: HttpRequest, uid: UUID, question: str) -> HttpResponseBase:
    """One question: its words, its choices, its conditions, with the preview beside it."""
    found, faults = opened(request, uid)
    document = as_map(found.document.get("form"))
    if question not in as_map(document.get("fields")):
        raise NotFound
    facts = form_edits.facts_of_field(document, question)
    page = _Asked(
        request, found, faults, "field", question, specs_for_widget(facts["widget"]), facts
    )
    if request.method == "POST":
        return page.save(lambda form, value: form_edits.with_field(form, question, value))
    return page.draw()


@require_http_methods(["GET", "HEAD", "POST"])
@audience("official")
def step(request: HttpRequest, uid: UUID, number: int) -> HttpResponseBase:
    """One step: its title, its lead, when it is shown."""
    found, faults = opened(request, uid)
    steps = as_rows(as_map(found.document.get("form")).get("steps"))
    if number >= len(steps):
        raise NotFound
    page = _Asked(request, found, faults, "step", str(number), STEP.specs, steps[number])

    def change(form: Document, value: Document) -> Document:
        rows = as_rows(form.get("steps"))
        facts = {key: value[key] for key in ("title", "hint", "visible") if key in value}
        kept = {k: v for k, v in rows[number].items() if k not in {"hint", "visible"}}
        return {**form, "steps": [*rows[:number], kept | facts, *rows[number + 1 :]]}

    return page.save(change) if request.method == "POST" else page.draw()


class _Asked:
    """The page of a question or a step: drawn, taken, saved."""

    def __init__(
        self,
        request: HttpRequest,
        found: OpenDraft,
        faults: tuple[Fault, ...],
        kind: str,
        name: str,
        specs: tuple[Spec, ...],
        facts: Document,
    ) -> None:
        self.request, self.found, self.faults = request, found, faults
        self.kind, self.name, self.specs, self.facts = kind, name, specs, facts
        self.lists = lists_of(found.document)

    def draw(
        self,
        typed: Typed | None = None,
        errors: Mapping[str, Bilingual] | None = None,
        moved: str = "",
    ) -> HttpResponse:
        form = as_map(self.found.document.get("form"))
        typed = typed_of(self.specs, self.facts) if typed is None else typed
        place = f"fields/{self.name}" if self.kind == "field" else f"steps/{self.name}"
        mine = [f for f in self.faults if f.problem.place.startswith(f"form/{place}")]
        more = {
            "kind": self.kind,
            "name": self.name,
            "label": said(_label(self.facts)),
            "controls": controls(self.specs, typed, errors or {}, self.found.document, self.lists),
            "errors": {name: said(text) for name, text in (errors or {}).items()},
            "faults": [said(f.problem.message) for f in mine],
            "moved": moved,
            "step_id": _step_of(form, self.kind, self.name),
            "preview": drawn_step(self.request, form, _step_of(form, self.kind, self.name)),
        }
        status = 409 if moved else 422 if errors else 200
        return show(self.request, "question", self.found, self.faults, "form", more, status)

    def save(self, change: Callable[[Document, Document], Document]) -> HttpResponseBase:
        quiet = self.request.POST.get("autosave") == "1"
        typed = read_typed(self.specs, self.request.POST)
        offered = {
            s.key: [value for value, _text in choices_for(s, self.found.document, self.lists)]
            for s in self.specs
            if s.kind in {"select", "checks"}
        }
        value, errors = apply_typed(self.specs, typed, self.facts, offered)
        if self.request.POST.get("preview") == "1":
            return self._preview(change, self.facts if errors else value)
        if errors and quiet:
            return JsonResponse({"text": _("Chưa lưu: còn mục chưa đúng.")}, status=422)
        if errors:
            return self.draw(typed, errors)
        return self._keep(change, value, typed, quiet=quiet)

    def _keep(
        self,
        change: Callable[[Document, Document], Document],
        value: Document,
        typed: Typed,
        *,
        quiet: bool,
    ) -> HttpResponseBase:
        try:
            saved = services.edit_draft(
                actor=actor_of_request(self.request),
                uid=self.found.row.uid,
                revision=revision_in(self.request),
                place=f"form/{self.kind}s/{self.name}",
                within="form",
                change=lambda whole: {**whole, "form": change(as_map(whole["form"]), value)},
            )
        except (DraftMoved, DraftClosed) as error:
            words = f"{said(error.text())} {said(error.what_to_do())}"
            if quiet:
                return JsonResponse({"errors": {"": words}, "text": ""}, status=409)
            return self.draw(typed, {}, words)
        if quiet:
            text = _("Đã lưu lúc %(time)s") % {"time": f"{local_now():%H:%M}"}
            return JsonResponse({"revision": saved.revision, "text": text})
        messages.success(self.request, _("Đã lưu."))
        same = value.get("widget") == self.facts.get("widget")
        # Another way of answering asks other facts: they are shown at once.
        return (
            redirect("procedure_editor:form", self.found.row.uid)
            if same
            else redirect(self.request.path)
        )

    def _preview(
        self, change: Callable[[Document, Document], Document], value: Document
    ) -> HttpResponse:
        """The step with what is typed so far; nothing is kept."""
        form = change(as_map(self.found.document.get("form")), value)
        drawn = drawn_step(self.request, form, _step_of(form, self.kind, self.name))
        return render(self.request, "procedure_editor/form_preview.html", {"preview": drawn})


def _label(facts: Document) -> Bilingual:
    pair = as_map(facts.get("label") or facts.get("title"))
    return Bilingual(str(pair.get("vi", "")), str(pair.get("en", "")))


def _step_of(form: Document, kind: str, name: str) -> str:
    """The id of the step a question stands in."""
    steps = as_rows(form.get("steps"))
    if kind == "step":
        return str(steps[int(name)].get("id", "")) if int(name) < len(steps) else ""
    for row in steps:
        if name in [form_edits.entry_id(entry) for entry in row.get("fields", ())]:
            return str(row.get("id", ""))
    return ""


@require_http_methods(["GET", "HEAD", "POST"])
@audience("official")
def raw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The form as its document, for experts; a fault names its line."""
    found, faults = opened(request, uid)
    document = found.document.get("form")
    text = json.dumps(document, ensure_ascii=False, indent=2)
    error = ""
    if request.method == "POST":
        text = request.POST.get("text", "").replace("\r\n", "\n")
        try:
            _save_raw(request, uid, text)
        except TypingFault as fault:
            error = said(fault.text)
        except DraftMoved as moved:
            error = f"{said(moved.text())} {said(moved.what_to_do())}"
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("procedure_editor:form_raw", uid=uid)
    more = {
        "text": text,
        "error": error,
        "faults": [
            (f.problem.place, said(f.problem.message)) for f in faults if f.section == "form"
        ],
        "checksum": checksum(document)[:12],
    }
    return show(request, "form_raw", found, faults, "form", more, 422 if error else 200)


def _save_raw(request: HttpRequest, uid: UUID, text: str) -> None:
    value: Any = read_json(text)
    if not isinstance(value, dict):
        raise TypingFault(Bilingual("Phải là một đối tượng JSON.", "It must be a JSON object."))
    services.change_draft(
        actor=actor_of_request(request),
        uid=uid,
        revision=revision_in(request),
        place="form",
        value=value,
    )
