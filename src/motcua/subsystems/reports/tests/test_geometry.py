"""Point in polygon: exact on borders, the same as counting crossings with fractions."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from motcua.subsystems.reports.rules import (
    BORDER,
    INSIDE,
    OUTSIDE,
    Box,
    BrokenGeometry,
    box_of,
    first_holding,
    metres_between,
    read_geometry,
    shown_point,
    side_of,
)

SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4]]
HOLE = [[1, 1], [3, 1], [3, 3], [1, 3]]


@pytest.mark.parametrize(
    ("x", "y", "side"),
    [
        (0.5, 0.5, INSIDE),
        (2, 2, OUTSIDE),  # in the hole
        (1, 2, BORDER),  # on the hole's edge
        (1, 1, BORDER),
        (0, 0, BORDER),
        (4, 2, BORDER),
        (2, 4, BORDER),
        (4.0000001, 2, OUTSIDE),
        (-1, 0, OUTSIDE),  # on the line of an edge, beside it
        (11, 11, INSIDE),  # of the second polygon
        (10, 12, BORDER),
        (7, 7, OUTSIDE),
    ],
)
def test_holes_and_parts(x: float, y: float, side: int):
    second = [[[10, 10], [10, 12], [12, 12], [12, 10]]]  # the other way round
    assert side_of([[SQUARE, HOLE], *[second]], x, y) == side


def _brute(ring: list[list[float]], x: float, y: float) -> int:
    """Crossings of a ray to the right, all in fractions."""
    px, py, inside = Fraction(x), Fraction(y), False
    points = [(Fraction(a), Fraction(b)) for a, b in ring]
    for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
        cross = (bx - ax) * (py - ay) - (by - ay) * (px - ax)
        between = min(ax, bx) <= px <= max(ax, bx) and min(ay, by) <= py <= max(ay, by)
        if cross == 0 and between:
            return BORDER
        if (ay > py) != (by > py) and px < ax + (py - ay) * (bx - ax) / (by - ay):
            inside = not inside
    return INSIDE if inside else OUTSIDE


def test_the_same_as_counting_crossings_exactly():
    chance = random.Random(1022)
    seen = dict.fromkeys((INSIDE, BORDER, OUTSIDE), 0)
    for _ in range(150):
        # Coarse coordinates make shared lines and corners frequent; tenths do not fit in binary.
        ring = [[chance.randint(0, 6) / 10, chance.randint(0, 6) / 10] for _ in range(7)]
        for _ in range(12):
            x, y = chance.randint(0, 12) / 20, chance.randint(0, 12) / 20
            expected = _brute(ring, x, y)
            assert side_of([[ring]], x, y) == expected, (ring, x, y)
            seen[expected] += 1
    assert min(seen.values()) > 40, seen


def test_the_middle_of_a_slanted_edge_is_border_whatever_rounding_does():
    a, b = [106.1, 10.3], [106.7, 10.9]
    x, y = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    assert side_of([[[a, b, [106.1, 10.9]]]], x, y) == _brute([a, b, [106.1, 10.9]], x, y)


def test_a_point_between_two_areas_always_goes_to_the_same_one():
    left = ("b", Box(0, 0, 2, 2), [[[[0, 0], [2, 0], [2, 2], [0, 2]]]])
    right = ("a", Box(2, 0, 4, 2), [[[[2, 0], [4, 0], [4, 2], [2, 2]]]])
    small = ("c", Box(2, 0, 3, 1), [[[[2, 0], [3, 0], [3, 1], [2, 1]]]])
    assert first_holding([left, right], 2, 1) == first_holding([right, left], 2, 1) == "a"
    assert first_holding([left, right, small], 2, 0.5) == "c"  # the smaller of those it touches
    assert first_holding([left, right], 1, 1) == "b"
    assert first_holding([left, right], 5, 5) is None


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 91], [1, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[["x", 0], [1, 9], [1, 1]]]},
        {"type": "MultiPolygon"},
    ],
)
def test_what_is_no_polygon_is_refused(geometry: dict):
    with pytest.raises(BrokenGeometry):
        box_of(read_geometry(geometry))


def test_distance_and_privacy():
    metres = metres_between((106.7, 10.77), (106.7, 10.78))
    assert 1111 < metres < 1113
    assert shown_point(106.70012, 10.77034, "exact") == (106.70012, 10.77034)
    cell = shown_point(106.70012, 10.77034, "grid")
    assert cell == shown_point(106.7014, 10.7714, "grid") != (106.70012, 10.77034)
    assert shown_point(106.7, 10.7, "never") == shown_point(None, None, "exact") == (None, None)
