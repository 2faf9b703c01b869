"""What the search page shows: hits for words, or a list for a life event or a field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from motcua.casework.access.public import Actor
from motcua.casework.search.public import find
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import today
from motcua.subsystems.procedures.public import (
    Field,
    LifeEvent,
    life_events,
    procedure_fields,
    procedures,
)

MOST = 30


@dataclass(frozen=True, slots=True)
class Found:
    """One procedure to choose."""

    code: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was asked for and what there is; ``mended`` when words had to be guessed."""

    words: str
    heading: Bilingual | None
    hits: list[Found]
    mended: bool = False
    events: list[LifeEvent] = field(default_factory=list[LifeEvent])
    fields: list[tuple[Field, int]] = field(default_factory=list[tuple[Field, int]])

    @property
    def asked(self) -> bool:
        """Whether anything was asked at all."""
        return bool(self.words or self.heading)


def search_page(actor: Actor, given: Mapping[str, str]) -> SearchPage:
    """The page an address asks for: ``q`` words, ``su-kien`` a life event, ``linh-vuc`` a field."""
    words = given.get("q", "").strip()[:200]
    on = today()
    events = [event for event, _serving in life_events(on)]
    fields = procedure_fields(on)
    if words:
        hits, mended = _by_words(actor, words)
        return SearchPage(words, None, hits, mended, events, fields)
    event = next((e for e in events if e.code == given.get("su-kien")), None)
    chosen = next((f for f, _count in fields if f.code == given.get("linh-vuc")), None)
    picked = event or chosen
    rows = procedures(
        on, field=chosen.code if chosen else "", life_event=event.code if event else ""
    )
    hits = [Found(v.procedure.code, Bilingual(v.name, v.name_en)) for v in rows]
    heading = Bilingual(picked.name, picked.name_en) if picked else None
    return SearchPage("", heading, hits, False, events, fields)


def _by_words(actor: Actor, words: str) -> tuple[list[Found], bool]:
    hits = find(actor.viewer_keys, words, ["procedure"], limit=MOST)
    if hits:
        found = [
            Found(hit.data["code"], Bilingual(hit.title, hit.data.get("title_en") or hit.title))
            for hit in hits
        ]
        return found, any(hit.mended for hit in hits)
    # A procedure published a moment ago may not be in the index yet.
    rows = procedures(today(), query=words)
    return [Found(v.procedure.code, Bilingual(v.name, v.name_en)) for v in rows], False
