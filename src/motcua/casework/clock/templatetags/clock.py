"""``{% clock_explanation due %}``, ``{% clock_of due now %}``: the legal clock for people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.template import engines
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from motcua.casework.clock.badges import Badge, badge
from motcua.casework.clock.terms import ClockLine, Due
from motcua.casework.clock.wording import limit_in_words, moment_in_words, span_in_words
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import now

register = template.Library()

_CHIP = "{% load design %}{% clock_badge state text due lines %}"
"""The badge belongs to the design system, which the kernel knows only by its tag."""


def _here(text: Bilingual) -> str:
    return text.in_language(get_language() or "vi")


def shown_lines(due: Due) -> list[dict[str, Any]]:
    """The explanation ready to print, in the active language.

    Keys: ``from``, ``to`` (empty while a pause lasts), ``counted`` (empty when
    nothing counts), ``why``, ``legal_basis``, ``paused``, and the moments
    ``from_at``, ``to_at``.
    """
    return [_shown(line) for line in due.lines]


def _shown(line: ClockLine) -> dict[str, Any]:
    return {
        "from": moment_in_words(line.from_at),
        "to": moment_in_words(line.to_at) if line.to_at else "",
        "from_at": line.from_at,
        "to_at": line.to_at,
        "counted": _here(span_in_words(line.counted)) if line.counted.ticks else "",
        "why": _here(line.why),
        "legal_basis": line.legal_basis,
    }


@register.inclusion_tag("clock/explanation.html")
def clock_explanation(due: Due, moment: dt.datetime | None = None) -> dict[str, Any]:
    """Why a case is due when it is due, as an ordered list for officer and citizen."""
    found = badge(due, moment or now())
    return {
        "due": due,
        "badge": found,
        "badge_text": _here(found.words),
        "due_text": moment_in_words(due.at) if due.at else "",
        "applicant_due": moment_in_words(due.applicant_due) if due.applicant_due else "",
        "limit": _here(limit_in_words(due.limit)) if due.limit else "",
        "total": _here(span_in_words(due.total)) if due.limit else "",
        "lines": shown_lines(due),
    }


@register.simple_tag
def clock_words(due: Due | Badge, moment: dt.datetime | None = None) -> str:
    """The badge's text in the active language: ``Còn 2 ngày làm việc``."""
    found = due if isinstance(due, Badge) else badge(due, moment or now())
    return _here(found.words)


@register.simple_tag
def clock_chip(due: Due, moment: dt.datetime | None = None) -> SafeString:
    """The design system's badge, which opens its explanation."""
    found = badge(due, moment or now())
    words = {
        "state": found.state,
        "text": _here(found.words),
        "due": due.at,
        "lines": shown_lines(due),
    }
    return SafeString(engines["django"].from_string(_CHIP).render(words))
