"""The nine criteria as tables (Thông tư 01/2018/TT-VPCP, Điều 13 and 15)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from motcua.subsystems.supervision.rules import (
    DossierFacts,
    Index,
    complaint_points,
    counter_points,
    dossier_points,
    index_of,
    indices_of,
    online_points,
    publication_points,
    staff_grade,
    total_of,
    unit_grade,
)
from motcua.subsystems.supervision.thresholds import confirmed, limits_on, thresholds_on

LIMITS = limits_on(dt.date(2026, 9, 30))
DUE = dt.date(2026, 9, 10)
EARLY = dt.date(2026, 9, 7)


def _points(**more: Any) -> dict[int, list[int]]:
    given: dict[str, Any] = {
        "decided_on": DUE, "due_on": DUE, "late": False, "extended": False, "contacts": 0,
        "online": True,
    }  # fmt: skip
    found: dict[int, list[int]] = {}
    for point in dossier_points(DossierFacts(**(given | more))):
        found.setdefault(point.criterion, []).append(point.points)
    return found


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"decided_on": DUE - dt.timedelta(days=1)}, {1: [2], 3: [2], 4: [2], 7: [2]}),
        ({}, {1: [1], 3: [2], 4: [2], 7: [1]}),
        ({"late": True}, {1: [0], 3: [2], 4: [2], 7: [0]}),
        ({"extended": True, "decided_on": EARLY}, {1: [0], 3: [2], 4: [2], 7: [0]}),
        ({"contacts": 1, "online": False}, {1: [1], 3: [1], 4: [1], 7: [1]}),
        ({"contacts": 2}, {1: [1], 3: [0], 4: [2], 7: [1]}),
        ({"contacts": 5}, {1: [1], 3: [0], 4: [2], 7: [1]}),
        ({"complaint": True}, {1: [1], 3: [2], 4: [2], 7: [0]}),
        ({"due_on": None}, {3: [2], 4: [2]}),
        ({"turns": ((7, -60), (8, 0), (9, 1))}, {1: [1], 2: [2, 1, 0], 3: [2], 4: [2], 7: [1]}),
    ],
)  # fmt: skip
def test_points_of_a_dossier(facts: dict[str, Any], expected: dict[int, list[int]]) -> None:
    assert _points(**facts) == expected


@pytest.mark.parametrize(
    ("share", "every", "commune", "points"),
    [("20", "no", False, 2), ("19.9", "yes", False, 1), ("19.9", "no", False, 0),
     ("100", "no", True, 2), ("99", "yes", True, 1), ("99", "no", True, 0)],
)  # fmt: skip
def test_organisation(share: str, every: str, commune: bool, points: int) -> None:
    given = {"share": share, "all_received": every}
    assert counter_points(given, LIMITS, commune=commune) == points


def test_publication() -> None:
    assert publication_points({"posted": "yes", "electronic": "yes"}) == 2
    assert publication_points({"posted": "no", "electronic": "yes"}) == 1
    assert publication_points({"posted": "no", "electronic": "no"}) == 0


@pytest.mark.parametrize(
    ("received", "in_time", "dragging", "points"),
    [(0, 0, 0, 2), (4, 4, 0, 2), (10, 9, 0, 1), (100, 89, 0, 0), (10, 10, 1, 0)],
)
def test_complaints(received: int, in_time: int, dragging: int, points: int) -> None:
    given = {"received": str(received), "in_time": str(in_time), "dragging": str(dragging)}
    assert complaint_points(given, LIMITS) == points


@pytest.mark.parametrize(
    ("procedures", "dossiers", "online", "late", "points"),
    [("20", 10, 3, 0, 2), ("19", 10, 3, 0, 1), ("20", 100, 29, 0, 1), ("20", 100, 15, 0, 1),
     ("20", 100, 14, 0, 0), ("0", 10, 10, 0, 0), ("50", 10, 10, 1, 0), ("50", 0, 0, 0, 0)],
)  # fmt: skip
def test_online(procedures: str, dossiers: int, online: int, late: int, points: int) -> None:
    found = online_points(
        Decimal(procedures), dossiers=dossiers, online=online, late=late, limits=LIMITS
    )
    assert found == points


def test_an_index_is_rounded_half_up_and_left_out_without_data() -> None:
    assert index_of(1, []) is None
    assert index_of(1, [2, 1, 1]) == Index(1, Decimal("1.3"), 3, 4)
    assert index_of(1, [1] * 19 + [2]) == Index(1, Decimal("1.1"), 20, 21)  # 1.05
    assert total_of([Index(1, Decimal("1.3"), 3, 4), Index(3, Decimal("2.0"), 3, 6)]) == Decimal(
        "3.3"
    )


def test_only_the_own_agency_counts_for_criterion_two() -> None:
    facts = DossierFacts(DUE, DUE, False, False, 0, True, turns=((7, -1), (8, 1)))
    scores = {i.criterion: i.score for i in indices_of(dossier_points(facts), 8)}
    assert scores[2] == Decimal("0.0")


@pytest.mark.parametrize(
    ("total", "unit", "staff"),
    [("18", "excellent", "full"), ("15", "excellent", "full"), ("14.9", "good", "full"),
     ("12", "good", "full"), ("11.9", "fair", "full"), ("9", "fair", "full"),
     ("8.9", "average", "full"), ("6", "average", "full"), ("5.9", "weak", "full"),
     ("5", "weak", "full"), ("4.9", "weak", "most"), ("3.5", "weak", "most"),
     ("3.4", "weak", "less")],
)  # fmt: skip
def test_grades(total: str, unit: str, staff: str) -> None:
    assert unit_grade(Decimal(total), LIMITS) == unit
    assert staff_grade(Decimal(total), LIMITS) == staff


def test_thresholds_are_dated_and_unconfirmed_since_the_decree_of_2025() -> None:
    assert confirmed(dt.date(2025, 6, 30))
    assert not confirmed(dt.date(2025, 7, 1))
    assert all(row.basis for row in thresholds_on(dt.date(2026, 1, 1)).values())
    assert thresholds_on(dt.date(2018, 1, 1)) == {}
