"""What the search page shows: procedures by words and facets, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import get_language

from motcua.casework.access.public import Actor
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import today
from motcua.subsystems.procedures.public import (
    Asked,
    Facet,
    LifeEvent,
    browse,
    field_names,
    life_event_names,
    life_events,
)

LEVELS = {
    "commune": Bilingual("Cấp xã", "Commune"),
    "city": Bilingual("Cấp thành phố, tỉnh", "City, province"),
    "ministry": Bilingual("Cấp bộ", "Ministry"),
    "district": Bilingual("Cấp huyện", "District"),
    "other": Bilingual("Cơ quan khác", "Other agencies"),
}
AGENCIES = 20
HERE = Bilingual("Nộp được trên mạng tại đây", "Can be applied for here online")
PARTS = {
    "life_event": ("su-kien", Bilingual("Việc trong đời", "Life event")),
    "field": ("linh-vuc", Bilingual("Lĩnh vực", "Field")),
    "level": ("cap", Bilingual("Cấp thực hiện", "Level")),
    "agency": ("co-quan", Bilingual("Cơ quan", "Agency")),
}


@dataclass(frozen=True, slots=True)
class Found:
    """One procedure to choose; ``applicable``: it can be applied for here."""

    code: str
    name: Bilingual
    field: str
    agency: str
    configured: bool
    applicable: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice that narrows the list, and the address without it."""

    name: Bilingual
    url: str


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A drop-down that narrows the list: its name in the address, its choices with counts."""

    key: str
    label: Bilingual
    choices: list[tuple[str, str]]
    value: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was asked for and what there is; ``mended`` when words had to be guessed."""

    asked: Asked
    hits: list[Found]
    total: int
    mended: bool
    next: str
    chosen: list[Choice]
    facets: list[Narrowing]
    applicable: int
    events: list[LifeEvent]

    @property
    def words(self) -> str:
        """The words typed."""
        return self.asked.words

    @property
    def narrowed(self) -> bool:
        """Whether words or a facet narrow the list."""
        return bool(self.asked.words or self.asked.narrowed)


def asked_of(given: Mapping[str, str]) -> Asked:
    """What an address asks for.

    ``q`` words, ``linh-vuc`` a field, ``su-kien`` a life event, ``cap`` a level, ``co-quan``
    an agency, ``nop=1`` only what can be applied for here, ``sau`` the last one seen.
    """

    def text(key: str) -> str:
        return given.get(key, "").replace("\x00", "").strip()[:200]

    return Asked(
        text("q"),
        text("linh-vuc"),
        text("su-kien"),
        text("cap"),
        text("co-quan"),
        text("nop") == "1",
        text("sau"),
    )


def address_of(asked: Asked) -> str:
    """The query of an address that asks for this, ``?`` alone for everything."""
    pairs = {
        "q": asked.words,
        "linh-vuc": asked.field,
        "su-kien": asked.life_event,
        "cap": asked.level,
        "co-quan": asked.agency,
        "nop": "1" if asked.online else "",
        "sau": asked.after,
    }
    return "?" + urlencode({key: value for key, value in pairs.items() if value})


def search_page(actor: Actor, given: Mapping[str, str]) -> SearchPage:
    """The page an address asks for; see :func:`asked_of`."""
    asked = asked_of(given)
    found = browse(actor, asked)
    base = replace(asked, after="")
    facets = [
        _narrowing("life_event", found.life_events, life_event_names()),
        _narrowing("field", found.fields, field_names()),
        _narrowing("level", found.levels, LEVELS),
        _narrowing("agency", found.agencies[:AGENCIES], {}),
    ]
    return SearchPage(
        asked,
        [
            Found(
                row.key,
                Bilingual(row.name, row.name_en or row.name),
                row.field_name,
                row.agency,
                row.configured,
                row.applicable,
            )
            for row in found.rows
        ],
        found.total,
        found.mended,
        address_of(replace(asked, after=found.next)) if found.next else "",
        _chosen(base, facets),
        facets,
        found.applicable,
        [] if found.rows else [event for event, _serving in life_events(today())],
    )


def _narrowing(part: str, facets: list[Facet], names: Mapping[str, Bilingual]) -> Narrowing:
    key, label = PARTS[part]
    language = get_language() or "vi"
    choices = [
        (
            facet.value,
            f"{names.get(facet.value, Bilingual(facet.name, facet.name)).in_language(language)}"
            f" ({facet.count})",
        )
        for facet in facets
    ]
    return Narrowing(key, label, choices, next((f.value for f in facets if f.chosen), ""))


def _chosen(base: Asked, facets: list[Narrowing]) -> list[Choice]:
    found = [
        Choice(Bilingual(text, text), address_of(replace(base, **{part: ""})))
        for part, facet in zip(PARTS, facets, strict=True)
        for value, text in facet.choices
        if value == facet.value
    ]
    if base.online:
        found.append(Choice(HERE, address_of(replace(base, online=False))))
    return found
