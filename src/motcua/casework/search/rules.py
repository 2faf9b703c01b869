"""How Vietnamese text becomes words to search by, and which hit comes first. No Django.

Every word is indexed twice: folded (``ho``), and with its accents as letters plus
tone number (``hộ`` as ``hô6``), so that the place of the tone mark (hòa, hoà)
does not matter and a query with accents can prefer exact matches.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from motcua.foundation.folding import fold

MAX_WORDS = 3000
MAX_QUERY_WORDS = 12
MAX_WORD = 24
MARK = 3
FILLERS = frozenset(
    (
        *("lam", "cho", "xin", "muon", "can", "toi", "minh", "em", "o", "dau", "gi", "nao", "the"),
        *("nhu", "cua", "de", "va", "thi", "la", "co", "duoc", "khong", "giup", "voi", "bi", "hoi"),
    )
)
_TONES = {"\u0300": "2", "\u0301": "5", "\u0303": "4", "\u0309": "3", "\u0323": "6"}
_LEVEL = "1"
# Latin letters and digits only: what both engines take for one word in every version.
_LATIN = "0-9A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_WORD = re.compile(f"[{_LATIN}]+")
_CODE = re.compile(rf"(?=\S*\d)[{_LATIN}]+(?:[./-][{_LATIN}]+)+")
_Y_ALONE = re.compile(r"(?<![aeiouâêôơưă])y$")
_PLAIN = re.compile(r"[a-z]{2,}")
_TOKEN = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text or a query, in both forms. ``exact`` ends with the tone number."""

    folded: str
    exact: str

    @property
    def letters(self) -> str:
        """The exact form without its tone: what a word still being typed begins with."""
        return self.exact[:-1]

    @property
    def accented(self) -> bool:
        return self.exact != self.folded + _LEVEL


@lru_cache(maxsize=50_000)
def word_of(text: str) -> Word:
    """Both forms of one word; y and i are one where spelling varies (quý, quí; kỹ, kĩ)."""
    tone = _LEVEL
    letters: list[str] = []
    for char in unicodedata.normalize("NFD", text.lower()):
        if char in _TONES:
            tone = _TONES[char]
        else:
            letters.append(char)
    joined = unicodedata.normalize("NFC", "".join(letters))
    plain = _one_i("".join(char for char in joined if not unicodedata.combining(char)))
    return Word(_one_i(fold(text))[:MAX_WORD], plain[: MAX_WORD - 1] + tone)


def _one_i(word: str) -> str:
    if word.startswith("quy"):
        return "qui" + word[3:]
    return _Y_ALONE.sub("i", word)


def words_of(text: str) -> list[Word]:
    """The words of a text in order."""
    return [word_of(match) for match in _WORD.findall(unicodedata.normalize("NFC", text))]


def index_words(title: str, body: str) -> str:
    """The tokens under which an entry is found, separated by single blanks.

    Codes such as ``H29.193-261122-0001`` are also found when typed without separators.
    """
    text = f"{title} {body}"
    tokens: dict[str, None] = {}
    for word in words_of(text)[:MAX_WORDS]:
        tokens[word.folded] = tokens[word.exact] = None
    for code in _CODE.findall(text):
        tokens[_TOKEN.sub("", fold(code))[:MAX_WORD]] = None
    return " ".join(token for token in tokens if token)


def vocabulary_of(words: str) -> set[str]:
    """The tokens that may stand in the list of known words: folded ones without digits."""
    return {
        word for word in words.split(" ") if len(word) > 1 and word.isascii() and word.isalpha()
    }


def scope_tokens(kind: str, viewers: Iterable[str], tags: Iterable[str] = ()) -> str:
    """Kind, viewer keys and tags as tokens of the scope column; the kind stands first."""
    rest = {viewer_token(key) for key in viewers} | {tag_token(tag) for tag in tags}
    return " ".join([kind_token(kind), *sorted(rest)])


