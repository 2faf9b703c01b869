"""Which ladder holds, which rungs were passed, what is told: as tables."""

from __future__ import annotations

import datetime as dt

import pytest

from motcua.foundation.timesource import CITY_ZONE
from motcua.subsystems.escalation.rules import (
    Ladder,
    Point,
    Rung,
    digest_or_now,
    faults_of,
    fire,
    in_force,
    ladder_for,
    rung_of,
)
from motcua.subsystems.escalation.wording import key_words

DAY = dt.date(2026, 11, 18)
NINE = dt.datetime(2026, 11, 18, 9, tzinfo=CITY_ZONE)
RUNGS = (
    Rung("share", 50, ("officer",)),
    Rung("before", 1, ("officer", "head")),
    Rung("overdue", 0, ("leader",), True),
)


def at(hours: int) -> dt.datetime:
    return NINE + dt.timedelta(hours=hours)


POINTS = [Point("share:50", at(0)), Point("before:1", at(10)), Point("overdue:0", at(20))]


@pytest.mark.parametrize(
    ("already", "hours", "passed", "next_hours"),
    [
        ((), -1, [], 0),
        ((), 0, ["share:50"], 10),
        ((), 9, ["share:50"], 10),
        (("share:50",), 9, [], 10),
        (("share:50",), 12, ["before:1"], 20),
        # Nobody looked for a while: all are passed, the highest is told.
        ((), 25, ["share:50", "before:1", "overdue:0"], None),
        (("share:50", "before:1", "overdue:0"), 99, [], None),
    ],
)
def test_what_is_passed(
    already: tuple[str, ...], hours: int, passed: list[str], next_hours: int | None
) -> None:
    found = fire(POINTS, already, at(hours))
    assert [point.key for point in found.passed] == passed
    assert found.next_at == (None if next_hours is None else at(next_hours))
    assert (found.told.key if found.told else None) == (passed[-1] if passed else None)


@pytest.mark.parametrize(
    ("field", "agency", "amount"),
    [("civil", 7, 1), ("land", 7, 2), ("civil", 8, 3), ("land", 8, 4), ("", 9, 4)],
)
def test_the_most_particular_ladder_holds(field: str, agency: int, amount: int) -> None:
    def one(n: int, field: str = "", agency: int | None = None) -> Ladder:
        return Ladder((Rung("overdue", n, ("officer",)),), DAY, field, agency, n)

    known = in_force([one(1, "civil", 7), one(2, "", 7), one(3, "civil"), one(4)], DAY)
    found = ladder_for(known, field, agency)
    assert found is not None
    assert found.rungs[0].amount == amount


def test_a_ladder_holds_from_its_day_and_the_newest_wins() -> None:
    tomorrow = DAY + dt.timedelta(days=1)
    old, new = Ladder(RUNGS, DAY, recorded=1), Ladder(RUNGS[:1], tomorrow, recorded=2)
    mended = Ladder(RUNGS[:2], DAY, recorded=3)
    assert in_force([new, old], DAY)[None, ""] is old
    assert in_force([new, old], tomorrow)[None, ""] is new
    assert in_force([mended, old], DAY)[None, ""] is mended
    assert ladder_for({}, "civil", 1) is None


@pytest.mark.parametrize(
    ("rungs", "faults"),
    [
        (RUNGS, []),
        ((), ["none"]),
        ((Rung("share", 100, ("officer",)),), ["amount"]),
        ((Rung("share", 50, ()),), ["tell"]),
        ((Rung("share", 50, ("mayor",)),), ["tell"]),
        ((Rung("later", 50, ("officer",)),), ["amount"]),
        ((RUNGS[0], RUNGS[0]), ["twice"]),
        ((Rung("again", 5, ("head",)), Rung("again", 6, ("head",))), ["twice"]),
    ],
)
def test_faults_of_a_ladder(rungs: tuple[Rung, ...], faults: list[str]) -> None:
    assert faults_of(rungs) == faults


@pytest.mark.parametrize(
    ("told", "waiting", "found"),
    [(0, 3, (3, 0)), (0, 9, (5, 4)), (4, 2, (1, 1)), (5, 1, (0, 1)), (80, 1, (0, 1))],
)
def test_more_than_some_go_into_the_digest(told: int, waiting: int, found: tuple[int, int]) -> None:
    assert digest_or_now(told, waiting, 5) == found


def test_keys_in_words_and_back() -> None:
    ladder = Ladder((*RUNGS, Rung("again", 5, ("supervisor",))), DAY)
    assert rung_of(ladder, "again:5:3") == ladder.rungs[-1]
    assert rung_of(ladder, "again:6:1") is None
    assert Rung.read(RUNGS[2].stored()) == RUNGS[2]
    assert key_words("share:80").vi == "đã dùng 80 % thời gian"
    assert key_words("overdue:0").en == "overdue now"
