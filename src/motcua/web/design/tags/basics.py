"""Icons, buttons and the small things everything else is made of."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

BUTTON_VARIANTS = frozenset({"primary", "secondary", "quiet", "danger", "turn"})


@lru_cache(maxsize=1)
def sprite_url() -> str:
    """The address of the icon sprite; looked up once, since the manifest does not change."""
    return static("dist/icons.svg")


def attributes(extra: dict[str, Any]) -> SafeString:
    """HTML attributes from keyword arguments: ``hx_get="/x"`` becomes ``hx-get="/x"``.

    ``True`` gives an attribute without value; ``None``, ``False`` and "" give nothing.
    """
    parts: list[str] = []
    for key, value in extra.items():
        if value is None or value is False or value == "":
            continue
        name = key.rstrip("_").replace("_", "-")
        parts.append(f" {name}" if value is True else f' {name}="{conditional_escape(value)}"')
    return mark_safe("".join(parts))  # noqa: S308 - names are ours, values are escaped above


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon of the sprite. Without ``label`` it is decoration and hidden from screen readers."""
    spoken = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"')
    )
    return format_html(
        '<svg class="icon{}" {} width="24" height="24"><use href="{}#{}"></use></svg>',
        f" {css}" if css else "",
        spoken,
        sprite_url(),
        name,
    )


def _face(text: str, icon_name: str, icon_after: str) -> SafeString:
    return format_html(
        "{}{}{}",
        icon(icon_name) if icon_name else "",
        format_html("<span>{}</span>", text),
        icon(icon_after) if icon_after else "",
    )


def _classes(variant: str, size: str, css: str) -> str:
    if variant not in BUTTON_VARIANTS:
        raise template.TemplateSyntaxError(f"button variant {variant!r} is unknown")
    return " ".join(filter(None, ["button", f"button-{variant}", size and f"button-{size}", css]))


@register.simple_tag
def button(
    text: str,
    *,
    variant: str = "primary",
    type: str = "submit",
    icon: str = "",
    icon_after: str = "",
    size: str = "",
    css: str = "",
    **extra: Any,
) -> SafeString:
    """A button. ``variant``: primary, secondary, quiet, danger, turn; ``size``: "", small, wide.

    Any other keyword becomes an attribute: ``hx_post=…``, ``name=…``, ``disabled=True``.
    """
    return format_html(
        '<button type="{}" class="{}"{}>{}</button>',
        type,
        _classes(variant, size, css),
        attributes(extra),
        _face(text, icon, icon_after),
    )


@register.simple_tag
def link_button(
    text: str,
    href: str,
    *,
    variant: str = "primary",
    icon: str = "",
    icon_after: str = "",
    size: str = "",
    css: str = "",
    **extra: Any,
) -> SafeString:
    """A link that looks like a button; arguments as for ``button``."""
    return format_html(
        '<a href="{}" class="{}"{}>{}</a>',
        href,
        _classes(variant, size, css),
        attributes(extra),
        _face(text, icon, icon_after),
    )


@register.simple_tag
def icon_button(text: str, icon_name: str, type: str = "button", **extra: Any) -> SafeString:
    """A square button with an icon only; ``text`` is its accessible name and tooltip."""
    return format_html(
        '<button type="{}" class="button button-quiet button-icon" aria-label="{}" title="{}"{}>'
        "{}</button>",
        type,
        text,
        text,
        attributes(extra),
        icon(icon_name),
    )


@register.simple_block_tag
def button_row(content: str, css: str = "") -> SafeString:
    """Buttons side by side, stacked on a phone; the main one first."""
    return format_html('<div class="button-row {}">{}</div>', css, content)
