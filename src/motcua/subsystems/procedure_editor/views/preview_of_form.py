"""The form of a draft drawn by the real renderer, and the list of what is in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from motcua.casework.agencies.public import Agency, agencies_as_of
from motcua.casework.forms.public import BrokenForm, compile_form, render_step
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import today
from motcua.subsystems.procedure_editor.rules.documents import Document, as_map, as_rows
from motcua.subsystems.procedure_editor.rules.finding import Fault
from motcua.subsystems.procedure_editor.rules.form_edits import WIDGETS, entry_id
from motcua.subsystems.procedure_editor.showing import said

_NAMES = dict(WIDGETS)


@dataclass(frozen=True, slots=True)
class Preview:
    """A step as a citizen sees it, or why it cannot be drawn."""

    html: SafeString = field(default_factory=SafeString)
    problems: tuple[str, ...] = ()


def choices() -> dict[str, list[tuple[str, str]]]:
    """The lists that a form of the one-stop shop may take its choices from."""
    rows = agencies_as_of(today()).filter(kind=Agency.Kind.COMMITTEE).exclude(commune_code="")
    named = rows.order_by("place_name", "name").values_list("commune_code", "place_name", "name")
    return {"communes": [(code, place or name) for code, place, name in named]}


def drawn_step(request: HttpRequest, form: Document, step: str) -> Preview:
    """One step of the form, empty."""
    try:
        definition = compile_form(form)
    except BrokenForm as error:
        return Preview(problems=tuple(f"{p.path}: {said(p.message)}" for p in error.problems[:8]))
    if definition.step(step) is None:
        return Preview()
    offered: Any = {
        name: [(value, Bilingual(text, text)) for value, text in rows]
        for name, rows in choices().items()
    }
    html = render_step(definition, step, {}, request=request, today=today(), options=offered)
    return Preview(html)


def builder_steps(form: Document, faults: tuple[Fault, ...]) -> list[dict[str, Any]]:
    """The steps and questions for the builder, each with its faults."""
    fields = as_map(form.get("fields"))
    required = set(as_map(form.get("schema")).get("required", ()))
    steps = as_rows(form.get("steps"))
    result: list[dict[str, Any]] = []
    for number, step in enumerate(steps):
        names = [entry_id(entry) for entry in step.get("fields", ())]
        rows = [_question(name, as_map(fields.get(name)), required, faults) for name in names]
        title = as_map(step.get("title"))
        result.append(
            {
                "id": str(step.get("id") or ""),
                "number": number,
                "number_text": str(number),
                "title": said(Bilingual(str(title.get("vi", "")), str(title.get("en", "")))),
                "visible": step.get("visible", ""),
                "fields": rows,
                "first": number == 0,
                "last": number == len(steps) - 1,
            }
        )
    return result


def _question(
    name: str, words: Document, required: set[str], faults: tuple[Fault, ...]
) -> dict[str, Any]:
    label = as_map(words.get("label"))
    place = f"form/fields/{name}"
    mine = [f for f in faults if f.problem.place.split(" ")[0].startswith((place + "/", place))]
    return {
        "name": name,
        "label": said(Bilingual(str(label.get("vi", name)), str(label.get("en", name)))),
        "widget": said(_NAMES.get(str(words.get("widget")))) or str(words.get("widget", "")),
        "required": name in required,
        "conditional": bool(words.get("visible")),
        "faults": [said(f.problem.message) for f in mine],
    }
