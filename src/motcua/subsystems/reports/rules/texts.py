"""Reading what people write: personal data to hide, kinds of petition, likely categories."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from motcua.foundation.errors import Bilingual
from motcua.foundation.folding import fold, words

HIDDEN = "[đã ẩn]"
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(
    r"(?<![\w.,])(?:\+84|0)(?:[ .-]?\d){8,11}(?!\d)|(?<![\w.,])\d{9}(?:\d{3})?(?!\d)"
)
_PLATE = re.compile(r"(?<!\w)\d{2}[ -]?[A-ZĐ]{1,2}\d?[ -]?\d{3}[. ]?\d{1,2}(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sounding:
    """What a text seems to be besides a report, and which words say so."""

    kind: str
    words: tuple[str, ...]
    name: Bilingual


_KINDS: tuple[tuple[str, Bilingual, tuple[str, ...]], ...] = (
    (
        "denunciation",
        Bilingual("tố cáo", "denunciation"),
        ("tố cáo", "tố giác", "nhận hối lộ", "đòi hối lộ", "nhũng nhiễu"),
    ),
    (
        "complaint",
        Bilingual("khiếu nại", "complaint"),
        ("khiếu nại", "quyết định xử phạt", "quyết định thu hồi", "quyết định cưỡng chế"),
    ),
)


def mask_personal(text: str) -> tuple[str, int]:
    """The text with phone and identity numbers, e-mail addresses and number plates hidden.

    Returns:
        The text for the public, and how many places were hidden. Names are not found.
    """
    found = 0
    for pattern in (_MAIL, _NUMBER, _PLATE):
        text, times = pattern.subn(HIDDEN, text)
        found += times
    return text, found


def sounds_like(text: str) -> Sounding | None:
    """A complaint or a denunciation, by its words; a person decides, this only points.

    Law: Luật Khiếu nại 02/2011/QH13, Điều 2; Luật Tố cáo 25/2018/QH14, Điều 2.
    """
    typed = unicodedata.normalize("NFC", text).lower()
    # Without accents "to cao" may be "tố cáo" or "to, cao"; with them it is told apart.
    accented = fold(typed) != typed
    for kind, name, signs in _KINDS:
        said = tuple(sign for sign in signs if (sign if accented else fold(sign)) in typed)
        if said:
            return Sounding(kind, said, name)
    return None


def best_categories(
    text: str, known: Iterable[tuple[str, Sequence[str]]], *, most: int = 3
) -> list[str]:
    """The codes whose words occur in the text, the best first: longer phrases weigh more.

    Args:
        known: ``(code, words)`` of the categories that may be chosen.
    """
    plain = f" {' '.join(words(text))} "
    scored: list[tuple[int, str]] = []
    for code, signs in known:
        hits = {fold(sign) for sign in signs if f" {' '.join(words(sign))} " in plain}
        if score := sum(len(hit) for hit in hits):
            scored.append((-score, code))
    return [code for _, code in sorted(scored)[:most]]
