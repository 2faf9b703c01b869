"""A step of a form as accessible HTML: one fragment, to stand on any page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.casework.forms.browser_spec import browser_spec
from motcua.casework.forms.rules.definition import Answers, Field, FormDefinition, Step
from motcua.casework.forms.rules.prefilling import Provenance
from motcua.casework.forms.rules.reading import summary
from motcua.casework.forms.rules.settling import (
    Context,
    Settled,
    is_empty,
    is_required,
    settle,
    steps_shown,
)
from motcua.casework.forms.views_of_fields import (
    Choices,
    FieldView,
    ShownFile,
    Surroundings,
    calculated_text,
    view_of,
)
from motcua.foundation.errors import Bilingual, NotFound
from motcua.foundation.timesource import local_now


@dataclass(frozen=True, slots=True)
class DrawnField:
    """A field's place on the screen: its HTML, and whether it is hidden for now."""

    id: str
    html: SafeString
    hidden: bool
    section: str


def render_step(
    definition: FormDefinition,
    step_id: str,
    answers: Answers,
    *,
    request: HttpRequest,
    today: dt.date,
    action: str = "",
    autosave: str = "",
    revision: int = 0,
    errors: Mapping[str, Bilingual] | None = None,
    note: Bilingual | None = None,
    origins: Mapping[str, Provenance] | None = None,
    options: Mapping[str, Choices] | None = None,
    files: Mapping[str, ShownFile] | None = None,
    context: Context | None = None,
    further: Sequence[str] = (),
) -> SafeString:
    """The whole ``<form>`` of one step, in the active language.

    Works without JavaScript; ``forms.js`` adds live branching and saving as one types.

    Args:
        action: address to post to; "" posts to the page's own address.
        autosave: address that takes the same data and answers with JSON
            (:func:`autosave_reply`); "" saves only with the buttons.
        revision: of the draft, so that a second window is noticed.
        errors: from :func:`take_screen`, by place.
        options: choices by the name in ``options_from``.
        files: what is attached, by the uid that stands in the answers.
        further: titles of the caller's own screens after the last step.

    Raises:
        NotFound: the form has no such step.
    """
    step = definition.step(step_id)
    if step is None:
        raise NotFound
    language = get_language() or "vi"
    around = Surroundings(language, errors or {}, origins or {}, options or {}, files or {})
    settled = settle(definition, answers, today=today, context=context)
    failing = frozenset(place.split(".")[0] for place in around.errors)
    drawn = list(_draw(_Sheet(definition, answers, settled, around, failing), step))
    shown_steps = steps_shown(definition, settled)
    return _safe(
        "forms/step.html",
        {
            "csrf_token": get_token(request),
            "form": definition,
            "step": step,
            "title": step.title.in_language(language),
            "hint": step.hint.in_language(language),
            "titles": [*(shown.title.in_language(language) for shown in shown_steps), *further],
            "current": _number(shown_steps, step),
            "is_first": bool(shown_steps) and shown_steps[0].id == step.id,
            "fields": drawn,
            "shown": " ".join(sorted(settled.shown.intersection(step.fields))),
            "errors": {place: e.in_language(language) for place, e in around.errors.items()},
            "note": note.in_language(language) if note else "",
            "action": action,
            "autosave": autosave,
            "revision": revision,
            "has_files": any(definition.fields[f].widget == "file" for f in step.fields),
            "spec": browser_spec(definition, step, settled, language),
        },
    )


def render_fields(
    definition: FormDefinition,
    names: Sequence[str],
    answers: Answers,
    *,
    today: dt.date,
    errors: Mapping[str, Bilingual] | None = None,
    options: Mapping[str, Choices] | None = None,
    context: Context | None = None,
) -> list[DrawnField]:
    """Single questions for a screen of the caller's own, each ready to stand in its ``<form>``."""
    around = Surroundings(get_language() or "vi", errors or {}, {}, options or {}, {})
    settled = settle(definition, answers, today=today, context=context)
    failing = frozenset(place.split(".")[0] for place in around.errors)
    sheet = _Sheet(definition, answers, settled, around, failing)
    return [
        DrawnField(name, _field_html(sheet, definition.fields[name]), hidden=False, section="")
        for name in names
    ]


