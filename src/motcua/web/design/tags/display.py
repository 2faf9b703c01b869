"""Boxes, lists, tables and messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms, template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from motcua.web.design.tags.basics import attributes, icon
from motcua.web.design.tags.fields import messages_of

register = template.Library()

NOTICE_ICONS = {
    "info": "info",
    "success": "circle-check",
    "warning": "triangle-alert",
    "danger": "circle-alert",
    "turn": "hand",
}
TONES = frozenset({"neutral", "info", "success", "warning", "danger", "paused", "turn"})


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "", **extra: Any) -> SafeString:
    """A message on the page. ``kind``: info, success, warning, danger, turn (it is your turn)."""
    if kind not in NOTICE_ICONS:
        raise template.TemplateSyntaxError(f"notice kind {kind!r} is unknown")
    heading = format_html('<p class="notice-title">{}</p>', title) if title else ""
    return format_html(
        '<div class="notice notice-{}"{}>{}<div class="notice-body">{}{}</div></div>',
        kind,
        attributes(extra),
        icon(NOTICE_ICONS[kind]),
        heading,
        content,
    )


@register.simple_block_tag
def card(
    content: str,
    title: str = "",
    *,
    href: str = "",
    icon: str = "",
    level: int = 2,
    css: str = "",
    **extra: Any,
) -> SafeString:
    """A bordered box. With ``href`` the title is a link and the whole box answers to it."""
    return render_to_string(
        "design/card.html",
        {
            "content": content,
            "title": title,
            "href": href,
            "icon": icon,
            "level": level,
            "css": css,
            "attrs": attributes(extra),
        },
    )


@register.simple_tag
def tag(text: str, tone: str = "neutral", icon_name: str = "") -> SafeString:
    """A short word in a pill: state of a case, kind of a paper. Tones: see ``TONES``."""
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"tag tone {tone!r} is unknown")
    return format_html(
        '<span class="tag tag-{}">{}{}</span>', tone, icon(icon_name) if icon_name else "", text
    )


@register.simple_block_tag
def table(
    content: str, caption: str, show_caption: bool = False, css: str = "", **extra: Any
) -> SafeString:
    """A table that becomes cards at phone width.

    Write ``<thead>`` and ``<tbody>`` inside; give each cell ``data-label="…"``, numbers
    ``class="num"``, and the cell that names the row ``class="row-title"``.
    ``data_rows=True`` lets the keyboard walk the rows (j, k, arrows, Enter).
    """
    return format_html(
        '<div class="table-wrap"><table class="table {}"{}><caption{}>{}</caption>{}</table></div>',
        css,
        attributes(extra),
        "" if show_caption else format_html(' class="{}"', "sr-only"),
        caption,
        content,
    )


@register.simple_tag
def description_list(items: Iterable[Any], css: str = "") -> SafeString:
    """Label and value pairs: ``[(label, value), …]`` or ``(label, value, change_url)``."""
    rows: list[dict[str, Any]] = []
    for item in items:
        label, value, change = (*item, "")[:3]
        rows.append({"label": label, "value": value, "change": change})
    return render_to_string("design/description_list.html", {"rows": rows, "css": css})


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False, css: str = "") -> SafeString:
    """A fold: the reader opens it when wanted (the law, the small print)."""
    return format_html(
        '<details class="fold {}"{}><summary>{}{}</summary>'
        '<div class="fold-body">{}</div></details>',
        css,
        " open" if open else "",
        summary,
        icon("chevron-down"),
        content,
    )


@register.simple_tag
def error_summary(errors: Any, focus: bool = True) -> SafeString:
    """What must be mended, on top of the form, each line a link to its field.

    It takes the focus when the page opens, so that nobody misses it.

    ``errors``: a Django form, a mapping of field name to text(s), or ``[(id, text), …]``.
    """
    lines = _error_lines(errors)
    return (
        render_to_string("design/error_summary.html", {"lines": lines, "focus": focus})
        if lines
        else SafeString()
    )


def _error_lines(errors: Any) -> list[tuple[str, str]]:
    if isinstance(errors, forms.BaseForm):
        form = errors
        return [
            (form[name].auto_id if name in form.fields else "", text)
            for name, texts in form.errors.items()
            for text in messages_of(texts)
        ]
    if isinstance(errors, Mapping):
        return [
            (f"id_{name}", text) for name, texts in errors.items() for text in messages_of(texts)
        ]
    return list(errors or [])


@register.simple_block_tag
def empty_state(content: str, title: str, icon_name: str = "inbox", level: int = 2) -> SafeString:
    """Nothing here: says what would appear and what to do."""
    return format_html(
        '<div class="empty">{}<h{} class="empty-title">{}</h{}>'
        '<div class="empty-body">{}</div></div>',
        icon(icon_name),
        level,
        title,
        level,
        content,
    )


@register.simple_tag
def skeleton(lines: int = 3) -> SafeString:
    """Grey lines that stand in while a part of the page is loading."""
    return render_to_string("design/skeleton.html", {"lines": range(lines)})


@register.simple_block_tag
def dialog(content: str, id: str, title: str, css: str = "") -> SafeString:
    """A native dialog. Open it with ``<a href="/page" data-dialog="<id>">``: without
    JavaScript the link leads to a page that does the same.
    """
    return render_to_string(
        "design/dialog.html", {"content": content, "id": id, "title": title, "css": css}
    )


@register.simple_tag
def toasts(messages: Iterable[Any]) -> SafeString:
    """The outcome of what was just done (Django messages); announced politely."""
    shown = [{"text": str(m), "kind": _kind_of(m)} for m in messages or ()]
    return render_to_string("design/toasts.html", {"toasts": shown})


def _kind_of(message: Any) -> dict[str, str]:
    level = str(getattr(message, "level_tag", "info"))
    name = {"error": "danger", "debug": "info"}.get(level, level)
    return {"name": name, "icon": NOTICE_ICONS.get(name, "info")}


@register.simple_tag
def progress(value: float, maximum: float, label: str) -> SafeString:
    """How far a long job has come, with words beside the bar."""
    shown = round(100 * value / maximum) if maximum else 0
    return format_html(
        '<div class="progress"><span class="progress-label">{}</span>'
        '<progress value="{}" max="{}" aria-label="{}"></progress>'
        '<span class="progress-value">{}</span></div>',
        label,
        value,
        maximum,
        label,
        f"{shown}%",
    )
