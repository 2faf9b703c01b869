"""The demo's citizens answer every form so that it would be accepted."""

from __future__ import annotations

import datetime as dt

import pytest

from motcua.casework.forms.public import compile_form, validate
from motcua.subsystems.procedures.services import DATA, read_package
from motcua.web.demo import names
from motcua.web.demo.answers import MAKERS, Asker

ON = dt.date(2026, 3, 3)


@pytest.mark.parametrize("code", list(MAKERS))
def test_answers_are_valid(code: str) -> None:
    form = compile_form(read_package(DATA / "packages" / code)["form"])
    make = MAKERS[code][0]
    for serial in range(1000, 1040):
        who = names.person(serial)
        asker = Asker(
            1,
            1,
            who.name,
            who.identity,
            who.birth_date.isoformat(),
            who.gender,
            who.phone,
            who.email,
            "26740",
            who.street,
        )
        answers = make(asker, names.generator(f"{code}-{serial}"), ON)
        checked = validate(form, answers, today=ON, context={"channel": "online", "applicant": []})
        assert checked.errors == {}


def test_parents_are_of_an_age_to_have_a_child() -> None:
    make = MAKERS["1.001193"][0]
    for serial in range(1000, 1060):
        who = names.person(serial)
        asker = Asker(
            1,
            1,
            who.name,
            who.identity,
            who.birth_date.isoformat(),
            who.gender,
            "",
            "",
            "26740",
            "",
        )
        answers = make(asker, names.generator(str(serial)), ON)
        for parent in ("mother", "father"):
            age = ON.year - int(answers[f"{parent}_birth_date"][:4])
            assert 18 <= age <= 46
