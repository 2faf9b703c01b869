"""Fees as the catalogue writes them."""

from __future__ import annotations

import re
from typing import Final

from motcua.foundation.folding import fold
from motcua.subsystems.procedures.rules.national.shapes import (
    LOWER,
    NOT_STATED,
    NOTHING,
    Charge,
    Doubt,
    says_nothing,
    tidy,
)

FREE: Final = "Miễn phí"
CURRENCIES: Final = {
    "Việt Nam Đồng": "VND",
    "VNĐ": "VND",
    "VND": "VND",
    "Đồng": "VND",
    "USD": "USD",
    "Đô la Mỹ": "USD",
    "EUR": "EUR",
}
CURRENCY_PATTERN: Final = "|".join(sorted(CURRENCIES, key=len, reverse=True))
MONEY: Final = re.compile(rf"(\d{{1,3}}(?:[.,]\d{{3}})+|\d+)\s?({CURRENCY_PATTERN})(?![{LOWER}])")
LEAST_DONG: Final = 1000
_LABELLED = re.compile(r"(Lệ phí|Phí)\s*:\s*")
_DIGITS = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+")
# What may stand beside an amount without changing it.
_PER = re.compile(r"^/?\s*(?:\d+\s*)?[\w\s./-]{0,40}$")
_CITED = re.compile(
    r"(?:theo|thực hiện theo|quy định tại)?\s*(?:thông tư|nghị định|nghị quyết)[^;:]*$",
    re.IGNORECASE,
)
_FREE_AGAIN = {
    "",
    "khong",
    "mien phi",
    "mien le phi",
    "khong thu phi",
    "khong thu phi, le phi",
    "khong mat phi",
    "khong co",
}


def number_of(text: str) -> int:
    """``70,000`` or ``70.000`` as an integer; the text matches :data:`MONEY`'s number."""
    return int(re.sub(r"[.,]", "", text))


def charge(amount: int | None, currency: str = "VND", kind: str = "", note: str = "") -> Charge:
    """One charge, with blanks where the source is silent."""
    return {"amount": amount, "currency": currency, "kind": kind, "note": note}


def judged(found: Charge, raw: str, place: str) -> tuple[Charge | None, list[Doubt]]:
    """Take a charge as it stands, or say why a person must look at it.

    A free charge beside words about money, an amount too small to be one, and words that
    make the amount depend on something are not taken, or taken with a doubt beside them.
    """
    note = found["note"]
    if found["amount"] == 0:
        if fold(note).strip(" .()/") in _FREE_AGAIN:
            return found, []
        return None, [Doubt("fee", "free_but", place, raw)]
    if found["currency"] == "VND" and (found["amount"] or 0) < LEAST_DONG:
        return None, [Doubt("fee", "implausible", place, raw)]
    if _plain(note, found["amount"] or 0):
        return found, []
    return found, [Doubt("fee", "conditions", place, raw)]


def _plain(note: str, amount: int) -> bool:
    """Whether the words repeat the amount, name its unit or cite the law, and nothing more."""
    words = tidy(note).replace("\n", " ").strip(" .;()")
    words = re.sub(r"^(?:Mức )?(?:lệ phí|phí)\s*:?\s*", "", words, flags=re.IGNORECASE)
    money = re.match(rf"({_DIGITS.pattern})\s*(?:đồng|đ|VNĐ|USD)?", words, re.IGNORECASE)
    if money and number_of(money.group(1)) == amount:
        words = words[money.end() :].strip(" .;")
    elif money:
        return False
    words = _CITED.sub("", re.sub(r"\(.{0,80}\)", "", words)).strip(" .;,(")
    if re.search(r"\d{3}", words) or len(words) > 40:
        return False
    return not words or (words.startswith("/") and bool(_PER.match(words)))


def read_labelled(text: str, place: str) -> tuple[list[Charge], list[Doubt]]:
    """A cell of the form of 2021: ``Lệ phí: 200000 ĐồngXem chi tiết Phí: …``.

    >>> read_labelled("Lệ phí: 200000 ĐồngXem chi tiết", "x")[0][0]["amount"]
    200000
    """
    said = tidy(text).replace("Xem chi tiết", " ")
    if says_nothing(said):
        return [], [Doubt("fee", NOT_STATED, place, text or NOTHING)]
    parts = _LABELLED.split(said)
    found: list[Charge] = []
    doubts: list[Doubt] = []
    if parts[0].strip():
        doubts.append(Doubt("fee", "in_words", place, parts[0].strip()))
    for label, cell in zip(parts[1::2], parts[2::2], strict=True):
        kind = "phi" if label == "Phí" else "le_phi"
        words = re.sub(r"\s*Đồng\s*$", "", cell.strip()).strip()
        if not words:
            doubts.append(Doubt("fee", NOT_STATED, place, f"{label}: {cell.strip()}"))
        elif _DIGITS.fullmatch(words):
            taken, more = judged(charge(number_of(words), kind=kind), f"{label}: {cell}", place)
            found += [taken] if taken else []
            doubts += more
        else:
            doubts.append(Doubt("fee", "in_words", place, f"{label}: {cell.strip()}"))
    if len(found) > 1:
        # Several amounts without a word on which holds when.
        doubts.append(Doubt("fee", "several", place, text))
    return found, doubts
