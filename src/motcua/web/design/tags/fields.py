"""Form fields: label above, hint, the reason it is asked, the error at the field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from motcua.web.design.tags.basics import attributes

register = template.Library()

# Drawn as a fieldset, on which aria-invalid has no meaning.
GROUPS = frozenset({"choices", "date"})

Choices = Iterable[Sequence[Any] | Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    text: str
    hint: str
    chosen: bool
    id: str


def control_id(name: str) -> str:
    """The id of a control, as Django forms make it; error summaries link to it."""
    return f"id_{name}"


def messages_of(error: Any) -> list[str]:
    """One text, a list of texts or a Django ErrorList as a plain list."""
    if not error:
        return []
    return [str(error)] if isinstance(error, str) else [str(item) for item in error]


def choices_of(options: Choices, value: Any, identity: str) -> list[Choice]:
    """Options as ``(value, text)``, ``(value, text, hint)`` or mappings with these keys."""
    several = isinstance(value, (list, tuple, set, frozenset))
    chosen = {str(v) for v in (value if several else [value]) if v is not None}
    result: list[Choice] = []
    for number, option in enumerate(options):
        if isinstance(option, Mapping):
            code, text, hint = option["value"], option["text"], option.get("hint", "")
        else:
            code, text, hint = (*option, "")[:3]
        identifier = identity if number == 0 else f"{identity}_{number}"
        result.append(Choice(str(code), str(text), str(hint), str(code) in chosen, identifier))
    return result


def _frame(name: str, label: str, options: dict[str, Any]) -> dict[str, Any]:
    """What every field template needs; what is left in ``options`` becomes attributes."""
    identity = options.pop("id", "") or control_id(name)
    hint, errors = options.pop("hint", ""), messages_of(options.pop("error", ""))
    described = [f"{identity}-hint"] if hint else []
    described += [f"{identity}-error"] if errors else []
    return {
        "name": name,
        "id": identity,
        "label": label,
        "hint": hint,
        "errors": errors,
        "why": options.pop("why", ""),
        "origin": options.pop("origin", ""),
        "optional": options.pop("optional", False),
        "width": options.pop("width", ""),
        "css": options.pop("css", ""),
        "described_by": " ".join(described),
    }


def _render(kind: str, frame: dict[str, Any], extra: dict[str, Any]) -> SafeString:
    if frame["described_by"]:
        extra["aria_describedby"] = frame["described_by"]
    if frame["errors"] and kind not in GROUPS:
        extra["aria_invalid"] = "true"
    return render_to_string(f"design/fields/{kind}.html", {**frame, "attrs": attributes(extra)})


@register.simple_block_tag
def field(content: str, name: str, label: str, **options: Any) -> SafeString:
    """A frame around a control of your own; the control's id must be ``id_<name>``."""
    return render_to_string(
        "design/fields/any.html", {**_frame(name, label, options), "control": content}
    )


@register.simple_tag
def text_field(
    name: str, label: str, value: Any = "", type: str = "text", **options: Any
) -> SafeString:
    """One line of text. Options: hint, why, error, optional, origin, width, and attributes.

    ``width``: "", "short", "medium"; ``origin`` says where a prefilled value comes from.
    Common attributes: inputmode, autocomplete, maxlength, placeholder (rarely), required.
    """
    frame = _frame(name, label, options)
    return _render(
        "text", {**frame, "value": "" if value is None else value, "type": type}, options
    )


@register.simple_tag
def number_field(
    name: str, label: str, value: Any = "", unit: str = "", decimal: bool = False, **options: Any
) -> SafeString:
    """A number typed on a numeric keypad; ``unit`` stands behind it (đồng, m²)."""
    frame = _frame(name, label, options)
    options.setdefault("inputmode", "decimal" if decimal else "numeric")
    options.setdefault("autocomplete", "off")
    shown = "" if value is None else value
    return _render("text", {**frame, "value": shown, "type": "text", "unit": unit}, options)


@register.simple_tag
def textarea_field(
    name: str, label: str, value: Any = "", rows: int = 4, **options: Any
) -> SafeString:
    """Several lines of text."""
    frame = _frame(name, label, options)
    return _render("textarea", {**frame, "value": value or "", "rows": rows}, options)


@register.simple_tag
def select_field(
    name: str,
    label: str,
    options: Choices,
    value: Any = None,
    empty: str | None = None,
    **settings: Any,
) -> SafeString:
    """A drop-down. ``empty`` is the text of the empty first choice; None leaves it out."""
    frame = _frame(name, label, settings)
    chosen = choices_of(options, value, frame["id"])
    return _render("select", {**frame, "choices": chosen, "empty": empty}, settings)


