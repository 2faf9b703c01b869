"""Ways through the site: breadcrumb, tabs, pages, search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.web.design.tags.basics import attributes

register = template.Library()


@register.simple_tag
def breadcrumb(*parts: Any) -> SafeString:
    """Where the page lies: text, url, text, url, …, text. The last text is the page itself.

    Also takes one list of ``(text, url)``.
    """
    if len(parts) == 1 and not isinstance(parts[0], str):
        pairs = [(*p, "")[:2] for p in parts[0]]
    else:
        pairs = [
            (parts[i], parts[i + 1] if i + 1 < len(parts) else "") for i in range(0, len(parts), 2)
        ]
    return render_to_string("design/breadcrumb.html", {"parts": pairs})


@register.simple_tag
def tabs(
    items: Iterable[Mapping[str, Any] | Sequence[Any]], current: str, label: str
) -> SafeString:
    """Links that look like tabs: ``(key, text, url)`` or ``(key, text, url, count)``."""
    rows: list[dict[str, Any]] = []
    for item in items:
        if isinstance(item, Mapping):
            rows.append({"count": None, **item})
        else:
            key, text, url, count = (*item, None)[:4]
            rows.append({"key": key, "text": text, "url": url, "count": count})
    return render_to_string("design/tabs.html", {"rows": rows, "current": current, "label": label})


@register.simple_tag
def keyset_pages(previous: str = "", next: str = "", label: str = "") -> SafeString:
    """Previous and next page of a keyset list; an empty address leaves its link out."""
    context = {"previous": previous, "next": next, "label": label or _("Chuyển trang")}
    return (
        render_to_string("design/keyset_pages.html", context) if previous or next else SafeString()
    )


@register.simple_tag
def search_box(
    action: str,
    *,
    value: str = "",
    label: str = "",
    name: str = "q",
    placeholder: str = "",
    css: str = "",
    **extra: Any,
) -> SafeString:
    """A search form (GET). Extra keywords become attributes of the input."""
    return render_to_string(
        "design/search_box.html",
        {
            "action": action,
            "value": value,
            "label": label or _("Tìm kiếm"),
            "name": name,
            "placeholder": placeholder,
            "css": css,
            "attrs": attributes(extra),
        },
    )
