"""Fees by law: procedure × case × channel × applicant × day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from motcua.subsystems.procedures.rules import CityRules, case_for, fee_for
from motcua.subsystems.procedures.services import DATA, read_package

ZERO = {
    "key": "zero.online",
    "fee_kind": "le_phi",
    "channels": ["online"],
    "fee_groups": ["ho_tich", "giay_phep_xay_dung", "dang_ky_kinh_doanh"],
    "legal_basis": "Nghị quyết 411/NQ-HĐND",
    "confirmed": True,
    "valid_from": "2025-09-29",
    "valid_to": None,
}
CITY = CityRules(zero=(ZERO,))
TODAY = dt.date(2026, 11, 22)


def cost(code: str, case: str, channel: str, **changes: Any) -> Any:
    asked = {"applicant": [], "on": TODAY, "city": CITY} | changes
    package = read_package(DATA / "packages" / code)
    return fee_for(package, case=case, channel=channel, **asked)


@pytest.mark.parametrize(
    ("code", "case", "channel", "classes", "on", "amount", "certain"),
    [
        # Birth in time: no charge on any channel.
        ("1.001193", "on_time", "counter", [], "2026-11-22", 0, True),
        ("1.001193", "on_time", "online", [], "2026-11-22", 0, True),
        # Late: the Council's amount at the counter, zero online, exempt classes free.
        ("1.001193", "late", "counter", [], "2026-11-22", None, False),
        ("1.001193", "late", "online", [], "2026-11-22", 0, True),
        ("1.001193", "late", "counter", ["poor_household"], "2026-11-22", 0, True),
        ("1.001193", "late", "post", ["disabled"], "2026-11-22", 0, True),
        ("1.001193", "late", "counter", ["meritorious"], "2026-11-22", 0, True),
        # The zero charge holds from the day of the resolution.
        ("1.001193", "late", "online", [], "2025-09-28", None, False),
        ("1.001193", "late", "online", [], "2025-09-29", 0, True),
        ("1.004873", "first", "online", [], "2026-11-22", 0, True),
        ("1.004873", "first", "counter", [], "2026-11-22", None, False),
        ("1.004873", "first", "online", [], "2025-09-28", None, False),
        ("1.001612", "individual", "online", [], "2026-11-22", 0, True),
        ("1.001612", "individual", "counter", [], "2026-11-22", None, False),
        # Building permit: amounts of 2016 are a default only.
        ("1.013225", "house", "online", [], "2026-11-22", 0, True),
        ("1.013225", "house", "counter", [], "2026-11-22", 75000, False),
        ("1.013225", "other", "post", [], "2026-11-22", 150000, False),
        ("1.013225", "house", "counter", ["elderly"], "2026-11-22", 0, False),
        ("1.014027", "from_75", "counter", [], "2026-11-22", 0, True),
    ],
)
def test_fee_table(
    *,
    code: str,
    case: str,
    channel: str,
    classes: list[str],
    on: str,
    amount: int | None,
    certain: bool,
) -> None:
    result = cost(code, case, channel, applicant=classes, on=dt.date.fromisoformat(on))
    assert (result.amount, result.certain) == (amount, certain)


def test_copies_are_paid_online_too_because_the_fee_is_not_the_councils() -> None:
    result = cost("1.001193", "on_time", "online", answers={"copies": 3})
    assert result.amount == 24_000
    assert result.lines[0].explanation.vi == "3 × 8.000\u00a0đ (Thông tư 281/2016/TT-BTC)."
    assert result.certain


def test_the_zero_line_names_its_resolution() -> None:
    line = cost("1.004873", "first", "online").lines[0]
    assert "411/NQ-HĐND" in line.explanation.vi
    assert "411/NQ-HĐND" in line.explanation.en
    assert line.legal_basis == "Nghị quyết 411/NQ-HĐND"


def test_classes_ticked_in_the_form_count() -> None:
    answers = {"exemption_classes": ["poor_household"]}
    line = cost("1.004873", "first", "counter", answers=answers).lines[0]
    assert line.amount == 0
    assert line.explanation.vi.startswith("Miễn")


def test_an_unknown_amount_is_said_to_be_confirmed_at_the_counter() -> None:
    line = cost("1.001612", "individual", "counter").lines[0]
    assert line.amount is None
    assert "xác nhận tại quầy" in line.explanation.vi
    assert "đ" not in line.explanation.vi.split()


def test_an_unconfirmed_default_amount_is_not_told() -> None:
    line = cost("1.013225", "house", "counter").lines[0]
    assert line.amount == 75_000
    assert "75" not in line.explanation.vi
    assert "75" not in line.explanation.en


def test_the_citys_amount_wins_once_confirmed() -> None:
    amount = {
        "key": "fee.household_business",
        "amount": 100_000,
        "legal_basis": "Nghị quyết của Hội đồng nhân dân Thành phố",
        "confirmed": True,
        "valid_from": "2026-01-01",
        "valid_to": None,
    }
    city = CityRules(zero=(ZERO,), amounts=(amount,))
    result = cost("1.001612", "individual", "counter", city=city)
    assert (result.amount, result.certain) == (100_000, True)
    assert "100.000" in result.lines[0].explanation.vi
    assert cost("1.001612", "individual", "online", city=city).amount == 0


@pytest.mark.parametrize(
    ("born", "filed", "case"),
    [
        ("2026-09-23", "2026-11-22", "on_time"),
        ("2026-09-22", "2026-11-22", "late"),
        ("2026-11-22", "2026-11-22", "on_time"),
    ],
)
def test_birth_is_late_after_sixty_days(born: str, filed: str, case: str) -> None:
    package = read_package(DATA / "packages" / "1.001193")
    on = dt.date.fromisoformat(filed)
    assert case_for(package, {"child_birth_date": born}, on) == case


def test_cases_follow_the_answers() -> None:
    building = read_package(DATA / "packages" / "1.013225")
    assert case_for(building, {"work_kind": "house"}, TODAY) == "house"
    assert case_for(building, {"work_kind": "other"}, TODAY) == "other"
    pension = read_package(DATA / "packages" / "1.014027")
    assert case_for(pension, {"age": 72}, TODAY) == "near_75"
    assert case_for(pension, {"age": 80}, TODAY) == "from_75"
    assert case_for(pension, {}, TODAY) == "from_75"
