"""The units of the city against what is known of them, and against an independent list."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from motcua.foundation.folding import fold
from motcua.web.demo.city_plan import plan, rows, unit_slugs

SHARED = Path("/work/shared/data/admin-units")
UNITS = rows("units.csv")
OLD = rows("old_units.csv")

# The codes of Nghị quyết 1685/NQ-UBTVQH15 by former province and kind, as ranges of the list.
FORMER_BINH_DUONG = range(25747, 25988)
FORMER_BA_RIA = range(26506, 26733)
FORMER_HCMC = range(26737, 27677)


def test_counts() -> None:
    assert len(UNITS) == len({row["code"] for row in UNITS}) == 168
    assert Counter(row["type"] for row in UNITS) == {"phường": 113, "xã": 54, "đặc khu": 1}
    assert Counter(row["former_province"] for row in UNITS) == {
        "Hồ Chí Minh": 102,
        "Bình Dương": 36,
        "Bà Rịa - Vũng Tàu": 30,
    }


@pytest.mark.parametrize(
    ("former", "wards", "communes", "zones"),
    [
        ("Hồ Chí Minh", 78, 24, 0),
        ("Bình Dương", 24, 12, 0),
        ("Bà Rịa - Vũng Tàu", 11, 18, 1),
    ],
)
def test_kinds_by_former_province(former: str, wards: int, communes: int, zones: int) -> None:
    kinds = Counter(row["type"] for row in UNITS if row["former_province"] == former)
    assert (kinds["phường"], kinds["xã"], kinds["đặc khu"]) == (wards, communes, zones)


@pytest.mark.parametrize(
    ("former", "codes"),
    [
        ("Bình Dương", FORMER_BINH_DUONG),
        ("Bà Rịa - Vũng Tàu", FORMER_BA_RIA),
        ("Hồ Chí Minh", FORMER_HCMC),
    ],
)
def test_codes_lie_in_the_ranges_of_their_province(former: str, codes: range) -> None:
    assert all(int(r["code"]) in codes for r in UNITS if r["former_province"] == former)


def test_con_dao_is_the_special_zone_made_of_a_district_without_communes() -> None:
    [zone] = [row for row in UNITS if row["type"] == "đặc khu"]
    assert (zone["code"], zone["name"]) == ("26732", "Côn Đảo")
    assert 8.5 < float(zone["latitude"]) < 8.9
    [former] = [row for row in OLD if row["new_code"] == "26732"]
    assert (former["code"], former["type"], former["partial"]) == ("755", "huyện", "0")


def test_441_former_communes_and_one_district() -> None:
    former = {row["code"]: row for row in OLD}
    kinds = Counter(row["former_province"] for row in former.values() if row["type"] != "huyện")
    assert kinds == {"Hồ Chí Minh": 273, "Bình Dương": 91, "Bà Rịa - Vũng Tàu": 77}
    assert len(former) == 442


def test_every_part_leads_to_a_unit_and_every_unit_has_an_origin() -> None:
    codes = {row["code"] for row in UNITS}
    assert {row["new_code"] for row in OLD} == codes
    parts = Counter(row["code"] for row in OLD)
    split = {code for code, times in parts.items() if times > 1}
    assert len(split) == 47
    for row in OLD:
        assert row["partial"] == ("1" if row["code"] in split else "0")
    main = Counter(row["code"] for row in OLD if row["main"] == "1")
    assert set(main.values()) == {1}
    assert len(main) == 442


def test_names_coordinates_and_areas_are_sound() -> None:
    for row in UNITS:
        assert row["name"] == row["name"].strip()
        assert "  " not in row["name"]
        assert fold(row["name"]) == row["name_en"].lower()
        assert 8 < float(row["latitude"]) < 11.6
        assert 106 < float(row["longitude"]) < 108
        assert float(row["area_km2"]) > 0
    assert 6_700 < sum(float(row["area_km2"]) for row in UNITS) < 6_850


def test_user_name_tails_are_unique() -> None:
    tails = unit_slugs()
    assert len(set(tails.values())) == 168
    assert tails["26740"] == "saigon"


def test_plan_has_unique_codes_identifiers_and_user_names() -> None:
    agencies = list(plan())
    codes = [a.code for a in agencies]
    assert len(codes) == len(set(codes)) == 3 + 15 + 4 + 3 * 168 + 442
    users = [post.username for a in agencies for post in a.posts]
    assert len(users) == len(set(users))
    official = [(s, v, a.valid_from) for a in agencies for s, v, _ in a.identifiers]
    assert len(official) == len(set(official))
    assert all(a.name.vi and a.name.en for a in agencies)
    assert [a.code for a in agencies if a.remote_area] == ["ubnd-26732", "tt-26732"]


@pytest.mark.shared
def test_codes_and_names_agree_with_an_independent_list() -> None:
    path = SHARED / "hcmc_units_79.json"
    if not path.exists():
        pytest.skip("the independent list is not here")
    wards = json.loads(path.read_text("utf-8"))["Wards"]
    theirs = {ward["Code"]: ward["FullName"] for ward in wards}
    ours = {row["code"]: f"{row['type'].capitalize()} {row['name']}" for row in UNITS}
    assert theirs.keys() == ours.keys()
    different = {code for code in ours if theirs[code] != ours[code]}
    # Only where the tone mark stands (Hòa, Hoà) differs.
    assert {fold(theirs[code]) for code in different} == {fold(ours[code]) for code in different}
    assert len(different) == 17


@pytest.mark.shared
def test_every_point_lies_inside_its_unit() -> None:
    path = SHARED / "hcmc_wards_79.geojson"
    if not path.exists():
        pytest.skip("the boundaries are not here")
    points = {r["code"]: (float(r["longitude"]), float(r["latitude"])) for r in UNITS}
    for feature in json.loads(path.read_text("utf-8"))["features"]:
        code = feature["properties"]["code"]
        rings = [polygon[0] for polygon in feature["geometry"]["coordinates"]]
        assert any(_inside(points[code], ring) for ring in rings), code


def _inside(point: tuple[float, float], ring: list[list[float]]) -> bool:
    x, y = point
    crossings = 0
    for (x1, y1, *_), (x2, y2, *_) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1