@register.simple_tag
def radio_field(
    name: str,
    label: str,
    options: Choices,
    value: Any = None,
    inline: bool = False,
    **settings: Any,
) -> SafeString:
    """One choice of a few, all visible."""
    frame = _frame(name, label, settings)
    chosen = choices_of(options, value, frame["id"])
    return _render(
        "choices", {**frame, "choices": chosen, "type": "radio", "inline": inline}, settings
    )


@register.simple_tag
def checkboxes_field(
    name: str, label: str, options: Choices, value: Any = (), inline: bool = False, **settings: Any
) -> SafeString:
    """Any number of choices; ``value`` is a list."""
    frame = _frame(name, label, settings)
    chosen = choices_of(options, value, frame["id"])
    return _render(
        "choices", {**frame, "choices": chosen, "type": "checkbox", "inline": inline}, settings
    )


@register.simple_tag
def checkbox_field(
    name: str, label: str, checked: Any = False, value: str = "on", **options: Any
) -> SafeString:
    """A single yes/no box with its sentence beside it."""
    frame = _frame(name, label, options)
    return _render("checkbox", {**frame, "value": value, "checked": bool(checked)}, options)


@register.simple_tag
def date_field(name: str, label: str, value: Any = "", **options: Any) -> SafeString:
    """A date as three number fields: ``<name>_day``, ``<name>_month``, ``<name>_year``.

    ``value``: a date, an ISO text, or a mapping with day, month, year (what was typed).
    For near dates prefer ``text_field type="date"``.
    """
    frame = _frame(name, label, options)
    day, month, year = _date_parts(value)
    parts = [
        {"key": "day", "value": day, "size": 2},
        {"key": "month", "value": month, "size": 2},
        {"key": "year", "value": year, "size": 4},
    ]
    return _render("date", {**frame, "parts": parts}, options)


def _date_parts(value: Any) -> tuple[Any, Any, Any]:
    if isinstance(value, Mapping):
        return value.get("day", ""), value.get("month", ""), value.get("year", "")
    if hasattr(value, "year"):
        return value.day, value.month, value.year
    year, _, rest = str(value or "").partition("-")
    month, _, day = rest.partition("-")
    return day, month, year


@register.simple_tag
def file_field(
    name: str,
    label: str,
    *,
    accept: str = "image/*,application/pdf",
    multiple: bool = False,
    camera: bool = True,
    files: Iterable[Mapping[str, Any]] = (),
    **options: Any,
) -> SafeString:
    """A file picker. ``files`` lists what is already there: name, size_text, url, remove_url.

    Plain ``<input type=file>`` without JavaScript; with it shows name and size, a camera
    button on phones, and progress when the form carries ``data-upload``.
    """
    frame = _frame(name, label, options)
    return _render(
        "file",
        {**frame, "accept": accept, "multiple": multiple, "camera": camera, "files": list(files)},
        options,
    )


@register.simple_tag
def form_field(bound: BoundField, **options: Any) -> SafeString:
    """A field of a Django form drawn by this design system; options as for ``text_field``."""
    widget, name = bound.field.widget, bound.html_name
    options.setdefault("hint", bound.help_text)
    options.setdefault("error", bound.errors)
    options.setdefault("optional", not bound.field.required)
    options.setdefault("id", bound.auto_id)
    label, value = str(bound.label), bound.value()
    for kinds, tag in _MULTIPLE:
        if isinstance(widget, kinds):
            return tag(name, label, _plain(widget.choices), value, **options)
    if isinstance(widget, forms.CheckboxInput):
        return checkbox_field(name, label, value, **options)
    if isinstance(widget, forms.Textarea):
        return textarea_field(name, label, value, **options)
    if isinstance(widget, forms.FileInput):
        return file_field(name, label, multiple=widget.allow_multiple_selected, **options)
    kind = getattr(widget, "input_type", "text")
    if kind == "hidden":
        return format_html('<input type="hidden" name="{}" value="{}">', name, value or "")
    shown = "" if kind == "password" else widget.format_value(value)
    return text_field(name, label, shown, type=kind, **{**widget.attrs, **options})


_MULTIPLE = (
    (forms.CheckboxSelectMultiple, checkboxes_field),
    (forms.RadioSelect, radio_field),
    (forms.Select, select_field),
)


def _plain(choices: Any) -> list[tuple[Any, Any]]:
    return [(getattr(value, "value", value), text) for value, text in choices]
