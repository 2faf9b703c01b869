"""Small readings of a request that the pages of this slice share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import get_language

from motcua.casework.access.public import Actor, allowed
from motcua.casework.agencies.public import Agency, agencies_as_of
from motcua.foundation.errors import Bilingual, NotAllowed
from motcua.foundation.timesource import today


def actor_of_request(request: HttpRequest) -> Actor:
    """Who asks."""
    return cast(Any, request).actor


def number_of(text: str | None) -> int | None:
    """A positive whole number as a form sends it, else None."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def day_of(text: str | None) -> dt.date | None:
    """A day as a form sends it, else None."""
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return None


def said(texts: Mapping[str, Bilingual]) -> dict[str, str]:
    """Errors by field in the reader's language."""
    language = get_language() or "vi"
    return {name: text.in_language(language) for name, text in texts.items()}


def agencies_open(actor: Actor, permission: str = "") -> list[Agency]:
    """The actor's agencies, or those in which it has a permission."""
    ids = [a for a in actor.agency_ids if not permission or allowed(actor, permission, agency_id=a)]
    return list(agencies_as_of(today()).filter(pk__in=ids).order_by("name"))


def agency_asked(
    actor: Actor, asked: str | None, permission: str = ""
) -> tuple[Agency, list[Agency]]:
    """The agency a page is about, and those one may choose from.

    Raises:
        NotAllowed: there is none.
    """
    known = agencies_open(actor, permission)
    if not known:
        raise NotAllowed
    wanted = number_of(asked)
    return next((one for one in known if one.pk == wanted), known[0]), known
