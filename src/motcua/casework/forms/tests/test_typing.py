"""What people type, and what it means."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.casework.forms.rules.typing import (
    clean_text,
    read_date,
    read_number,
    read_whole,
    understand,
    write_out,
)
from motcua.casework.forms.tests.samples import definition

FORM = definition()


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", 12), ("1.234.567", 1_234_567), ("1 234", 1_234), ("1,234,567", 1_234_567),
        ("-5", -5), ("+5", 5), ("1.23.456", None), ("12.34", None), ("1.234,5", None),
        ("a", None), ("", None), ("１２", None), ("1.234 567", None), ("9" * 18, 10**18 - 1),
        ("9" * 19, None), ("0012", 12),
    ],
)  # fmt: skip
def test_whole_numbers(typed: str, value: int | None) -> None:
    assert read_whole(typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("4,5", 4.5), ("4.5", 4.5), ("1.234", 1234), ("1.234,25", 1234.25), ("12", 12),
        ("-0,5", -0.5), ("1 234,5", 1234.5), ("4,", None), (",5", None), ("1e5", None),
        ("nan", None), ("4,50", 4.5), ("3,0", 3),
    ],
)  # fmt: skip
def test_decimal_numbers(typed: str, value: float | None) -> None:
    assert read_number(typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("27/3/1998", "1998-03-27"), ("27-03-1998", "1998-03-27"), ("27.3.1998", "1998-03-27"),
        ("1998-03-27", "1998-03-27"), ("31/2/2024", ""), ("29/2/2024", "2024-02-29"),
        ("3/27/1998", ""), ("27/3/98", ""), ("hôm qua", ""), ("1/1/0000", ""),
    ],
)  # fmt: skip
def test_dates(typed: str, value: str) -> None:
    assert read_date(typed) == value


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("gift", "1.500.000 đ", 1_500_000), ("gift", "1.500.000đồng", 1_500_000),
        ("gift", "nhiều", "nhiều"), ("identity", "079 123 456 789", "079123456789"),
        ("contact_phone", "0901.234.567", "0901234567"), ("married", "true", True),
        ("married", "false", False), ("married", "x", "x"),
        ("child_birth", "31/2/2024", "31/2/2024"),
        ("child_name", "  Nguyễn\u0000 A ", "Nguyễn A"), ("child_name", "   ", None),
        ("late_reason", "a\r\nb", "a\nb"),
    ],
)  # fmt: skip
def test_by_field(field: str, typed: str, value: Any) -> None:
    assert understand(FORM.fields[field], typed) == value


def test_decomposed_letters_are_composed() -> None:
    assert clean_text("Nguye\u0302\u0303n") == "Nguyễn"


@given(st.integers(-(10**15), 10**15))
def test_money_comes_back(amount: int) -> None:
    assert understand(FORM.fields["gift"], write_out(FORM.fields["gift"], amount)) == amount


@given(st.floats(-1e9, 1e9).map(lambda x: round(x, 4)))
def test_decimals_come_back(number: float) -> None:
    assert understand(FORM.fields["weight"], write_out(FORM.fields["weight"], number)) == number


@given(st.dates())
def test_dates_come_back(date: dt.date) -> None:
    text = f"{date.day}/{date.month}/{date.year:04d}"
    assert read_date(text) == date.isoformat()
    assert read_date(date.isoformat()) == date.isoformat()
