"""Believable answers to the five e-forms, as citizens of the demo city would give them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from motcua.web.demo import names

Answers = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: the facts of a party of the demo city."""

    party_id: int
    account_id: int
    name: str
    identity: str
    birth_date: str
    gender: str
    phone: str
    email: str
    commune: str
    street: str


ACTIVITIES = (
    ("Bán lẻ thực phẩm", "4722", "Tạp hoá"),
    ("Nhà hàng, quán ăn", "5610", "Quán cơm"),
    ("Dịch vụ phục vụ đồ uống", "5630", "Cà phê"),
    ("Cắt tóc, gội đầu", "9631", "Salon tóc"),
    ("May trang phục", "1410", "Nhà may"),
    ("Sửa chữa xe máy", "4542", "Sửa xe"),
    ("Bán lẻ thuốc", "4772", "Nhà thuốc"),
    ("Giặt là", "9620", "Giặt ủi"),
)
HOSPITALS = ("Bệnh viện Từ Dũ", "Bệnh viện Hùng Vương", "Bệnh viện Mỹ Đức", "Bệnh viện Đa khoa")


def _address(asker: Asker, commune: str = "") -> dict[str, str]:
    return {"commune": commune or asker.commune, "line": asker.street}


def _requester(asker: Asker) -> Answers:
    return {
        "requester_name": asker.name,
        "requester_identity": asker.identity,
        "requester_birth_date": asker.birth_date,
        "requester_phone": asker.phone,
        "requester_email": asker.email,
        "requester_address": _address(asker),
        "result_channel": "online",
        "truthful": True,
    }


def _somebody(chance: Random) -> dict[str, str]:
    """A young adult who is not the one who asks."""
    other = names.person(chance.randrange(900_000, 990_000), oldest=1985, youngest=2000)
    return {
        "name": other.name,
        "birth_date": other.birth_date.isoformat(),
        "identity": other.identity,
    }


def _parents(
    asker: Asker, chance: Random, born: dt.date
) -> tuple[dict[str, str], dict[str, str], str]:
    """Mother, father and what the asker is to the child: too old for a parent, a grandparent."""
    age = born.year - int(asker.birth_date[:4])
    if not 20 <= age <= 45:
        return _somebody(chance), _somebody(chance), "grandparent" if age > 45 else "relative"
    own = {"name": asker.name, "birth_date": asker.birth_date, "identity": asker.identity}
    if asker.gender == "female":
        return own, _somebody(chance), "mother"
    return _somebody(chance), own, "father"


def birth(asker: Asker, chance: Random, on: dt.date) -> Answers:
    """A child born in a hospital within the last weeks, both parents known and married."""
    child_sex = chance.choice(("male", "female"))
    born = on - dt.timedelta(days=chance.randint(3, 55))
    mother, father, relation = _parents(asker, chance, born)
    return {
        **_requester(asker),
        "relation": relation,
        "child_name": names.name_for(chance, child_sex),
        "child_sex": child_sex,
        "child_birth_date": born.isoformat(),
        "child_ethnicity": "kinh",
        "child_nationality": "Việt Nam",
        "child_home_town": "Thành phố Hồ Chí Minh",
        "child_situation": "normal",
        "birth_place_kind": "facility",
        "birth_facility": chance.choice(HOSPITALS),
        "birth_place": _address(asker),
        "birth_proof": "electronic",
        "birth_notice_number": f"GCS-{chance.randint(10000, 99999)}",
        "mother_known": "yes",
        "father_known": "yes",
        **{f"mother_{key}": value for key, value in mother.items()},
        **{f"father_{key}": value for key, value in father.items()},
        "mother_ethnicity": "kinh",
        "mother_nationality": "Việt Nam",
        "mother_address": _address(asker),
        "father_ethnicity": "kinh",
        "father_nationality": "Việt Nam",
        "father_address": _address(asker),
        "parents_married": "yes",
        "marriage_number": f"{chance.randint(1, 400)}/{born.year - 1}",
        "marriage_date": (born - dt.timedelta(days=500)).isoformat(),
        "copies": chance.randint(0, 3),
    }


