"""A sketch of the city's wards for the demo, made from the middles of its units.

Every place goes to the nearest middle, but not farther than the unit's own size allows: so the
cells are coarse, have no official standing, and the sea and the neighbours stay outside. The
layer is marked ``coarse`` and pages say so. Real boundaries: ``motcua import boundaries``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

Point = tuple[float, float]
KM_LATITUDE = 110.57
SIDES = 16
REACH = 1.9
"""How far a cell may reach, in radii of a circle with the unit's area."""


def sketch_of_wards(units: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    """A GeoJSON collection with one coarse cell for each row of ``units.csv``."""
    middles = [(unit, (float(unit["longitude"]), float(unit["latitude"]))) for unit in units]
    return {
        "type": "FeatureCollection",
        "features": [
            _feature(unit, at, [p for _, p in middles if p != at]) for unit, at in middles
        ],
    }


def _feature(unit: Mapping[str, str], at: Point, others: list[Point]) -> dict[str, Any]:
    kind = {"phường": "Phường", "xã": "Xã"}.get(unit["type"], "Đặc khu")
    english = {"phường": "Ward", "xã": "Commune"}.get(unit["type"], "Special Zone")
    ring = [[round(x, 6), round(y, 6)] for x, y in _cell(at, float(unit["area_km2"]), others)]
    return {
        "type": "Feature",
        "properties": {
            "code": unit["code"],
            "name": f"{kind} {unit['name']}",
            "name_en": f"{unit['name_en']} {english}",
        },
        "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
    }


def _cell(at: Point, square_km: float, others: list[Point]) -> list[Point]:
    """The nearest-middle cell, cut out of a circle: computed in km around the middle."""
    wide = KM_LATITUDE * math.cos(math.radians(at[1]))
    reach = REACH * math.sqrt(square_km / math.pi)
    cell = [
        (reach * math.cos(2 * math.pi * n / SIDES), reach * math.sin(2 * math.pi * n / SIDES))
        for n in range(SIDES)
    ]
    near = sorted(((x - at[0]) * wide, (y - at[1]) * KM_LATITUDE) for x, y in others)
    for px, py in sorted(near, key=lambda p: p[0] ** 2 + p[1] ** 2):
        square = px * px + py * py
        if square > 4 * reach * reach:
            break
        cell = _nearer(cell, px, py, square / 2)
    return [(at[0] + x / wide, at[1] + y / KM_LATITUDE) for x, y in cell]


def _nearer(cell: list[Point], px: float, py: float, half: float) -> list[Point]:
    """The part of a convex cell that lies nearer to the origin than to a point."""
    kept: list[Point] = []
    for n, (ax, ay) in enumerate(cell):
        bx, by = cell[(n + 1) % len(cell)]
        a, b = ax * px + ay * py - half, bx * px + by * py - half
        if a <= 0:
            kept.append((ax, ay))
        if (a < 0 < b) or (b < 0 < a):
            part = a / (a - b)
            kept.append((ax + part * (bx - ax), ay + part * (by - ay)))
    return kept
