"""The portal's words: tables of cases, and texts nobody expected."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.foundation.timesource import CITY_ZONE
from motcua.subsystems.national_portal.rules import (
    Difference,
    Verdict,
    differences,
    moment,
    read_filed,
    read_moment,
    verdict,
)


@pytest.mark.parametrize(
    ("code", "means"),
    [
        ("0", Verdict.TAKEN),
        ("DA_NHAN", Verdict.TAKEN),
        ("BAN", Verdict.BUSY),
        ("LOI_HE_THONG", Verdict.BUSY),
        ("PHIEN_HET_HAN", Verdict.LOGGED_OUT),
        ("DU_LIEU_SAI", Verdict.REFUSED),
        ("00", Verdict.REFUSED),
        ("", Verdict.REFUSED),
    ],
)
def test_an_unknown_code_is_never_success(code: str, means: Verdict) -> None:
    assert verdict(code) is means


def test_moments_go_there_and_back() -> None:
    at = dt.datetime(2026, 11, 18, 23, 59, 59, tzinfo=CITY_ZONE)
    assert moment(at.astimezone(dt.UTC), CITY_ZONE) == "20261118235959"
    assert read_moment("20261118235959", CITY_ZONE) == at
    assert moment(None, CITY_ZONE) == ""


@pytest.mark.parametrize(
    "text", ["", "2026", "20261318000000", "20260230000000", "٢٠٢٦١١١٨٠٠٠٠٠٠", " 20261118000000"]
)
def test_what_is_no_moment(text: str) -> None:
    assert read_moment(text, CITY_ZONE) is None


def test_both_sides_compared() -> None:
    ours = {"A": "4", "B": "9", "C": "1"}
    theirs = {"A": "4", "B": "4", "D": "2"}
    assert differences(ours, theirs) == [
        Difference("B", "9", "4"),
        Difference("C", "1", ""),
        Difference("D", "", "2"),
    ]


KEYS = ["MaHoSo", "MaTTHC", "ChuHoSo", "LoaiDoiTuong", "MaDoiTuong", "NgayNopHoSo", "TaiLieuNop",
        "DuLieuBieuMau", "HinhThuc"]  # fmt: skip
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), ANY))
def test_anything_can_be_read_and_nothing_is_guessed(body: dict[str, Any]) -> None:
    filed = read_filed(body, CITY_ZONE)
    for key in ("MaHoSo", "MaTTHC", "ChuHoSo"):
        if not isinstance(body.get(key), str):
            assert key in filed.problems
    assert filed.owner_name in {"", str(body.get("ChuHoSo")).strip()}
