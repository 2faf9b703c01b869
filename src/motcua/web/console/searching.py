"""The search over everything an official may see."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from motcua.casework.access.public import Actor
from motcua.casework.cases.public import access_case, all_kinds, case_by_code, kind_of
from motcua.casework.search.public import Hit, find
from motcua.foundation.errors import NotFound


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A hit as it is shown."""

    title: str
    code: str
    who: str
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class SearchScreen:
    """What was asked and found; ``straight_to`` when the text is the code of a case."""

    text: str
    hits: list[FoundCase] = field(default_factory=list[FoundCase])
    mended: bool = False
    straight_to: str = ""


def search_screen(actor: Actor, text: str) -> SearchScreen:
    """What the actor finds with this text."""
    text = text.strip()
    if not text:
        return SearchScreen("")
    if straight := _by_code(actor, text):
        return SearchScreen(text, straight_to=straight)
    kinds = [kind.code for kind in all_kinds()]
    hits = find(actor.viewer_keys, text, kinds, limit=50)
    shown = [_shown(hit) for hit in hits]
    return SearchScreen(text, shown, any(hit.mended for hit in hits))


def _by_code(actor: Actor, text: str) -> str:
    case = case_by_code(text)
    if case is None:
        return ""
    try:
        access_case(actor, case.uid)
        return reverse(kind_of(case.kind).url_name, args=[case.uid])
    except (NotFound, NoReverseMatch):
        return ""


def _shown(hit: Hit) -> FoundCase:
    kind = kind_of(hit.kind)
    state = kind.by_id.get(hit.data.get("state", ""))
    return FoundCase(
        hit.title,
        str(hit.data.get("code", "")),
        str(hit.data.get("who", "")),
        state.name.in_language(get_language() or "vi") if state else "",
        reverse(kind.url_name, args=[hit.object_id]),
    )
