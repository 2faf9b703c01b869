"""Plausible Vietnamese people for the demo city, the same ones on every run.

None of them exists: identity numbers begin with 098 (the national list of
province codes ends at 096), phone numbers with 0100 (never allotted), e-mail
addresses end in ``.example`` (RFC 2606).
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from motcua.foundation.folding import fold

_DATA: dict[str, Any] = json.loads((Path(__file__).parent / "data/names.json").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up person; ``identity`` is unique for ``serial``."""

    name: str
    gender: str
    birth_date: dt.date
    identity: str
    phone: str
    email: str
    street: str


def generator(seed: str) -> Random:
    """A source of chance that gives the same on every run. Never for secrets."""
    return Random(seed)  # noqa: S311 - the demo must repeat itself


def name_for(chance: Random, gender: str) -> str:
    """A full name: surname by how common it is, one middle name, one given name."""
    surnames = _DATA["surnames"]
    surname = chance.choices(list(surnames), list(surnames.values()))[0]
    middle = chance.choice(_DATA["middles"][gender])
    given = chance.choice([g for g in _DATA["given"][gender] if g != middle])
    return f"{surname} {middle} {given}"


def person(serial: int, *, oldest: int = 1940, youngest: int = 2006) -> Person:
    """The person with this serial number (0 to 999,999); a name may repeat, the rest not.

    Args:
        oldest, youngest: bounds of the year of birth, both included.
    """
    chance = generator(f"person-{serial}")
    gender = chance.choice(("male", "female"))
    name = name_for(chance, gender)
    year = chance.randint(oldest, youngest)
    birth = dt.date(year, 1, 1) + dt.timedelta(days=chance.randrange(365))
    return Person(
        name=name,
        gender=gender,
        birth_date=birth,
        identity=identity_number(birth, gender, serial),
        phone=f"0100{serial:06d}",
        email=f"{slug(name).replace('-', '.')}.{serial}@demo.example",
        street=f"{chance.randint(1, 480)} {chance.choice(_DATA['streets'])}",
    )


def identity_number(birth: dt.date, gender: str, serial: int) -> str:
    """Twelve digits built as the law has it (place, sex and century, year, number).

    The place 098 belongs to nobody. Source: Nghị định 70/2024/NĐ-CP on the structure.
    """
    century = (birth.year - 1900) // 100 * 2 + (gender == "female")
    return f"098{century}{birth.year % 100:02d}{serial:06d}"


def slug(text: str) -> str:
    """``Bình Trị Đông`` as ``binh-tri-dong``."""
    return "-".join(fold(text).split())
