"""Small readings of a request that several pages share."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import get_language

from motcua.casework.access.public import Actor
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import today


def actor_of_request(request: HttpRequest) -> Actor:
    """Who asks."""
    return cast(Any, request).actor


def day_of(text: str) -> dt.date:
    """A day as typed in an address; today for anything else."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return today()


def number_of(text: str | None) -> int:
    """A whole number as typed; -1 for anything else, which no rule takes."""
    text = (text or "").strip()
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def is_english() -> bool:
    """Whether the reader reads English."""
    return (get_language() or "vi").startswith("en")


def said(texts: dict[str, Bilingual]) -> dict[str, str]:
    """Errors by field in the reader's language."""
    language = get_language() or "vi"
    return {name: text.in_language(language) for name, text in texts.items()}
