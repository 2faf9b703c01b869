"""Small lists that several pages of the portal offer to choose from."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from motcua.subsystems.applications.public import communes

register = template.Library()


@register.simple_tag
def commune_choices() -> list[tuple[str, str]]:
    """The communes of the city by name, in the reader's language."""
    language = get_language() or "vi"
    return [(code, name.in_language(language)) for code, name in communes().items()]
