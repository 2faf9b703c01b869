"""Every fault stands at its field, in words that tell the mend."""

from __future__ import annotations

import datetime as dt
from typing import Any

import jsonschema_rs
import pytest

from motcua.casework.forms.public import validate
from motcua.casework.forms.rules.messages import HANDLED
from motcua.casework.forms.tests.samples import definition

TODAY = dt.date(2026, 11, 22)
FORM = definition()
GOOD: dict[str, Any] = {
    "child_name": "NGUYỄN VĂN AN",
    "child_birth": "2026-11-01",
    "sex": "nam",
    "relation": "father",
    "place": {"street": "12 Lê Lợi", "ward": "26734"},
    "contact_phone": "0901234567",
    "truth": True,
}


def errors(**changes: Any) -> dict[str, Any]:
    answers = {k: v for k, v in (GOOD | changes).items() if v is not None}
    return validate(FORM, answers, today=TODAY).errors


def test_good_answers_have_no_errors() -> None:
    checked = validate(FORM, GOOD, today=TODAY)
    assert checked.ok
    assert checked.answers == GOOD | {"days_late": 21, "fee": 0}


@pytest.mark.parametrize(
    ("changes", "place", "vi", "en"),
    [
        ({"child_name": None}, "child_name", "Nhập “Họ, chữ đệm, tên”.", "Enter “Full name”."),
        ({"child_name": "A"}, "child_name", "ít nhất 2 ký tự", "at least 2"),
        ({"child_name": "A" * 101}, "child_name", "tối đa 100 ký tự", "100 characters at most"),
        ({"child_birth": "31/02/2026"}, "child_birth", "ngày có thật", "real date"),
        ({"child_birth": "2027-01-01"}, "child_birth", "tương lai", "ahead"),
        ({"sex": None}, "sex", "Chọn “Giới tính”.", "Choose “Sex”."),
        ({"sex": "x"}, "sex", "trong danh sách", "from the list"),
        ({"relation": "x"}, "relation", "trong danh sách", "from the list"),
        ({"weight": "nặng"}, "weight", "phải là số", "must be a number"),
        ({"weight": 0.1}, "weight", "từ 0,3 trở lên", "0,3 or more"),
        ({"weight": 12}, "weight", "từ 9 trở xuống", "9 or less"),
        ({"copies": 1.5}, "copies", "số nguyên", "whole number"),
        ({"gift": "nhiều"}, "gift", "số tiền nguyên", "whole amount"),
        ({"gift": 10}, "gift", "từ 1.000 trở lên", "1.000 or more"),
        ({"identity": "123"}, "identity", "12 chữ số", "12 digits"),
        ({"contact_phone": "gọi tôi"}, "contact_phone", "số điện thoại", "telephone"),
        ({"contact_email": "a@"}, "contact_email", "thư điện tử", "e-mail"),
        ({"place": None}, "place.street", "Nhập “Số nhà, đường”.", "Enter “Street”."),
        ({"place": None}, "place.ward", "Chọn “Phường, xã, đặc khu”.", "Choose “Ward”."),
        ({"place": {"ward": "1"}}, "place.street", "Nhập “Số nhà", "Enter “Street”."),
        ({"services": ["x"]}, "services", "trong danh sách", "from the list"),
        ({"papers": ["a", "b", "c", "d"]}, "papers", "tối đa 3 mục", "3 entries at most"),
        ({"truth": None}, "truth", "Đánh dấu để cam đoan.", "Tick"),
        ({"truth": False}, "truth", "Đánh dấu để cam đoan.", "Tick"),
        ({"married": True, "siblings": [{"birth": "2020-01-01"}]}, "siblings.0.name",
         "Nhập “Họ tên”.", "Enter “Name”."),
        ({"married": True, "siblings": [{"name": "An"}, {"name": "Bé", "birth": "x"}]},
         "siblings.1.birth", "ngày có thật", "real date"),
        ({"relation": "other"}, "relation_other", "Nhập “Quan hệ khác”.", "Enter “Other relation”"),
        ({"child_birth": "2026-01-01"}, "late_reason", "Nhập “Lý do đăng ký muộn”.", "Enter"),
    ],
)  # fmt: skip
def test_faults_and_their_words(changes: dict[str, Any], place: str, vi: str, en: str) -> None:
    found = errors(**changes)
    assert place in found, found
    assert vi in found[place].vi
    assert en in found[place].en


def test_a_rule_that_cannot_be_judged_is_not_broken() -> None:
    assert "child_birth" not in errors(
        married=True, siblings=[{"name": "An"}, {"name": "Bé", "birth": "2030-01-01"}]
    )
    assert errors(married=True, siblings=[{"name": "Bé", "birth": "2030-01-01"}]).keys() == {
        "siblings"
    }
    # A row that is wrong by itself is mended first.
    assert errors(married=True, siblings=[{"name": "Bé", "birth": "x"}]).keys() == {
        "siblings.0.birth"
    }


def test_errors_come_in_the_order_of_the_screens() -> None:
    places = list(validate(FORM, {}, today=TODAY).errors)
    assert places == [
        "child_name", "child_birth", "sex", "relation", "place.street", "place.ward",
        "contact_phone", "truth",
    ] or set(places[4:6]) == {"place.street", "place.ward"}  # fmt: skip


def test_one_step_is_judged_alone() -> None:
    found = validate(FORM, {}, today=TODAY, step="child").errors
    assert set(found) == {"child_name", "child_birth", "sex"}


def test_every_kind_of_schema_error_that_can_stand_at_a_field_has_words() -> None:
    cases: list[tuple[dict[str, Any], Any]] = [
        ({"type": "string"}, 1), ({"minLength": 2}, "a"), ({"maxLength": 1}, "ab"),
        ({"pattern": "^x"}, "y"), ({"format": "date"}, "y"), ({"minimum": 1}, 0),
        ({"maximum": 1}, 2), ({"exclusiveMinimum": 1}, 1), ({"exclusiveMaximum": 1}, 1),
        ({"multipleOf": 2}, 3), ({"minItems": 1}, []), ({"maxItems": 0}, [1]),
        ({"uniqueItems": True}, [1, 1]), ({"contains": {"const": 1}}, []), ({"enum": [1]}, 2),
        ({"const": 1}, 2), ({"anyOf": [False]}, 1), ({"oneOf": [True, True]}, 1),
        ({"not": {}}, 1), ({"required": ["a"]}, {}),
        ({"additionalProperties": False}, {"a": 1}),
    ]  # fmt: skip
    for schema, value in cases:
        validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        kinds = {error.kind.name for error in validator.iter_errors(value)}
        assert kinds
        assert kinds <= HANDLED, kinds


def test_patterns_cannot_be_made_to_run_for_ever() -> None:
    from motcua.casework.forms.public import compile_form
    from motcua.casework.forms.tests.samples import both

    form = compile_form(
        {
            "id": "slow", "version": "1", "title": both("x"),
            "schema": {"properties": {"a": {"type": "string", "pattern": "^(a+)+$"}}},
            "steps": [{"id": "s", "title": both("x"), "fields": ["a"]}],
            "fields": {"a": {"label": both("A"), "widget": "text"}},
        }
    )  # fmt: skip
    assert validate(form, {"a": "a" * 5_000 + "!"}, today=TODAY).errors
