"""The public catalogue as people walk through it: words, facets, pages. Public data.

A country has a few thousand procedures: their rows are held in memory for seconds, so
that narrowing, counting and paging cost no statement; only words ask the search index.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from motcua.casework.access.public import Actor
from motcua.casework.search.public import find
from motcua.foundation.folding import words
from motcua.foundation.remembering import remembered
from motcua.subsystems.procedures.imported.models import CatalogueEntry

PAGE = 20
MOST_HITS = 100
KIND = "procedure"


class Row(NamedTuple):
    """One procedure of the catalogue, as listed."""

    key: str
    name: str
    name_en: str
    order: str
    text: str
    field: str
    field_name: str
    agency: str
    levels: str
    life_events: str
    configured: bool
    online: str

    @property
    def applicable(self) -> bool:
        """Whether it can be applied for here, online."""
        return self.configured and self.online in ("full", "partial")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for; empty texts narrow nothing. ``after`` is the last key seen."""

    words: str = ""
    field: str = ""
    life_event: str = ""
    level: str = ""
    agency: str = ""
    online: bool = False
    after: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether any facet is chosen."""
        return bool(self.field or self.life_event or self.level or self.agency or self.online)


@dataclass(frozen=True, slots=True)
class Facet:
    """One choice of a facet: how many procedures it would leave."""

    value: str
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Browsed:
    """A page of procedures: ``total`` of all pages, ``next`` the key to go on after, facets."""

    rows: list[Row]
    total: int
    next: str
    mended: bool
    fields: list[Facet]
    levels: list[Facet]
    life_events: list[Facet]
    agencies: list[Facet]
    applicable: int


@remembered("procedures.CatalogueEntry")
def catalogue_rows() -> tuple[Row, ...]:
    """Every procedure of the public catalogue: those that can be applied for first, by name."""
    found = CatalogueEntry.objects.order_by("order", "id").values_list(*Row._fields)
    return tuple(Row(*row) for row in found)


def browse(actor: Actor, asked: Asked) -> Browsed:
    """A page of the catalogue, narrowed; best hits first when words are given."""
    everything = catalogue_rows()
    ranked: Sequence[Row] = everything
    mended = False
    if asked.words:
        ranked, mended = _by_words(actor, asked.words, everything)
    kept = [row for row in ranked if _fits(row, asked)]
    start = next((n for n, row in enumerate(kept, start=1) if row.key == asked.after), 0)
    shown = kept[start : start + PAGE]
    anyhow = replace(asked, online=False)
    return Browsed(
        shown,
        len(kept),
        shown[-1].key if start + PAGE < len(kept) else "",
        mended,
        *_facets(ranked, asked),
        applicable=sum(row.applicable for row in ranked if _fits(row, anyhow)),
    )


def _by_words(actor: Actor, typed: str, everything: Sequence[Row]) -> tuple[list[Row], bool]:
    """Hits of the search index in its order, then the others that hold every word."""
    by_key = {row.key: row for row in everything}
    hits = find(actor.viewer_keys, typed, [KIND], limit=MOST_HITS)
    ranked = [by_key[hit.object_id] for hit in hits if hit.object_id in by_key]
    mended = bool(hits) and all(hit.mended for hit in hits)
    if len(hits) < MOST_HITS and hits:
        return ranked, mended
    seen = {row.key for row in ranked}
    wanted = words(typed)
    rest = [
        row
        for row in everything
        if row.key not in seen and wanted and all(word in row.text for word in wanted)
    ]
    return [*ranked, *rest], mended


def _fits(row: Row, asked: Asked) -> bool:
    return (
        (not asked.field or row.field == asked.field)
        and (not asked.life_event or f"|{asked.life_event}|" in row.life_events)
        and (not asked.level or f"|{asked.level}|" in row.levels)
        and (not asked.agency or row.agency == asked.agency)
        and (not asked.online or row.applicable)
    )


def _facets(
    rows: Iterable[Row], asked: Asked
) -> tuple[list[Facet], list[Facet], list[Facet], list[Facet]]:
    """Counts of each facet under the other facets' choices."""
    found = list(rows)
    names = {row.field: row.field_name for row in found if row.field}
    return (
        _counted(found, replace(asked, field=""), asked.field, lambda row: [row.field], names),
        _counted(found, replace(asked, level=""), asked.level, lambda row: _codes(row.levels)),
        _counted(
            found,
            replace(asked, life_event=""),
            asked.life_event,
            lambda row: _codes(row.life_events),
        ),
        _counted(found, replace(asked, agency=""), asked.agency, lambda row: [row.agency]),
    )


def _codes(joined: str) -> list[str]:
    return joined.strip("|").split("|") if joined else []


def _counted(
    rows: Iterable[Row],
    asked: Asked,
    chosen: str,
    values: Callable[[Row], list[str]],
    names: dict[str, str] | None = None,
) -> list[Facet]:
    counts = Counter(value for row in rows if _fits(row, asked) for value in values(row) if value)
    if chosen and chosen not in counts:
        counts[chosen] = 0
    found = [
        Facet(value, (names or {}).get(value, value), count, value == chosen)
        for value, count in counts.items()
    ]
    return sorted(found, key=lambda facet: (-facet.count, facet.name))
