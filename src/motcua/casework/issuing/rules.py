"""Pure decisions of issuing: numbers, notations, codes, places of marks."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

DocumentState = Literal["draft", "signed", "sealed", "void"]

# Letters and digits that cannot be mistaken for one another when read aloud or copied by hand.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12
_POINTS_PER_MM = 72 / 25.4


def shown_number(number: int) -> str:
    """A document number as printed: below 10 with a zero (NĐ 30/2020, Phụ lục I.II.3)."""
    return f"{number:02d}"


def full_notation(number: int, notation: str) -> str:
    """For example ``07/QĐ-UBND``."""
    return f"{shown_number(number)}/{notation}"


def make_code(random_bytes: bytes) -> str:
    """A verification code such as ``7KQM-2XRD-9HTA`` (59 bits) from 12 or more random bytes.

    Raises:
        ValueError: too few bytes.
    """
    if len(random_bytes) < CODE_LENGTH:
        raise ValueError("too few random bytes")
    number, letters = int.from_bytes(random_bytes, "big"), ""
    for _ in range(CODE_LENGTH):
        number, digit = divmod(number, len(CODE_ALPHABET))
        letters += CODE_ALPHABET[digit]
    return "-".join(letters[i : i + 4] for i in range(0, CODE_LENGTH, 4))


def tidy_code(typed: str) -> str:
    """What a person typed as the code stored; ``""`` if it cannot be one.

    Case, spaces and dashes do not matter.
    """
    letters = re.sub(r"[\s\-–—.]", "", typed).upper()
    if len(letters) != CODE_LENGTH or not set(letters) <= set(CODE_ALPHABET):
        return ""
    return "-".join(letters[i : i + 4] for i in range(0, CODE_LENGTH, 4))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in PDF points, origin bottom left."""

    left: float
    bottom: float
    right: float
    top: float


def signature_box(room: Box) -> Box:
    """The signer's picture: centred between title and name (NĐ 30/2020, Phụ lục I)."""
    height = room.top - room.bottom
    width = min(room.right - room.left, height * 2.4)
    middle = (room.left + room.right) / 2
    return Box(middle - width / 2, room.bottom, middle + width / 2, room.top)


def seal_box(room: Box, diameter_mm: float = 36) -> Box:
    """The seal: real size, over the left third of the signer's picture (NĐ 30/2020, Phụ lục I)."""
    side = diameter_mm * _POINTS_PER_MM
    picture = signature_box(room)
    covered = picture.left + (picture.right - picture.left) / 3
    middle = (room.top + room.bottom) / 2
    return Box(covered - side, middle - side / 2, covered, middle + side / 2)


def lone_seal_box(room: Box, diameter_mm: float = 36) -> Box:
    """The seal where nobody signs by hand: real size, hanging from the top of the room."""
    side = diameter_mm * _POINTS_PER_MM
    middle = (room.left + room.right) / 2
    return Box(middle - side / 2, room.top - side, middle + side / 2, room.top)


def may_sign(state: DocumentState) -> bool:
    """A draft may be signed."""
    return state == "draft"


def may_seal(state: DocumentState) -> bool:
    """Only a signed document is sealed (NĐ 30/2020, Điều 32)."""
    return state == "signed"


def register_year(issued_on: dt.date) -> int:
    """Numbers start at 01 on 1 January (NĐ 30/2020, Điều 15)."""
    return issued_on.year