def marital(asker: Asker, chance: Random, on: dt.date) -> Answers:
    """A certificate of being unmarried, mostly to buy a home."""
    purpose = chance.choice(("property", "property", "loan", "marriage"))
    answers = {
        **_requester(asker),
        "relation": "self",
        "person_sex": asker.gender,
        "person_ethnicity": "kinh",
        "person_nationality": "Việt Nam",
        "person_address": _address(asker),
        "lived_elsewhere": "no",
        "marital_status": "never",
        "purpose": purpose,
        "had_previous": "no",
    }
    if purpose == "marriage":
        answers |= {
            "partner_name": names.name_for(chance, "male"),
            "partner_nationality": "Nhật Bản",
            "marriage_place": "Osaka",
        }
    else:
        answers["copies"] = 1
    return answers


def business(asker: Asker, chance: Random, on: dt.date) -> Answers:
    """A small shop of one person."""
    line, code, prefix = chance.choice(ACTIVITIES)
    given = asker.name.split()[-1]
    return {
        **_requester(asker),
        "founder_type": "individual",
        "owner_sex": asker.gender,
        "owner_nationality": "Việt Nam",
        "filed_by": "owner",
        "business_name": f"{prefix} {given} {chance.randint(2, 99)}",
        "no_premises": "no",
        "office_address": _address(asker),
        "premises_lawful": True,
        "main_line": line,
        "main_line_code": code,
        "conditional_line": "no",
        "capital": chance.choice((50, 100, 200, 300)) * 1_000_000,
        "workers": chance.randint(0, 6),
        "start_date": (on + dt.timedelta(days=chance.randint(7, 40))).isoformat(),
        "tax_address_same": "yes",
        "vat_method": "revenue",
        "not_barred": True,
        "no_other_business": True,
    }


def house(asker: Asker, chance: Random, on: dt.date) -> Answers:
    """A town house of a few storeys."""
    plot = chance.randint(48, 140)
    ground = int(plot * 0.8)
    storeys = chance.randint(2, 5)
    return {
        **_requester(asker),
        "owner_kind": "person",
        "plot_address": _address(asker),
        "plot_number": str(chance.randint(1, 900)),
        "map_sheet": str(chance.randint(1, 120)),
        "plot_area": plot,
        "land_paper": "certificate",
        "land_paper_number": f"CS {chance.randint(100000, 999999)}",
        "land_paper_in_database": "yes",
        "work_kind": "house",
        "storeys": storeys,
        "has_basement": "no",
        "building_area": ground,
        "floor_area": ground * storeys,
        "height": 4 * storeys,
        "adjoining": "no",
        "fire_approval": "no",
        "verification_report": "no",
        "designer_name": names.name_for(chance, "male"),
        "designer_certificate": f"HCM-{chance.randint(10000000, 99999999)}",
        "start_planned": (on + dt.timedelta(days=chance.randint(20, 90))).isoformat(),
        "months": chance.randint(4, 14),
    }


def pension(asker: Asker, chance: Random, on: dt.date) -> Answers:
    """Asked by a grown child for a parent over 75."""
    elder = names.person(chance.randrange(800_000, 890_000), oldest=1934, youngest=1948)
    return {
        **_requester(asker),
        "relation": "child",
        "person_name": elder.name,
        "person_birth_date": elder.birth_date.isoformat(),
        "person_identity": elder.identity,
        "person_sex": elder.gender,
        "person_ethnicity": "kinh",
        "person_address": _address(asker),
        "poverty": "none",
        "has_pension": "no",
        "has_assistance": "no",
        "payment": "cash",
        "receiver": elder.name,
    }


MAKERS: dict[str, tuple[Callable[[Asker, Random, dt.date], Answers], int]] = {
    "1.001193": (birth, 34),
    "1.004873": (marital, 28),
    "1.001612": (business, 20),
    "1.013225": (house, 6),
    "1.014027": (pension, 12),
}
"""Procedure → how it is answered, and its share of all dossiers in percent."""