def _number(steps: tuple[Step, ...], step: Step) -> int:
    return next((n for n, shown in enumerate(steps, 1) if shown.id == step.id), 0)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What every field of a screen is drawn from."""

    definition: FormDefinition
    answers: Answers
    settled: Settled
    around: Surroundings
    failing: frozenset[str]


def _draw(sheet: _Sheet, step: Step) -> Iterator[DrawnField]:
    section = ""
    for name in step.fields:
        item = sheet.definition.fields[name]
        hidden = name not in sheet.settled.shown
        heading = item.section.in_language(sheet.around.language)
        new_heading = heading if heading != section and not hidden else ""
        section = heading if not hidden else section
        yield DrawnField(name, _field_html(sheet, item), hidden, new_heading)


def _field_html(sheet: _Sheet, item: Field) -> SafeString:
    if item.calculated:
        shown = view_of(item, item.id, None, sheet.around, required=True)
        return _fill("forms/calculated.html", shown, calculated_text(item, sheet.settled.answers))
    required = is_required(item, sheet.settled)
    value = sheet.answers.get(item.id)
    same_for_all = is_empty(value) and not item.options_from and not item.parts
    if same_for_all and item.id not in sheet.failing:
        key = (sheet.definition.checksum, item.id, sheet.around.language, required)
        return _blank(key, _Held(item))
    return _fill("forms/field.html", view_of(item, item.id, value, sheet.around, required=required))


class _Held:
    """Carries a field past the cache's key: checksum and id already tell it."""

    __slots__ = ("item",)

    def __init__(self, item: Field) -> None:
        self.item = item

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=4_096)
def _blank(key: tuple[str, str, str, bool], held: _Held) -> SafeString:
    """An unanswered field looks the same for everybody: drawn once, kept by form version."""
    _checksum, field_id, language, required = key
    return _fill(
        "forms/field.html",
        view_of(held.item, field_id, None, Surroundings(language), required=required),
    )


def _fill(template: str, shown: FieldView, text: str = "") -> SafeString:
    return _safe(template, {"f": shown, "text": text})


def _safe(template: str, data: dict[str, Any]) -> SafeString:
    # What a template of ours renders is escaped already; the stubs only promise a str.
    return mark_safe(get_template(template).render(data))  # noqa: S308


def render_summary(
    definition: FormDefinition,
    answers: Answers,
    *,
    today: dt.date,
    change_url: str = "",
    options: Mapping[str, Choices] | None = None,
    context: Context | None = None,
) -> SafeString:
    """The answers for reading, grouped by step, in the active language.

    Args:
        change_url: address of a step's screen with ``{step}`` in it; "" draws no links.
    """
    language = get_language() or "vi"
    settled = settle(definition, answers, today=today, context=context)
    texts = {name: dict(choices) for name, choices in (options or {}).items()}
    rows = summary(definition, settled, texts)
    groups = [
        {
            "step": step.id,
            "title": step.title.in_language(language),
            "change_url": change_url.replace("{step}", step.id),
            "rows": [
                (row.label.in_language(language), _lines(row.text.in_language(language)))
                for row in rows
                if row.step == step.id
            ],
        }
        for step in steps_shown(definition, settled)
    ]
    return _safe("forms/summary.html", {"groups": groups})


def _lines(text: str) -> SafeString:
    if not text:
        return format_html('<span class="muted">{}</span>', _("Không trả lời"))
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in text.split("\n")))


def autosave_reply(revision: int) -> dict[str, Any]:
    """The JSON that ``forms.js`` expects after a draft was saved as one types."""
    return {
        "revision": revision,
        "text": _("Đã lưu lúc %(time)s") % {"time": f"{local_now():%H:%M}"},
    }
