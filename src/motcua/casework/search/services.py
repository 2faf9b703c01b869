"""Every write of the search index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import TextField, Value
from django.db.models.functions import Concat

from motcua.casework.access.public import Actor
from motcua.casework.search.engine import kinds_there
from motcua.casework.search.models import SearchEntry, SearchWord
from motcua.casework.search.rules import (
    index_words,
    scope_tokens,
    title_words,
    viewer_token,
    vocabulary_of,
)
from motcua.casework.search.vocabulary import VOCABULARY
from motcua.foundation.timesource import now


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be found.

    ``viewers`` are viewer keys (``public``, ``a:…``, ``p:…``, ``u:…``, ``city``); nobody
    else finds it. ``data`` comes back with the hit: what a row on the page shows. ``tags``
    (``field:ho-tich``) are what a search may be narrowed to.
    """

    kind: str
    object_id: str
    title: str
    body: str = ""
    viewers: Sequence[str] = ()
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])
    tags: Sequence[str] = ()


def index(
    kind: str,
    object_id: str,
    title: str,
    body: str = "",
    *,
    viewers: Sequence[str],
    data: Mapping[str, Any] | None = None,
    tags: Sequence[str] = (),
) -> None:
    """Make one thing findable, or change what was indexed under this kind and id."""
    index_many([Entry(kind, object_id, title, body, viewers, data or {}, tags)])


def index_many(entries: Iterable[Entry]) -> int:
    """Make many things findable; a kind and id given twice counts the last time."""
    at = now()
    latest = {(entry.kind, entry.object_id): entry for entry in entries}
    rows = [
        SearchEntry(
            kind=entry.kind,
            object_id=entry.object_id,
            title=entry.title.replace("\x00", "")[:500],
            data=dict(entry.data),
            title_words=title_words(entry.title[:500]),
            words=index_words(entry.title, entry.body),
            scope=scope_tokens(entry.kind, entry.viewers, entry.tags),
            indexed_at=at,
        )
        for entry in latest.values()
    ]
    with transaction.atomic():
        SearchEntry.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=["title", "title_words", "data", "words", "scope", "indexed_at"],
            batch_size=500,
        )
        _learn(rows)
    if not {entry.kind for entry in latest.values()} <= set(kinds_there()):
        kinds_there.forget()
    return len(rows)


def _learn(rows: Sequence[SearchEntry]) -> None:
    found = {word for row in rows for word in vocabulary_of(row.words)}
    VOCABULARY.refresh()
    fresh = VOCABULARY.unknown(found)
    if fresh:
        # Sorted, so that two workers that learn the same words lock them in one order.
        SearchWord.objects.bulk_create(
            [SearchWord(word=word) for word in sorted(fresh)], ignore_conflicts=True
        )


def set_viewers(
    kind: str, object_id: str, viewers: Sequence[str], tags: Sequence[str] = ()
) -> None:
    """Change who may find a thing, nothing else; a thing never indexed stays unfound."""
    SearchEntry.objects.filter(kind=kind, object_id=object_id).update(
        scope=scope_tokens(kind, viewers, tags)
    )


def move_findable(
    actor: Actor, predecessor_id: int, successor_id: int, effective_on: dt.date
) -> dict[str, int]:
    """Let a successor find what its predecessor could; runs inside the merge. One statement."""
    del actor, effective_on  # what may be found follows from visibility, which the merge records
    old, new = (viewer_token(f"a:{agency}") for agency in (predecessor_id, successor_id))
    # Tokens stand between single spaces; the padding lets the first and the last match too.
    padded = SearchEntry.objects.annotate(
        padded=Concat(Value(" "), "scope", Value(" "), output_field=TextField())
    )
    theirs = padded.filter(padded__contains=f" {old} ").exclude(padded__contains=f" {new} ")
    return {
        "findable": theirs.update(scope=Concat("scope", Value(f" {new}"), output_field=TextField()))
    }


def remove(kind: str, object_ids: Iterable[str]) -> int:
    """Make things unfindable. Returns how many were there."""
    gone = SearchEntry.objects.filter(kind=kind, object_id__in=list(object_ids))
    return gone.delete()[0]
