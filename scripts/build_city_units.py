"""Write the city's present and former communes as CSV files for the demo city.

The source is the data set inside the MIT-licensed package ``vietnamadminunits``.
Only its data files are read, nothing of it is imported: one of its dependencies
is GPL and must not enter our environment (docs/adr/0007-city-units.md).

    uv pip install --no-deps --target DIR vietnamadminunits==1.0.4
    python scripts/build_city_units.py DIR
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "src/motcua/web/demo/data"
CITY = "thanhphohochiminh"
FORMER = {
    "thanhphohochiminh": "Hồ Chí Minh",
    "tinhbinhduong": "Bình Dương",
    "tinhbariavungtau": "Bà Rịa - Vũng Tàu",
}
Row = dict[str, Any]


def read_tables(package: Path) -> tuple[list[Row], list[Row], Row]:
    """The present units, the former units and the conversion table."""
    base = sqlite3.connect(package / "data/dataset.db")
    base.row_factory = sqlite3.Row
    new = [dict(r) for r in base.execute("select * from admin_units where provinceKey=?", [CITY])]
    marks = ",".join("?" * len(FORMER))
    old = base.execute(
        f"select * from admin_units_legacy where provinceKey in ({marks})",  # noqa: S608
        list(FORMER),
    )
    table = json.loads((package / "data/converter_2025.json").read_text("utf-8"))
    return new, [dict(r) for r in old], table


def links(table: Row) -> Iterator[tuple[str, str, bool, bool]]:
    """(former key, present key, partial, main) of every part that went over."""
    for present, formers in table["DICT_PROVINCE_WARD_NO_DIVIDED"][CITY].items():
        yield from ((former, present, False, True) for former in formers)
    for former, parts in table["DICT_PROVINCE_WARD_DIVIDED"][CITY].items():
        for part in parts:
            yield former, part["newWardKey"], True, bool(part["isDefaultNewWard"])


def former_key(row: Row) -> str:
    return f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"


def old_rows(old: Iterable[Row], table: Row, code_of: dict[str, str]) -> list[Row]:
    """One row per former unit and present unit it went to (wholly or in part)."""
    by_key = {former_key(row): row for row in old}
    rows: list[Row] = []
    for former, present, partial, main in links(table):
        row = by_key[former]
        # Côn Đảo was a district without communes: the district itself is the former unit.
        alone = row["wardCode"] is None
        rows.append(
            {
                "code": row["districtCode"] if alone else row["wardCode"],
                "type": (row["districtType"] if alone else row["wardType"]).lower(),
                "name": row["districtShort"] if alone else row["wardShort"],
                "district_code": row["districtCode"],
                "district_type": row["districtType"].lower(),
                "district": row["districtShort"],
                "former_province": FORMER[row["provinceKey"]],
                "new_code": code_of[present],
                "partial": int(partial),
                "main": int(main),
            }
        )
    return sorted(rows, key=lambda r: (r["code"], -r["main"], r["new_code"]))


def ascii_name(text: str) -> str:
    sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
    from motcua.foundation.folding import fold

    return " ".join(word.capitalize() for word in fold(text).split())


def new_rows(new: Iterable[Row], old: Iterable[Row]) -> list[Row]:
    """One row per present unit; its former province is where most of it came from."""
    origins: dict[str, Counter[str]] = {}
    for row in old:
        origins.setdefault(row["new_code"], Counter())[row["former_province"]] += 1
    rows = [
        {
            "code": row["wardCode"],
            "type": row["wardType"].lower(),
            "name": row["wardShort"],
            "name_en": ascii_name(row["wardShort"]),
            "latitude": f"{row['wardLat']:.4f}",
            "longitude": f"{row['wardLon']:.4f}",
            "area_km2": f"{row['wardAreaKm2']:.2f}",
            "former_province": origins[row["wardCode"]].most_common(1)[0][0],
        }
        for row in new
    ]
    return sorted(rows, key=lambda r: r["code"])


def write(name: str, rows: list[Row]) -> None:
    with (OUT / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{name}: {len(rows)} rows")


def main(target: str) -> None:
    new, old, table = read_tables(Path(target) / "vietnamadminunits")
    former = old_rows(old, table, {row["wardKey"]: row["wardCode"] for row in new})
    OUT.mkdir(parents=True, exist_ok=True)
    write("units.csv", new_rows(new, former))
    write("old_units.csv", former)


if __name__ == "__main__":
    main(sys.argv[1])
