"""Where a point lies: areas of polygons with holes, decided exactly. WGS84, longitude first.

A point on a border belongs to every area that touches it; which one gets the report is
decided by :func:`first_holding`, always the same way. Signs are exact: where rounding could
change one, it is computed again with fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Ring = Sequence[Sequence[float]]
Shape = Sequence[Sequence[Ring]]
"""Polygons, each an outer ring and its holes; rings need not repeat their first point."""

OUTSIDE, BORDER, INSIDE = -1, 0, 1
_ROUNDING = 3.3306690738754716e-16
"""Shewchuk's bound: beyond it the sign of the rounded determinant is the true one."""


class BrokenGeometry(ValueError):
    """What stands in a file is no polygon on the earth; the text says why."""


@dataclass(frozen=True, slots=True)
class Box:
    """A bounding box in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies in it or on its edge."""
        return self.west <= x <= self.east and self.south <= y <= self.north

    @property
    def size(self) -> float:
        """Its extent, to tell a small area from a large one."""
        return (self.east - self.west) * (self.north - self.south)


def read_geometry(given: Mapping[str, Any]) -> list[list[list[list[float]]]]:
    """The polygons of a GeoJSON geometry (RFC 7946), checked.

    Raises:
        BrokenGeometry: another type, a ring of fewer than three points, or a point that is
            not on the earth.
    """
    kind, coordinates = given.get("type"), given.get("coordinates")
    if kind not in {"Polygon", "MultiPolygon"} or not isinstance(coordinates, list):
        raise BrokenGeometry(f"a Polygon or MultiPolygon is needed, not {kind!r}")
    polygons: list[Any] = [coordinates] if kind == "Polygon" else coordinates
    try:
        return [[_ring(ring) for ring in polygon] for polygon in polygons if polygon]
    except (TypeError, ValueError, IndexError) as error:
        if isinstance(error, BrokenGeometry):
            raise
        raise BrokenGeometry(f"coordinates are no numbers: {error}") from error


def _ring(given: Iterable[Sequence[Any]]) -> list[list[float]]:
    points = [[float(point[0]), float(point[1])] for point in given]
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    if len(points) < 3:
        raise BrokenGeometry("a ring has fewer than three points")
    for x, y in points:
        if not (-180 <= x <= 180 and -90 <= y <= 90):
            raise BrokenGeometry(f"{x}, {y} is not on the earth (longitude comes first)")
    return points


def box_of(shape: Shape) -> Box:
    """The box around all polygons.

    Raises:
        BrokenGeometry: there is no polygon.
    """
    xs = [point[0] for polygon in shape for ring in polygon for point in ring]
    ys = [point[1] for polygon in shape for ring in polygon for point in ring]
    if not xs:
        raise BrokenGeometry("there is no polygon")
    return Box(min(xs), min(ys), max(xs), max(ys))


def turn(ax: float, ay: float, bx: float, by: float, px: float, py: float) -> int:
    """On which side of the line a→b the point lies: 1 left, -1 right, 0 on it. Exact."""
    left, right = (ax - px) * (by - py), (ay - py) * (bx - px)
    found = left - right
    if abs(found) <= _ROUNDING * (abs(left) + abs(right)):
        exact = (Fraction(ax) - Fraction(px)) * (Fraction(by) - Fraction(py)) - (
            Fraction(ay) - Fraction(py)
        ) * (Fraction(bx) - Fraction(px))
        return (exact > 0) - (exact < 0)
    return 1 if found > 0 else -1


def _side_of_ring(ring: Ring, x: float, y: float) -> int:
    inside = False
    ax, ay = ring[-1][0], ring[-1][1]
    for bx, by in ring:
        if (ay > y) != (by > y):
            side = turn(ax, ay, bx, by, x, y)
            if side == 0:
                return BORDER
            inside ^= (side > 0) == (by > ay)
        elif (bx == x and by == y) or (ay == y == by and min(ax, bx) <= x <= max(ax, bx)):
            return BORDER
        ax, ay = bx, by
    return INSIDE if inside else OUTSIDE


def side_of(shape: Shape, x: float, y: float) -> int:
    """``INSIDE``, ``BORDER`` or ``OUTSIDE``; a hole is outside, its edge is border."""
    found = OUTSIDE
    for polygon in shape:
        side = _side_of_ring(polygon[0], x, y)
        for hole in polygon[1:]:
            if side != INSIDE:
                break
            side = -_side_of_ring(hole, x, y)
        if side == INSIDE:
            return INSIDE
        found = max(found, side)
    return found


def first_holding(candidates: Iterable[tuple[str, Box, Shape]], x: float, y: float) -> str | None:
    """The code of the area that gets a point; None when no area has it.

    Inside before border, then the smaller box, then the code in alphabetical order.
    """
    found: list[tuple[int, float, str]] = []
    for code, box, shape in candidates:
        if box.holds(x, y) and (side := side_of(shape, x, y)) != OUTSIDE:
            found.append((-side, box.size, code))
    return min(found)[2] if found else None
