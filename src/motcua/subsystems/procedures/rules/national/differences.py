"""What differs between two readings of a record, and between a record and a published version."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from motcua.foundation.errors import Bilingual
from motcua.foundation.folding import words
from motcua.subsystems.procedures.rules.dated import Package
from motcua.subsystems.procedures.rules.national.limits import UNITS
from motcua.subsystems.procedures.rules.national.people import LEVELS
from motcua.subsystems.procedures.rules.national.shapes import RecordData

FIELD_NAMES: Final = {
    "code": Bilingual("Mã thủ tục", "Code"),
    "name": Bilingual("Tên", "Name"),
    "decision": Bilingual("Quyết định công bố", "Decision"),
    "category": Bilingual("Loại thủ tục", "Category"),
    "field": Bilingual("Lĩnh vực", "Field"),
    "levels": Bilingual("Cấp thực hiện", "Levels"),
    "subjects": Bilingual("Đối tượng", "Who may apply"),
    "competent": Bilingual("Cơ quan có thẩm quyền", "Competent agencies"),
    "executing": Bilingual("Cơ quan thực hiện", "Executing agencies"),
    "coordinating": Bilingual("Cơ quan phối hợp", "Coordinating agencies"),
    "authorised": Bilingual("Cơ quan được uỷ quyền", "Authorised agencies"),
    "address": Bilingual("Nơi tiếp nhận", "Where to file"),
    "ways": Bilingual("Cách nộp, thời hạn, phí", "Ways to file, limits, fees"),
    "limits": Bilingual("Thời hạn", "Time limits"),
    "fees": Bilingual("Phí, lệ phí", "Fees"),
    "papers": Bilingual("Thành phần hồ sơ", "Papers"),
    "results": Bilingual("Kết quả", "Results"),
    "keywords": Bilingual("Từ khóa", "Keywords"),
    "laws": Bilingual("Căn cứ pháp lý", "Legal bases"),
    "requirements": Bilingual("Yêu cầu, điều kiện", "Requirements"),
    "steps": Bilingual("Trình tự thực hiện", "Steps"),
    "source_url": Bilingual("Địa chỉ nguồn", "Source address"),
}


# The catalogue's own words, whatever the language of the page: they stand beside its text.
CHANNEL_WORDS: Final = {"online": "Trực tuyến", "counter": "Trực tiếp", "post": "Bưu chính"}
UNIT_WORDS: Final = {unit: word for word, unit in UNITS.items()} | {"same_day": "trong ngày"}
LEVEL_WORDS: Final = {level: word for word, level in LEVELS.items()}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: lines only the one side has, lines only the other has. For showing."""

    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def name(self) -> Bilingual:
        """The field in words."""
        return FIELD_NAMES.get(self.field, Bilingual(self.field, self.field))


def lines_told(field: str, value: Any) -> list[str]:
    """A field's value as lines a person can compare."""
    if not isinstance(value, list):
        return [str(value)] if value not in ("", None) else []
    rows: list[Any] = value
    if field == "papers":
        return [
            " · ".join(filter(None, [group["heading"], _sheet(sheet)]))
            for group in rows
            for sheet in group["sheets"]
        ]
    tell = _TELLERS.get(field, _plain)
    return [tell(row) for row in rows]


def _plain(row: Any) -> str:
    return row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)


def _level(row: Any) -> str:
    return LEVEL_WORDS.get(row, str(row))


def _result(row: Any) -> str:
    return " · ".join(filter(None, [row["name"], row["code"]]))


def _law(row: Any) -> str:
    return " · ".join(filter(None, [row["number"], row["title"]]))


def _way(row: Mapping[str, Any]) -> str:
    limit = row["limit"]
    said = f"{limit['amount']} {UNIT_WORDS[limit['unit']]}" if limit else "—"
    money = ", ".join(f"{charge['amount']} {charge['currency']}" for charge in row["charges"])
    return " · ".join(filter(None, [CHANNEL_WORDS[row["channel"]], said, money, row["note"]]))


def _sheet(row: Mapping[str, Any]) -> str:
    originals, copies = row["originals"], row["copies"]
    said = "—" if originals is None else f"{originals} bản chính, {copies} bản sao"
    return " · ".join(filter(None, [row["name"], said, row["form"]]))


_TELLERS: Final[dict[str, Callable[[Any], str]]] = {
    "levels": _level,
    "ways": _way,
    "results": _result,
    "laws": _law,
}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Field by field, what changed from one reading to the next."""
    return [
        _difference(field, lines_told(field, before.get(field)), lines_told(field, after[field]))
        for field in after
        if before.get(field) != after[field]
    ]


def _difference(field: str, before: list[str], after: list[str]) -> Difference:
    """Only the lines that differ; the whole of both when merely the order changed."""
    gone = tuple(line for line in before if line not in after)
    come = tuple(line for line in after if line not in before)
    return Difference(
        field, gone or (() if come else tuple(before)), come or (() if gone else tuple(after))
    )


def differences_from_published(package: Package, data: RecordData) -> list[Difference]:
    """What the catalogue says other than the published version, by what both can say.

    ``before`` holds what only the published version has, ``after`` what only the record has.
    """
    published: dict[str, list[str]] = {
        "name": [package["name"]["vi"]],
        "decision": [package["decision"].removeprefix("Quyết định ").strip()],
        "limits": _published_limits(package),
        "fees": sorted({str(row["amount"]) for row in package["fees"] if row["amount"]}),
        "papers": [row["name"]["vi"] for row in package["components"]],
        "results": [package["result"].get("code") or package["result"]["name"]["vi"]],
        "laws": [row["document"] for row in package["legal_bases"]],
    }
    imported: dict[str, list[str]] = {
        "name": [data["name"]],
        "decision": [data["decision"]],
        "limits": _imported_limits(data),
        "fees": sorted(
            {str(row["amount"]) for way in data["ways"] for row in way["charges"] if row["amount"]}
        ),
        "papers": [sheet["name"] for group in data["papers"] for sheet in group["sheets"]],
        "results": _imported_results(package, data),
        "laws": [law["number"] for law in data["laws"] if law["number"]],
    }
    found = [
        Difference(
            field,
            _missing(published[field], imported[field], field),
            _missing(imported[field], published[field], field),
        )
        for field in published
    ]
    return [row for row in found if row.before or row.after]


def _missing(lines: list[str], others: list[str], field: str) -> tuple[str, ...]:
    known = [_key(other) for other in others]
    if field == "laws":
        # "Nghị định 123/2015/NĐ-CP" and "123/2015/NĐ-CP" are the same document.
        return tuple(
            line for line in lines if not any(_key(line) in k or k in _key(line) for k in known)
        )
    return tuple(dict.fromkeys(line for line in lines if _key(line) not in known))


def _key(line: str) -> str:
    return " ".join(words(line))


def _published_limits(package: Package) -> list[str]:
    return sorted(
        {
            _limit(channel, row)
            for row in package["limits"]
            for channel in (package["channels"] if row["channel"] == "*" else [row["channel"]])
        }
    )


def _limit(channel: str, span: Mapping[str, Any]) -> str:
    return f"{CHANNEL_WORDS[channel]}: {span['amount']} {UNIT_WORDS[span['unit']]}"


def _imported_limits(data: RecordData) -> list[str]:
    return sorted({_limit(way["channel"], way["limit"]) for way in data["ways"] if way["limit"]})


def _imported_results(package: Package, data: RecordData) -> list[str]:
    coded = bool(package["result"].get("code"))
    return [row["code"] if coded else row["name"] for row in data["results"]]
