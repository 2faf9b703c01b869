"""The known words, kept in memory, and the ones nearest to a mistyped word."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from django.db.models import Max
from rapidfuzz import process
from rapidfuzz.distance import OSA

from motcua.casework.search.models import SearchWord
from motcua.casework.search.rules import edits_allowed

NEIGHBOURS = 8


class Vocabulary:
    """A copy of the word table that grows with it: one look at its end a query."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: set[str] = set()
        self._by_length: dict[int, list[str]] = {}
        self._end = 0

    def refresh(self) -> None:
        """Read the words added since the last look; start anew when the table shrank."""
        with self._lock:
            end = SearchWord.objects.aggregate(end=Max("pk"))["end"] or 0
            if end < self._end:
                self._known, self._by_length, self._end = set(), {}, 0
            if end == self._end:
                return
            added = SearchWord.objects.filter(pk__gt=self._end, pk__lte=end)
            for word in added.values_list("word", flat=True):
                if word not in self._known:
                    self._known.add(word)
                    self._by_length.setdefault(len(word), []).append(word)
            self._end = end

    def forget(self) -> None:
        """Drop the copy; the next look reads the table anew."""
        with self._lock:
            self._known, self._by_length, self._end = set(), {}, 0

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def unknown(self, words: Iterable[str]) -> set[str]:
        return set(words) - self._known

    def near(self, word: str) -> tuple[str, ...]:
        """Known words within the allowed typing errors, nearest first; never the word itself."""
        edits = edits_allowed(word)
        if not edits:
            return ()
        pool = [
            known
            for length in range(len(word) - edits, len(word) + edits + 1)
            for known in self._by_length.get(length, ())
        ]
        near = process.extract(
            word, pool, scorer=OSA.distance, score_cutoff=edits, limit=NEIGHBOURS + 1
        )
        return tuple(str(known) for known, _, _ in near if known != word)[:NEIGHBOURS]

    def split(self, word: str) -> tuple[str, str] | None:
        """Two known words that were typed without the blank between them."""
        for cut in range(len(word) - 2, 1, -1):
            if word[:cut] in self._known and word[cut:] in self._known:
                return word[:cut], word[cut:]
        return None


VOCABULARY = Vocabulary()
