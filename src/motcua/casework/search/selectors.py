"""Finding: exact accents first, then any accents, then typing errors, then fewer words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.casework.search.engine import Found, ask, kinds_there
from motcua.casework.search.rules import (
    FILLERS,
    MAX_QUERY_WORDS,
    Term,
    Word,
    exact_terms,
    fewer_words,
    folded_terms,
    kind_mark,
    kind_token,
    rank,
    tag_token,
    viewer_token,
    words_of,
)
from motcua.casework.search.vocabulary import VOCABULARY

CANDIDATES = 1000
EXACT, FOLDED, MENDED, FEWER = 3, 2, 1, 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. ``mended`` when words had to be changed or left out."""

    kind: str
    object_id: str
    title: str
    data: dict[str, Any]
    mended: bool


def find(
    viewer_keys: Sequence[str],
    text: str,
    kinds: Sequence[str] = (),
    limit: int = 20,
    tags: Sequence[str] = (),
) -> list[Hit]:
    """What somebody with these viewer keys finds, best first.

    The last word counts as still being typed. The permission filter is part of the
    query: what a person may not see does not take part.

    Args:
        viewer_keys: ``Actor.viewer_keys``.
        text: as typed, with or without accents, NFC or NFD.
        kinds: only these kinds; all when empty.
        limit: most hits, at most 100.
        tags: only things that bear all of them (``field:ho-tich``).
    """
    query = words_of(text)[:MAX_QUERY_WORDS]
    if not query or not viewer_keys:
        return []
    limit = max(1, min(limit, 100))
    scopes = [[viewer_token(key) for key in viewer_keys]]
    scopes += [[tag_token(tag)] for tag in tags]
    if kinds:
        scopes.append([kind_token(kind) for kind in kinds])
    marks = sorted({kind_mark(kind) for kind in kinds or kinds_there()})
    if not marks:
        return []
    found: dict[int, tuple[int, Found]] = {}
    for stage, terms in _stages(query):
        for row in ask(terms, marks, scopes, CANDIDATES):
            found.setdefault(row.id, (stage, row))
        if len(found) >= limit or (found and stage <= FOLDED):
            break
    ordered = sorted(
        found.values(),
        key=lambda pair: rank(query, pair[1].title_words, pair[0], pair[1].id).key,
        reverse=True,
    )
    return [_hit(stage, row) for stage, row in ordered[:limit]]


def _stages(query: Sequence[Word]) -> Iterator[tuple[int, list[Term]]]:
    if exact := exact_terms(query):
        yield EXACT, exact
    plain = folded_terms(query)
    yield FOLDED, plain
    VOCABULARY.refresh()
    mended = [term for word, term in zip(query, plain, strict=True) for term in _mend(word, term)]
    if mended != plain:
        yield MENDED, mended
    loose = [_loosen(term) for term in mended]
    if loose != mended:
        yield MENDED, loose
    useful = [any(_tells_something(word) for word in term.alternatives) for term in mended]
    for terms in fewer_words(mended, useful):
        yield FEWER, terms


def _mend(word: Word, term: Term) -> list[Term]:
    """A word nobody knows becomes its nearest known ones, or two words run together."""
    if word.folded in VOCABULARY or not word.folded.isalpha():
        return [term]
    if pair := VOCABULARY.split(word.folded):
        return [Term((pair[0],)), Term((pair[1],), term.prefix)]
    near = VOCABULARY.near(word.folded)
    return [Term((word.folded, *near), term.prefix)] if near else [term]


def _tells_something(word: str) -> bool:
    return word in VOCABULARY and word not in FILLERS


def _loosen(term: Term) -> Term:
    first = term.alternatives[0]
    more = tuple(word for word in VOCABULARY.near(first) if word not in term.alternatives)
    return Term((*term.alternatives, *more), term.prefix)


def _hit(stage: int, row: Found) -> Hit:
    return Hit(row.kind, row.object_id, row.title, json.loads(row.data), stage < FOLDED)
