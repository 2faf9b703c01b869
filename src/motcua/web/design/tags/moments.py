"""Texts, dates and sums as people here write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from motcua.foundation import timesource
from motcua.foundation.money import format_dong

register = template.Library()

_NBSP = "\u00a0"
# "Điều 5", "khoản 2", "Nghị định 118/2025/NĐ-CP" must not break after the word.
_NUMBERED = re.compile(
    r"\b(Điều|khoản|Khoản|điểm|Điểm|Chương|Mục|số|Số|Mẫu|mẫu|Article|Form|Decree) (?=[\d(])"
)

_WEEKDAYS = (
    gettext_lazy("thứ Hai"),
    gettext_lazy("thứ Ba"),
    gettext_lazy("thứ Tư"),
    gettext_lazy("thứ Năm"),
    gettext_lazy("thứ Sáu"),
    gettext_lazy("thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)


@register.filter
def bilingual(value: Any) -> str:
    """``{"vi": …, "en": …}`` or a ``Bilingual`` in the reader's language."""
    language = get_language() or "vi"
    if hasattr(value, "in_language"):
        return str(value.in_language(language))
    if isinstance(value, Mapping):
        first = "en" if language.startswith("en") else "vi"
        return str(value.get(first) or value.get("vi") or value.get("en") or "")
    return "" if value is None else str(value)


@register.filter
def unbroken(value: Any) -> str:
    """Numbers of articles and documents held to their word by a non-breaking space."""
    return _NUMBERED.sub(lambda match: match.group(1) + _NBSP, str(value))


@register.filter
def dong(amount: Any) -> str:
    """1234567 as ``1.234.567 đ``; empty for None."""
    return "" if amount in (None, "") else format_dong(int(amount))


@register.filter
def day(value: date | datetime | None) -> str:
    """A day as ``21/11/2026``."""
    if value is None:
        return ""
    local = timesource.local(value) if isinstance(value, datetime) else value
    return f"{local:%d/%m/%Y}"


@register.filter
def moment(value: datetime | None) -> str:
    """A moment as ``21/11/2026 14:30`` in the city's time."""
    return "" if value is None else f"{timesource.local(value):%d/%m/%Y %H:%M}"


@register.simple_tag
def when(value: datetime | date | None, css: str = "") -> SafeString:
    """A date as people say it, the exact time on demand (title and machine-readable)."""
    if value is None:
        return SafeString()
    exact = moment(value) if isinstance(value, datetime) else day(value)
    return format_html(
        '<time datetime="{}" title="{}"{}>{}</time>',
        value.isoformat(),
        exact,
        format_html(' class="{}"', css) if css else "",
        spoken(value),
    )


def spoken(value: datetime | date) -> str:
    """ "14:30 hôm nay", "08:00 hôm qua", "thứ Năm 26/11/2026" near today, else the date."""
    if isinstance(value, datetime):
        local = timesource.local(value)
        clock, on = f"{local:%H:%M}", local.date()
    else:
        clock, on = "", value
    distance = (on - timesource.today()).days
    words = {0: _("hôm nay"), 1: _("ngày mai"), -1: _("hôm qua")}
    if distance in words:
        return f"{clock} {words[distance]}".strip()
    if abs(distance) < 7:
        return f"{_WEEKDAYS[on.weekday()]} {day(on)}"
    return day(on)
