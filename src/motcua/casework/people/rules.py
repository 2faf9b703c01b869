"""What counts as a well-formed identity: pure decisions."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

_CCCD = re.compile(r"^\d{12}$")
_CMND = re.compile(r"^\d{9}$")
_TAX = re.compile(r"^\d{10}(-?\d{3})?$")


def clean_identity(number: str) -> str:
    """Digits (and a tax code's dash) only, as it is hashed and stored."""
    return re.sub(r"[^0-9-]", "", number)


def identity_kind(number: str) -> str | None:
    """``cccd`` (12 digits), ``cmnd`` (9), ``tax`` (10 or 13), or ``None`` when malformed.

    Source: Luật Căn cước 26/2023/QH15, Điều 12 (12-digit personal number).
    """
    if _CCCD.match(number):
        return "cccd"
    if _CMND.match(number):
        return "cmnd"
    if _TAX.match(number):
        return "tax"
    return None


def mask_identity(number: str) -> str:
    """``079•••••0123``: enough to recognise, too little to use."""
    return number if len(number) < 8 else number[:3] + "•" * (len(number) - 7) + number[-4:]


@dataclass(frozen=True, slots=True)
class Card:
    """What the QR code of an identity card says; "" or None for what it leaves out."""

    number: str
    old_number: str = ""
    full_name: str = ""
    birth_date: dt.date | None = None
    sex: str = ""
    address: str = ""
    issued_on: dt.date | None = None


_SEXES = {"nam": "male", "male": "male", "nữ": "female", "nu": "female", "female": "female"}
_MOST_CARD = 2000


def read_card(text: str) -> Card | None:
    """Read what a scanner or a camera took from the QR code of a citizen's card.

    The layout is ``number|old number|name|ddmmyyyy|sex|address|issue date``; cards since
    1 July 2024 add fields behind it, which are left alone. No published standard of it was
    found, so the reading is tolerant: old numbers may be missing or empty, dates may have
    separators, a scanner may have spoilt accents or added line ends. Twelve bare digits,
    typed, are read too.

    Returns:
        None when there is no 12-digit number at the front (Luật Căn cước 26/2023/QH15, Điều 12).
    """
    parts = [" ".join(part.split()) for part in _mended(text[:_MOST_CARD]).split("|")]
    number = re.sub(r"\s", "", parts[0])
    if not _CCCD.match(number):
        return None
    rest = parts[1:]
    old = ""
    if rest and (not rest[0] or rest[0].replace(" ", "").isdecimal()):
        old = rest.pop(0).replace(" ", "")
    rest += [""] * (5 - len(rest))
    name, born, sex, address, issued = rest[:5]
    return Card(
        number,
        old if _CMND.match(old) else "",
        name[:200],
        _card_date(born),
        _SEXES.get(sex.casefold(), ""),
        address[:250],
        _card_date(issued),
    )


def _mended(text: str) -> str:
    """UTF-8 that a scanner typed byte by byte is put together again; accents are composed."""
    text = text.strip().strip("\ufeff")
    for wrong in ("cp1252", "latin-1"):
        try:
            text = text.encode(wrong).decode("utf-8")
        except UnicodeError:
            continue
        break
    return unicodedata.normalize("NFC", text)


def _card_date(text: str) -> dt.date | None:
    digits = re.sub(r"\D", "", text)
    if len(digits) != 8:
        return None
    try:
        return dt.date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None