def kind_token(kind: str) -> str:
    """At least three letters, since the index takes its first three as the kind's mark."""
    return ("k" + _TOKEN.sub("", fold(kind))).ljust(MARK, "z")


def kind_mark(kind: str) -> str:
    """What every word of the kind begins with in the full-text index.

    So the lists of a kind's words are its own, and a question to one kind costs the same
    however many entries of other kinds there are. Kinds that share a mark share lists;
    the scope still tells them apart.
    """
    return kind_token(kind)[:MARK]


def tag_token(tag: str) -> str:
    """``field:ho-tich`` as ``tfieldhotich``."""
    return "t" + _TOKEN.sub("", fold(tag))


def viewer_token(key: str) -> str:
    """``a:12`` as ``va12``."""
    return "v" + _TOKEN.sub("", key.lower())


@dataclass(frozen=True, slots=True)
class Term:
    """One place of a query: any of the alternatives; the last typed word may go on."""

    alternatives: tuple[str, ...]
    prefix: bool = False


def exact_terms(query: Sequence[Word]) -> list[Term]:
    """Terms that demand the accents that were typed; empty when none was typed."""
    if not any(word.accented for word in query):
        return []
    *full, last = query
    return [
        *(Term((word.exact if word.accented else word.folded,)) for word in full),
        Term((last.letters if last.accented else last.folded,), prefix=True),
    ]


def folded_terms(query: Sequence[Word]) -> list[Term]:
    """Terms that take any accents."""
    last = len(query) - 1
    return [Term((word.folded,), prefix=index == last) for index, word in enumerate(query)]


def edits_allowed(word: str) -> int:
    """How many typing errors a word of this length may hold."""
    if len(word) < 3 or not word.isalpha():
        return 0
    return 1 if len(word) < 6 else 2


def fewer_words(terms: Sequence[Term], useful: Sequence[bool]) -> list[list[Term]]:
    """Weaker queries to try in turn: words that tell nothing go first, then short ones.

    At least two words and half of them stay.
    """
    keep = max(2, -(-len(terms) // 2))
    order = sorted(
        range(len(terms)), key=lambda index: (useful[index], len(terms[index].alternatives[0]))
    )
    weaker: list[list[Term]] = []
    for count in range(1, len(terms) - keep + 1):
        gone = set(order[:count])
        weaker.append([term for index, term in enumerate(terms) if index not in gone])
    return weaker


@dataclass(frozen=True, slots=True)
class Rank:
    """Where a hit stands; compare :attr:`key`, greater is better."""

    stage: int
    starts: bool
    phrase: bool
    in_title: float
    accents: float
    shortness: int
    newness: int

    @property
    def key(self) -> tuple[float, ...]:
        return (
            self.stage,
            self.starts,
            self.phrase,
            self.in_title,
            self.accents,
            self.shortness,
            self.newness,
        )


def title_words(title: str) -> str:
    """A title made ready for :func:`rank`: its folded words, a bar, its exact words."""
    there = words_of(title)
    return f"{' '.join(w.folded for w in there)}|{' '.join(w.exact for w in there)}"


def rank(query: Sequence[Word], prepared: str, stage: int, newness: int) -> Rank:
    """Judge a hit by its title: in order of the query, whole, with the same accents.

    ``prepared`` is the title by :func:`title_words`.
    """
    folded, _, exactly = prepared.partition("|")
    asked = " ".join(word.folded for word in query)
    plain, exact = set(folded.split(" ")), set(exactly.split(" "))
    count = max(1, len(query))
    last = query[-1].folded if query else ""
    whole = sum(word.folded in plain for word in query)
    if last and last not in plain and f" {last}" in f" {folded}":
        whole += 1
    return Rank(
        stage=stage,
        starts=folded.startswith(asked),
        phrase=f" {asked}" in f" {folded}",
        in_title=whole / count,
        accents=sum(word.exact in exact for word in query) / count,
        shortness=-len(folded),
        newness=newness,
    )
