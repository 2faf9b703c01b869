"""The citizens of the demo city: a few with names to try things with, and many made up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from motcua.casework.people.public import Account, Party, PartyDetails, build_party
from motcua.foundation.errors import Bilingual
from motcua.web.demo import names
from motcua.web.demo.city_plan import FLAGSHIP, rows

FIRST_SERIAL = 1_000
"""Serial numbers below belong to the named citizens."""


@dataclass(frozen=True, slots=True)
class NamedCitizen:
    """A citizen of the flagship ward whom the demo's first page introduces."""

    username: str
    name: str
    gender: str
    birth_date: dt.date
    what: Bilingual
    classes: tuple[str, ...] = ()


NAMED_CITIZENS = (
    NamedCitizen(
        "congdan",
        "Nguyễn Ngọc Mai",
        "female",
        dt.date(1994, 5, 12),
        Bilingual("Người dân", "Citizen"),
    ),
    NamedCitizen(
        "chuquan",
        "Trần Quốc Bảo",
        "male",
        dt.date(1988, 9, 3),
        Bilingual("Chủ quán ăn", "Restaurant owner"),
    ),
    NamedCitizen(
        "chunha", "Lê Hoàng Nam", "male", dt.date(1979, 2, 21), Bilingual("Chủ nhà", "Home owner")
    ),
    NamedCitizen(
        "cubay",
        "Huỳnh Thị Bảy",
        "female",
        dt.date(1949, 11, 30),
        Bilingual("Người cao tuổi", "Elderly citizen"),
        ("elderly",),
    ),
)


def open_citizens(count: int, encoded: str, at: dt.datetime) -> list[Account]:
    """Parties with accounts: the named citizens, then ``count`` made-up ones all over the city.

    Args:
        encoded: the hashed password of all of them.
        at: when the accounts are opened (aware).
    """
    communes = [row["code"] for row in rows("units.csv")]
    known = [_named(serial, citizen) for serial, citizen in enumerate(NAMED_CITIZENS)]
    for serial in range(FIRST_SERIAL, FIRST_SERIAL + count):
        where = names.generator(f"home-{serial}").choice(communes)
        known.append((f"dan{serial}", _made_up(names.person(serial), where)))
    parties = [build_party(details, at) for _, details in known]
    Party.objects.bulk_create(parties)
    accounts = [
        Account(
            username=username,
            kind=Account.Kind.CITIZEN,
            display_name=party.full_name,
            party=party,
            email=details.email,
            password=encoded,
            created_at=at,
        )
        for (username, details), party in zip(known, parties, strict=True)
    ]
    Account.objects.bulk_create(accounts)
    return accounts


def _named(serial: int, citizen: NamedCitizen) -> tuple[str, PartyDetails]:
    details = PartyDetails(
        full_name=citizen.name,
        identity_number=names.identity_number(citizen.birth_date, citizen.gender, serial),
        birth_date=citizen.birth_date.isoformat(),
        gender=citizen.gender,
        phone=f"0100{serial:06d}",
        email=f"{citizen.username}@demo.example",
        address=f"{serial + 12} Lê Lợi",
        commune_code=FLAGSHIP,
        classes=citizen.classes,
    )
    return citizen.username, details


def _made_up(who: names.Person, commune: str) -> PartyDetails:
    return PartyDetails(
        full_name=who.name,
        identity_number=who.identity,
        birth_date=who.birth_date.isoformat(),
        gender=who.gender,
        phone=who.phone,
        email=who.email,
        address=who.street,
        commune_code=commune,
    )
