"""Who gets which case, as tables."""

from __future__ import annotations

import datetime as dt

import pytest

from motcua.casework.agencies.public import may_stand_in
from motcua.casework.agencies.rules import substitute_title
from motcua.subsystems.staffing.rules import Officer, Waiting, overlaps, share, weight

AT = dt.datetime(2026, 11, 18, 9, tzinfo=dt.UTC)


def _case(number: int, hours: int | None = None, subject: str = "a", *parties: int) -> Waiting:
    due = None if hours is None else AT + dt.timedelta(hours=hours)
    return Waiting(number, subject, due, frozenset(parties))


@pytest.mark.parametrize(
    ("hours", "counts"), [(-30, 3), (0, 3), (24, 3), (25, 2), (72, 2), (73, 1), (None, 1)]
)
def test_what_a_case_weighs(hours: int | None, counts: int) -> None:
    assert weight(_case(1, hours).due, AT) == counts


@pytest.mark.parametrize(
    ("way", "last", "expected"),
    [
        ("round_robin", None, {1: 10, 2: 20, 3: 30, 4: 10}),
        ("round_robin", 10, {1: 20, 2: 30, 3: 10, 4: 20}),
        ("round_robin", 99, {1: 10, 2: 20, 3: 30, 4: 10}),
        # Loads 5, 0 and 2; the urgent first case counts 3.
        ("load", None, {1: 20, 2: 30, 3: 20, 4: 30}),
    ],
)
def test_in_turn_and_by_load(way: str, last: int | None, expected: dict[int, int]) -> None:
    officers = [Officer(10, 5), Officer(20, 0), Officer(30, 2)]
    cases = [_case(4, 400), _case(1, 1), _case(3, 300), _case(2, 200)]
    given = share(cases, officers, way, AT, last)
    if way == "load":
        assert given[1] == 20
        loads = {10: 5, 20: 3, 30: 2}
        for number in (2, 3, 4):
            lightest = min(loads, key=lambda one: (loads[one], one))
            assert given[number] == lightest
            loads[lightest] += 1
    else:
        assert given == expected


def test_by_subject_only_who_handles_it() -> None:
    officers = [
        Officer(10, 0, frozenset({"a"})),
        Officer(20, 9, frozenset({"b"})),
        Officer(30, 1, frozenset({"a", "b"})),
    ]
    given = share([_case(1, 1, "a"), _case(2, 2, "b"), _case(3, 3, "c")], officers, "field", AT)
    assert given == {1: 10, 2: 30, 3: None}


@pytest.mark.parametrize("way", ["round_robin", "load"])
def test_nobody_gets_a_case_about_oneself(way: str) -> None:
    own = Officer(10, 0, party_id=7)
    assert share([_case(1, 1, "a", 7)], [own, Officer(20, 50)], way, AT) == {1: 20}
    assert share([_case(1, 1, "a", 7)], [own], way, AT) == {1: None}


def test_without_officers_all_wait() -> None:
    assert share([_case(1), _case(2)], [], "load", AT) == {1: None, 2: None}


@pytest.mark.parametrize(
    ("role", "authority", "passes"),
    [
        ("case_officer", "", True),
        ("records_clerk", "", True),
        ("division_head", "", True),
        ("division_head", "own", False),
        ("leader", "", False),
        ("leader", "own", False),
        ("administrator", "", False),
    ],
)
def test_signing_power_does_not_pass_by_absence(role: str, authority: str, passes: bool) -> None:
    assert may_stand_in(role, authority) is passes


@pytest.mark.parametrize(
    ("b", "shared"), [((10, 12), True), ((12, 15), True), ((13, 15), False), ((1, 9), False)]
)
def test_days_that_meet(b: tuple[int, int], shared: bool) -> None:
    span = (dt.date(2026, 11, 10), dt.date(2026, 11, 12))
    other = (dt.date(2026, 11, b[0]), dt.date(2026, 11, b[1]))
    assert overlaps(span, other) is shared
    assert overlaps(other, span) is shared


def test_a_title_fits_its_column() -> None:
    assert substitute_title("Công chức", "Lê An") == "Công chức (thay Lê An)"
    assert len(substitute_title("x" * 200, "y" * 40)) == 120
