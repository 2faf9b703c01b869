"""Distances and what the public may know of a place."""

from __future__ import annotations

import math

from motcua.subsystems.reports.rules.geometry import Box

PRIVACY = ("exact", "grid", "never")
"""What the public sees of a place: the point, its grid cell, or only the ward."""

EARTH = 6_371_008.8
"""Mean radius in metres (IUGG)."""
GRID = 0.0025
"""Side of a cell in degrees: about 275 m in this city. A default, not a rule of law."""


def in_world(longitude: float, latitude: float) -> bool:
    """Whether this is a point on the earth at all."""
    finite = math.isfinite(longitude) and math.isfinite(latitude)
    return finite and -180 <= longitude <= 180 and -90 <= latitude <= 90


def metres_between(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance of two points ``(longitude, latitude)`` along the ground, in metres."""
    (ax, ay), (bx, by) = a, b
    phi, psi = math.radians(ay), math.radians(by)
    high = math.sin((psi - phi) / 2) ** 2
    wide = math.cos(phi) * math.cos(psi) * math.sin(math.radians(bx - ax) / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(high + wide)))


def box_around(longitude: float, latitude: float, metres: float) -> Box:
    """A box that holds every point within a distance; it may hold a few more."""
    high = math.degrees(metres / EARTH)
    wide = high / max(0.01, math.cos(math.radians(latitude)))
    return Box(longitude - wide, latitude - high, longitude + wide, latitude + high)


def shown_point(
    longitude: float | None, latitude: float | None, privacy: str
) -> tuple[float | None, float | None]:
    """What the public sees: the point, the middle of its grid cell, or nothing.

    Every point of a cell gives the same answer, so that many reports of one house do not
    give the house away.
    """
    if longitude is None or latitude is None or privacy not in {"exact", "grid"}:
        return None, None
    if privacy == "exact":
        return longitude, latitude
    return _middle(longitude), _middle(latitude)


def _middle(value: float) -> float:
    return round((math.floor(value / GRID) + 0.5) * GRID, 6)
