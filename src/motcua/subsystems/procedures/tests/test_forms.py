"""The e-forms with real answers: what is asked, what follows, what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from motcua.casework.forms.public import Validated, compile_form, validate
from motcua.subsystems.procedures.services import DATA, read_package
from motcua.subsystems.procedures.tests.samples import FATHER, SAMPLES

TODAY = dt.date(2026, 11, 22)


def filled(code: str, **changes: Any) -> Validated:
    form = compile_form(read_package(DATA / "packages" / code)["form"])
    answers = {k: v for k, v in (SAMPLES[code] | changes).items() if v is not None}
    return validate(form, answers, today=TODAY)


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_the_sample_is_accepted_whole(code: str) -> None:
    result = filled(code)
    assert result.errors == {}
    assert set(SAMPLES[code]) <= set(result.answers)


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_an_empty_form_says_what_is_missing(code: str) -> None:
    form = compile_form(read_package(DATA / "packages" / code)["form"])
    errors = validate(form, {}, today=TODAY).errors
    assert len(errors) > 8
    assert all(text.vi and text.en for text in errors.values())


@pytest.mark.parametrize(
    ("code", "changes", "place"),
    [
        ("1.001193", {"child_birth_date": "2026-11-23"}, "child_birth_date"),
        ("1.001193", {"mother_birth_date": "2026-11-02"}, "mother_birth_date"),
        ("1.001193", {"birth_notice_number": None}, "birth_notice_number"),
        ("1.001193", {"truthful": False}, "truthful"),
        ("1.001193", {"requester_address": {"line": "Hà Nội"}}, "requester_address.commune"),
        ("1.001193", {"mother_nationality": "Nhật Bản"}, "mother_nationality"),
        ("1.001193", FATHER | {"parents_married": "no"}, "parents_married"),
        (
            "1.004873",
            {"purpose": "marriage", "marital_status": "married", "spouse_name": "Lê Văn Nam",
             "partner_name": "John", "partner_nationality": "Pháp", "marriage_place": "Paris"},
            "purpose",
        ),
        ("1.004873", {"marital_status": "divorced"}, "spouse_name"),
        ("1.001612", {"business_name": "Công ty Mai"}, "business_name"),
        ("1.001612", {"business_name": "CÔNG TY MAI"}, "business_name"),
        ("1.001612", {"owner_nationality": "Pháp"}, "owner_nationality"),
        ("1.001612", {"requester_birth_date": "2009-11-23"}, "requester_birth_date"),
        ("1.001612", {"start_date": "2026-11-21"}, "start_date"),
        ("1.001612", {"founder_type": "household"}, "members"),
        ("1.013225", {"building_area": 101}, "building_area"),
        ("1.013225", {"floor_area": 79}, "floor_area"),
        ("1.013225", {"start_planned": "2026-01-01"}, "start_planned"),
        ("1.014027", {"requester_birth_date": "1957-01-01"}, "requester_birth_date"),
        ("1.014027", {"requester_birth_date": "1954-01-01"}, "poverty"),
        (
            "1.014027",
            {"has_pension": "yes", "pension_kind": "Lương hưu", "pension_amount": 3_000_000},
            "has_pension",
        ),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_told_at_its_place(
    code: str, changes: dict[str, Any], place: str
) -> None:
    assert place in filled(code, **changes).errors


def test_the_poor_may_have_the_pension_from_seventy() -> None:
    changes = {"requester_birth_date": "1954-01-01", "poverty": "poor"}
    result = filled("1.014027", **changes)
    assert result.errors == {}
    assert result.answers["age"] == 72


def test_father_and_mother_bring_the_question_of_marriage() -> None:
    assert filled("1.001193", **FATHER).errors == {}
    assert "parents_married" not in filled("1.001193", parents_married="yes").answers
    married = filled("1.001193", **FATHER | {"marriage_number": None, "marriage_date": None})
    assert {"marriage_number", "marriage_date"} <= set(married.errors)


def test_an_abandoned_child_has_no_parents_to_state() -> None:
    result = filled("1.001193", child_situation="abandoned")
    assert result.errors == {}
    assert not any(name.startswith(("mother_", "father_")) for name in result.answers)


def test_a_late_birth_asks_for_exemptions() -> None:
    on_time = filled("1.001193", exemption_classes=["disabled"])
    assert "exemption_classes" not in on_time.answers
    late = filled("1.001193", child_birth_date="2026-01-01", exemption_classes=["disabled"])
    assert late.answers["exemption_classes"] == ["disabled"]


def test_density_and_full_name_are_worked_out() -> None:
    assert filled("1.013225").answers["density"] == 80
    assert filled("1.001612").answers["business_name_full"] == "Hộ kinh doanh Cơm tấm Mai"


def test_an_address_outside_the_city_needs_no_ward() -> None:
    abroad = {"line": "5 Tràng Tiền, Hà Nội"}
    assert filled("1.001612", requester_address=abroad).errors == {}
    assert "office_address.commune" in filled("1.001612", office_address=abroad).errors
