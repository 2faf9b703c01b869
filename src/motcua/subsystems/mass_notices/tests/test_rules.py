"""Words of a notice to many: what is refused and where."""

from __future__ import annotations

import pytest

from motcua.subsystems.mass_notices.rules import OFFERED, PLACEHOLDERS, faults, filled, needs_second

GOOD = {"subject_vi": "Nghỉ", "subject_en": "Closed", "body_vi": "Chào", "body_en": "Hello"}


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("body_vi", "Hồ sơ {ma_ho_so}", None),
        ("body_vi", "a\nHồ sơ {ma}", "Dòng 2, ký tự 7"),
        ("body_en", "{0.__class__}", "Dòng 1, ký tự 1"),
        ("body_vi", "một { hai", "Dòng 1"),
        ("subject_vi", "Hồ sơ {ma_ho_so}", "Tiêu đề"),
        ("subject_vi", "Số 079190000001", "Tiêu đề"),
        ("subject_en", "", "cả hai ngôn ngữ"),
        ("body_vi", "x" * 2001, "Dài 2001"),
    ],
)
def test_faults(field: str, text: str, said: str | None) -> None:
    found = faults(GOOD | {field: text}, ("ma_ho_so",))
    assert (said is None and found == {}) or (said is not None and said in found[field].vi)


def test_filled_once() -> None:
    assert filled("{a} {b}", {"a": "{b}"}) == "{b} ……"


@pytest.mark.parametrize(("people", "second"), [(1, False), (50, False), (51, True)])
def test_second_person(people: int, second: bool) -> None:
    assert needs_second(people, 50) is second


def test_offered_are_known() -> None:
    assert {name for names in OFFERED.values() for name in names} == set(PLACEHOLDERS)
