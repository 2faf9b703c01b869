"""Small readings of a request that the pages of money share."""

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


def dong_of(text: str | None) -> int:
    """An amount in đồng as people type it (``75.000``, ``75 000 đ``); 0 for anything else."""
    plain = (
        (text or "").strip().rstrip("đ ₫").replace(".", "").replace("\u00a0", "").replace(" ", "")
    )
    sign = -1 if plain.startswith("-") else 1
    digits = plain.lstrip("+-")
    return sign * int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 13 else 0


def day_of(text: str) -> dt.date:
    """A day as typed; today for anything else."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return today()


def said(texts: dict[str, Bilingual]) -> dict[str, str]:
    """Errors by field in the reader's language."""
    language = get_language() or "vi"
    return {name: text.in_language(language) for name, text in texts.items()}
