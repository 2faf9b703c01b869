"""Where a case stands: the clock badge, the timeline, the steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.web.design.tags.basics import icon

register = template.Library()

# Word and icon beside the colour: a state is never told by colour alone.
CLOCK_STATES: dict[str, tuple[Any, str]] = {
    "on_time": (gettext_lazy("Trong hạn"), "clock"),
    "near": (gettext_lazy("Sắp đến hạn"), "clock-alert"),
    "late": (gettext_lazy("Quá hạn"), "alarm-clock"),
    "paused": (gettext_lazy("Tạm dừng"), "circle-pause"),
    "done": (gettext_lazy("Đã xong"), "circle-check"),
    "none": (gettext_lazy("Chưa tính hạn"), "minus"),
}


@register.simple_tag
def clock_badge(
    state: str,
    text: str = "",
    due: Any = None,
    lines: Sequence[Mapping[str, Any]] = (),
    css: str = "",
) -> SafeString:
    """The legal clock in a badge; with ``lines`` it opens its own explanation.

    ``state``: on_time, near, late, paused, done, none. ``text``: "còn 2 ngày làm việc".
    ``due``: the moment. ``lines``: mappings (or objects) with from, to, counted, why,
    legal_basis, all ready for people to read.
    """
    if state not in CLOCK_STATES:
        raise template.TemplateSyntaxError(f"clock state {state!r} is unknown")
    word, icon_name = CLOCK_STATES[state]
    rest = format_html(' <span class="clock-rest">{}</span>', text) if text else ""
    face = format_html("{}<span>{}{}</span>", icon(icon_name), word, rest)
    classes = f"clock clock-{state}{f' {css}' if css else ''}"
    if not lines:
        return format_html('<span class="{}">{}</span>', classes, face)
    shown = [_line(line) for line in lines]
    return render_to_string(
        "design/clock_badge.html", {"classes": classes, "face": face, "due": due, "lines": shown}
    )


def _line(line: Any) -> dict[str, Any]:
    def value(name: str, *others: str) -> Any:
        for key in (name, *others):
            found = line.get(key) if isinstance(line, Mapping) else getattr(line, key, None)
            if found not in (None, ""):
                return found
        return ""

    return {
        "start": value("from", "start", "from_"),
        "end": value("to", "end"),
        "counted": value("counted"),
        "why": value("why"),
        "legal_basis": value("legal_basis"),
    }


@register.simple_tag
def timeline(entries: Iterable[Mapping[str, Any]], level: int = 3) -> SafeString:
    """What happened, newest first. Entries: title, at, who, text, state, icon, links.

    ``state``: done, current, turn (the reader must act), future, problem.
    ``links``: ``[(text, url), …]``.
    """
    icons = {"done": "check", "current": "loader", "turn": "hand", "future": "circle-dashed"}
    shown = [
        {"icon": icons.get(str(e.get("state", "done")), "circle-alert"), "state": "done", **e}
        for e in entries
    ]
    return render_to_string("design/timeline.html", {"entries": shown, "level": level})


@register.simple_tag
def steps(items: Iterable[str | tuple[str, str]], current: int, label: str = "") -> SafeString:
    """The steps of a form. ``items``: titles or ``(title, url)``; ``current`` counts from 1."""
    rows: list[dict[str, Any]] = []
    for number, item in enumerate(items, 1):
        title, url = (item, "") if isinstance(item, str) else item
        state = "done" if number < current else "current" if number == current else "future"
        rows.append({"number": number, "title": title, "url": url, "state": state})
    context = {
        "rows": rows,
        "current": current,
        "total": len(rows),
        "title": rows[current - 1]["title"] if 0 < current <= len(rows) else "",
        "label": label or _("Các bước"),
    }
    return render_to_string("design/steps.html", context)
