"""The demo's sketch of the wards: every unit's middle lies in its own cell, nothing overlaps."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from motcua.subsystems.reports.rules import OUTSIDE, box_of, read_geometry, side_of
from motcua.web.demo.areas import sketch_of_wards

UNITS = Path(__file__).parents[1] / "data" / "units.csv"


def test_the_sketch_parts_the_city():
    with UNITS.open(encoding="utf-8") as file:
        units = list(csv.DictReader(file))
    features = sketch_of_wards(units)["features"]
    cells = {f["properties"]["code"]: read_geometry(f["geometry"]) for f in features}
    assert len(cells) == 168

    def holding(x: float, y: float) -> list[str]:
        return [
            code
            for code, cell in cells.items()
            if box_of(cell).holds(x, y) and side_of(cell, x, y) != OUTSIDE
        ]

    for unit in units:
        at = float(unit["longitude"]), float(unit["latitude"])
        assert holding(*at) == [unit["code"]], unit["name"]
    assert holding(109.5, 10.0) == []  # the sea
    chance = random.Random(7)
    several = sum(
        len(holding(chance.uniform(106.6, 106.8), chance.uniform(10.7, 10.9))) > 1
        for _ in range(60)
    )
    assert several == 0
