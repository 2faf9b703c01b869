"""What the templates of a screen need to know about each field, in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.html import format_html
from django.utils.translation import gettext as _

from motcua.casework.forms.rules.definition import Answers, Field
from motcua.casework.forms.rules.prefilling import Provenance
from motcua.casework.forms.rules.settling import is_empty
from motcua.casework.forms.rules.typing import read_date, show, write_out
from motcua.foundation.errors import Bilingual

Choices = Sequence[tuple[str, Bilingual]]

_INPUT: Final[Mapping[str, Mapping[str, str]]] = {
    "email": {"type": "email", "inputmode": "email", "autocomplete": "email"},
    "phone": {"type": "tel", "inputmode": "tel", "autocomplete": "tel"},
    "identity": {"type": "text", "inputmode": "numeric"},
    "money": {"type": "text", "inputmode": "numeric"},
    "number": {"type": "text", "inputmode": "numeric"},
    "date": {"type": "date"},
}
_SHORT: Final = frozenset({"number", "date", "identity", "phone", "money"})


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file already attached to a file field."""

    uid: str
    name: str
    size_text: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a screen is drawn with besides the form and the answers."""

    language: str = "vi"
    errors: Mapping[str, Bilingual] = field(default_factory=dict)
    origins: Mapping[str, Provenance] = field(default_factory=dict)
    options: Mapping[str, Choices] = field(default_factory=dict)
    files: Mapping[str, ShownFile] = field(default_factory=dict)


@dataclass(slots=True)
class FieldView:
    """One input with its words, ready for a template."""

    name: str
    widget: str
    label: str
    hint: str
    why: str
    value: Any
    error: str
    optional: bool
    origin: str
    type: str = "text"
    inputmode: str = ""
    autocomplete: str = ""
    width: str = ""
    unit: str = ""
    maxlength: Any = None
    accept: str = ""
    multiple: bool = False
    options: list[tuple[str, str, str]] = field(default_factory=list)
    empty: str | None = None
    parts: list[FieldView] = field(default_factory=list)
    rows: list[RowView] = field(default_factory=list)
    files: list[ShownFile] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a repeat."""

    number: int
    index: int
    parts: list[FieldView]


def view_of(
    item: Field, place: str, value: Any, around: Surroundings, *, required: bool
) -> FieldView:
    """The view of one field, or of one part of a row or address, at its place."""
    said = around.language
    error = around.errors.get(place)
    shown = FieldView(
        name=place,
        widget=item.widget,
        label=item.label.in_language(said),
        hint=item.hint.in_language(said),
        why=item.why.in_language(said),
        value=write_out(item, value) if not isinstance(value, (list, dict)) else value,
        error=error.in_language(said) if error else "",
        optional=not required,
        origin=_origin(around.origins.get(place), value, said),
        width="medium" if item.widget in _SHORT else "",
        unit=item.unit.in_language(said),
        maxlength=item.schema.get("maxLength") if item.kind == "string" else None,
        accept=item.accept or "image/*,application/pdf",
        multiple=item.widget == "file" and item.schema.get("maxItems") != 1,
    )
    _describe_input(shown, item, value)
    _describe_inside(shown, item, value, around)
    return shown


def _describe_input(shown: FieldView, item: Field, value: Any) -> None:
    given = _INPUT.get(item.widget, {})
    shown.type = given.get("type", "text")
    shown.inputmode = given.get("inputmode", "")
    shown.autocomplete = item.autocomplete or given.get("autocomplete", "")
    if item.widget == "number" and item.kind == "number":
        shown.inputmode = "decimal"
    if item.widget == "date" and value and read_date(str(value)) != value:
        # A native date box drops what is no date; the typed text must come back.
        shown.type = "text"
    if item.widget == "money" and not shown.unit:
        shown.unit = "đ"


def _describe_inside(shown: FieldView, item: Field, value: Any, around: Surroundings) -> None:
    if item.options or item.options_from:
        shown.options = _options(item, around)
        shown.empty = _("– Chọn –") if item.widget == "select" else None
    if item.widget == "file":
        shown.files = [
            around.files.get(uid) or ShownFile(uid, uid)
            for uid in value or []
            if isinstance(uid, str)
        ]
    if item.widget == "address":
        shown.parts = _parts(item, shown.name, value, around)
    if item.widget == "repeat":
        rows = value if isinstance(value, list) else []
        missing = int(item.schema.get("minItems", 0)) - len(rows)
        shown.rows = [
            RowView(n + 1, n, _parts(item, f"{shown.name}.{n}", row, around))
            for n, row in enumerate([*rows, *([{}] * max(missing, 0))])
        ]


def _parts(item: Field, place: str, value: Any, around: Surroundings) -> list[FieldView]:
    inside = value if isinstance(value, dict) else {}
    return [
        view_of(part, f"{place}.{part.id}", inside.get(part.id), around, required=part.required)
        for part in item.parts
    ]


def _options(item: Field, around: Surroundings) -> list[tuple[str, str, str]]:
    said = around.language
    own = [(o.value, o.label.in_language(said), o.hint.in_language(said)) for o in item.options]
    given = around.options.get(item.options_from, ())
    return own + [(value, label.in_language(said), "") for value, label in given]


def _origin(origin: Provenance | None, value: Any, language: str) -> str:
    if origin is None or origin.value != value:
        return ""
    text = origin.origin.in_language(language)
    if not origin.correct_at:
        return text
    link = '{} (<a href="{}">{}</a>)'
    return format_html(link, text, origin.correct_at, _("đề nghị sửa ở nguồn"))


def calculated_text(item: Field, answers: Answers) -> str:
    """What stands for a field nobody types in."""
    value = answers.get(item.id)
    return "" if is_empty(value) else show(item, value)
