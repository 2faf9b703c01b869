"""The public page of a procedure that is only imported: what the catalogue says, no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.foundation.errors import Bilingual
from motcua.foundation.money import format_dong
from motcua.foundation.timesource import CITY_ZONE
from motcua.subsystems.procedures.errors import NoVersionInForce
from motcua.subsystems.procedures.imported.models import ImportedDoubt, ImportedRecord
from motcua.subsystems.procedures.rules.guide import AFTER_1500, UNIT_TEXTS
from motcua.subsystems.procedures.rules.national import NOT_STATED

CHANNEL_NAMES = {
    "online": Bilingual("Nộp trên mạng", "Online"),
    "counter": Bilingual("Nộp tại quầy", "At the counter"),
    "post": Bilingual("Nộp qua bưu chính", "By post"),
}
LEVEL_NAMES = {
    "commune": Bilingual("cấp xã", "commune"),
    "city": Bilingual("cấp tỉnh, thành phố", "province, city"),
    "ministry": Bilingual("cấp bộ", "ministry"),
    "other": Bilingual("cơ quan khác", "other agencies"),
}
MORE_UNITS = {
    "week": Bilingual("{amount} tuần", "{amount} weeks"),
    "month": Bilingual("{amount} tháng", "{amount} months"),
    "year": Bilingual("{amount} năm", "{amount} years"),
    "minute": Bilingual("{amount} phút", "{amount} minutes"),
}
FREE = Bilingual("Miễn phí", "Free")


@dataclass(frozen=True, slots=True)
class ToldWay:
    """One way to file: limit and charges as read; None and empty where the source must speak."""

    name: Bilingual
    limit: Bilingual | None
    charges: list[tuple[Bilingual, str]]
    note: str


@dataclass(frozen=True, slots=True)
class ToldPaper:
    """One paper with its counts, when they are certain."""

    name: str
    counts: Bilingual | None
    form: str


@dataclass(frozen=True, slots=True)
class Told:
    """Everything the page of an imported procedure shows. ``quoted`` is by kind of thing."""

    record: ImportedRecord
    data: Mapping[str, Any]
    levels: list[Bilingual]
    agencies: list[str]
    ways: list[ToldWay]
    papers: list[tuple[str, list[ToldPaper]]]
    quoted: dict[str, list[str]]
    imported_on: dt.date


def told_page(code: str) -> Told:
    """The page of an imported procedure.

    Raises:
        NoVersionInForce: nothing to show under this code.
    """
    record = ImportedRecord.objects.filter(key=code, shown=True).defer("raw").first()
    if record is None:
        raise NoVersionInForce
    data: dict[str, Any] = record.data
    rows = ImportedDoubt.objects.filter(record=record).exclude(reason=NOT_STATED).order_by("pk")
    quoted: dict[str, list[str]] = {}
    doubted: dict[str, set[str]] = {"limit": set(), "fee": set()}
    for row in rows:
        quoted.setdefault(row.kind, []).append(row.raw)
        if row.kind in doubted:
            doubted[row.kind].update(row.place.split(", "))
    return Told(
        record,
        data,
        [LEVEL_NAMES[level] for level in data["levels"] if level in LEVEL_NAMES],
        list(dict.fromkeys([*data["competent"], *data["executing"]])),
        [_way(way, f"ways/{n}", doubted) for n, way in enumerate(data["ways"], start=1)],
        [
            (group["heading"], [_paper(sheet) for sheet in group["sheets"]])
            for group in data["papers"]
        ],
        quoted,
        record.changed_at.astimezone(CITY_ZONE).date(),
    )


def _way(way: Mapping[str, Any], place: str, doubted: Mapping[str, set[str]]) -> ToldWay:
    """A way to file; what is doubted is not told as a fact, the quotation speaks instead."""
    sure_limit = {place, f"{place}/limit"}.isdisjoint(doubted["limit"])
    sure_fee = f"{place}/fee" not in doubted["fee"]
    return ToldWay(
        CHANNEL_NAMES[way["channel"]],
        _limit(way["limit"]) if sure_limit and way["limit"] else None,
        [_charge(charge) for charge in way["charges"]] if sure_fee else [],
        way["note"],
    )


def _limit(limit: Mapping[str, Any]) -> Bilingual:
    said = (UNIT_TEXTS | MORE_UNITS)[limit["unit"]].format(amount=limit["amount"])
    if not limit.get("after_1500"):
        return said
    return Bilingual(said.vi + AFTER_1500.vi, said.en + AFTER_1500.en)


def _charge(charge: Mapping[str, Any]) -> tuple[Bilingual, str]:
    amount = charge["amount"]
    if amount == 0:
        return FREE, charge["note"]
    text = format_dong(amount) if charge["currency"] == "VND" else f"{amount} {charge['currency']}"
    return Bilingual(text, text), charge["note"]


def _paper(sheet: Mapping[str, Any]) -> ToldPaper:
    originals, copies = sheet["originals"], sheet["copies"]
    counts = None
    if originals or copies:
        vi = ", ".join(f"{n} {w}" for n, w in ((originals, "bản chính"), (copies, "bản sao")) if n)
        en = ", ".join(f"{n} {w}" for n, w in ((originals, "original"), (copies, "copy")) if n)
        counts = Bilingual(vi, en)
    return ToldPaper(sheet["name"], counts, sheet["form"])
