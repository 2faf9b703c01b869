"""Pure rules: codes, numbers, where marks go."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.casework.issuing.rules import (
    CODE_ALPHABET,
    Box,
    full_notation,
    make_code,
    register_year,
    seal_box,
    signature_box,
    tidy_code,
)


@given(st.binary(min_size=12, max_size=32), st.sampled_from([" ", "-", "", " – "]))
def test_a_code_survives_how_people_type_it(random: bytes, between: str) -> None:
    code = make_code(random)
    assert len(code) == 14
    typed = between.join(code.split("-")).lower()
    assert tidy_code(f"  {typed} ") == code


@given(st.text(max_size=20))
def test_tidying_never_yields_a_malformed_code(typed: str) -> None:
    code = tidy_code(typed)
    assert code == "" or (len(code) == 14 and set(code) <= {*CODE_ALPHABET, "-"})


def test_no_letter_of_a_code_looks_like_another() -> None:
    assert not set("01OIL") & set(CODE_ALPHABET)
    with pytest.raises(ValueError, match="too few"):
        make_code(b"short")


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, "01/QĐ-UBND"), (9, "09/QĐ-UBND"), (10, "10/QĐ-UBND"), (1234, "1234/QĐ-UBND")],
)
def test_numbers_below_ten_carry_a_zero(number: int, shown: str) -> None:
    assert full_notation(number, "QĐ-UBND") == shown


def test_the_register_follows_the_calendar_year() -> None:
    assert register_year(dt.date(2026, 12, 31)) == 2026
    assert register_year(dt.date(2027, 1, 1)) == 2027


@given(st.floats(50, 400), st.floats(50, 700), st.floats(100, 200), st.floats(40, 90))
def test_the_seal_covers_the_left_third_of_the_signature(
    left: float, bottom: float, width: float, height: float
) -> None:
    room = Box(left, bottom, left + width, bottom + height)
    picture, seal = signature_box(room), seal_box(room)
    covered = (seal.right - picture.left) / (picture.right - picture.left)
    assert covered == pytest.approx(1 / 3)
    assert seal.left < picture.left
    assert seal.right - seal.left == pytest.approx(36 * 72 / 25.4)
