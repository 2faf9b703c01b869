"""One record of the national catalogue, read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from motcua.subsystems.procedures.rules.national.keys import normal_key
from motcua.subsystems.procedures.rules.national.laws import read_laws
from motcua.subsystems.procedures.rules.national.people import (
    PROVINCE_SIGN,
    read_agencies,
    read_levels,
    read_subjects,
)
from motcua.subsystems.procedures.rules.national.results import read_results
from motcua.subsystems.procedures.rules.national.shapes import (
    NOT_STATED,
    NOTHING,
    Doubt,
    Reading,
    RecordData,
    says_nothing,
    text_of,
    tidy,
)
from motcua.subsystems.procedures.rules.national.sheets import read_papers
from motcua.subsystems.procedures.rules.national.ways import read_ways

T = TypeVar("T")

READER_VERSION: Final = 1
"""Raised when the readers change what they read: stored records are then read again."""

CODE: Final = re.compile(r"\d\.\d{6}")
_LONGER_CODE = re.compile(r"(\d\.\d{6})(?:\.[0-9A-Z]{1,4}){1,6}")
_STEP = re.compile(r"^[ \t\-–+*•]*(?=Bước ?\d)", re.MULTILINE)
_DASH = re.compile(r"^[ \t]*[-–](?=\s*\S)", re.MULTILINE)
_NO_CONDITION = {"", "không", "không có", "không quy định", "không có thông tin", "không yêu cầu"}
# Bookkeeping of whoever collected the file, and the page's whole text.
NOT_CONTENT: Final = frozenset(
    {"id", "source", "raw_text", "formality_id", "crawled_at", "detail_url"}
)


class NotARecord(ValueError):
    """The value is not a record of the catalogue: it has neither a code nor a name."""


class _Gathering:
    """Reads parts one after the other and keeps the doubts."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.cells = {normal_key(key): value for key, value in raw.items()}
        self.doubts: list[Doubt] = []

    def text(self, key: str) -> str:
        return text_of(self.cells.get(key))

    def cell(self, key: str) -> str:
        said = tidy(self.text(key))
        return "" if said == NOTHING else said

    def read(self, reader: Callable[..., tuple[T, list[Doubt]]], *given: Any, **more: Any) -> T:
        found, doubts = reader(*given, **more)
        self.doubts += doubts
        return found

    def agencies(self, key: str, place: str, *, needed: bool = False) -> list[str]:
        return self.read(read_agencies, self.text(key), place, needed=needed)


def read_record(raw: Mapping[str, Any]) -> Reading:
    """Read one record, whatever its source: the crawl of 2026 or the rows of 2021.

    Never fails on text: what is not understood is a doubt.

    Raises:
        NotARecord: neither a code nor a name is there.
    """
    part = _Gathering(raw)
    name = part.cell("ten_thu_tuc").replace("\n", " ")
    code = part.read(_code, part.text("ma_thu_tuc"))
    if not name and not code:
        raise NotARecord
    decision = part.cell("so_quyet_dinh").replace("\n", " ")
    if PROVINCE_SIGN.search(decision):
        part.doubts.append(Doubt("agency", "province", "decision", decision))
    results, keywords, doubts = read_results(part.cells.get("ket_qua_xu_ly"))
    part.doubts += doubts
    data: RecordData = {
        "code": code,
        "name": name,
        "decision": decision,
        "category": part.cell("loai_thu_tuc"),
        "field": part.read(_field, part.text("linh_vuc")),
        "levels": part.read(read_levels, part.text("cap_thuc_hien")),
        "subjects": part.read(read_subjects, part.text("doi_tuong_thuc_hien")),
        "competent": part.agencies("co_quan_co_tham_quyen", "competent"),
        "executing": part.agencies(
            "co_quan_thuc_hien", "executing", needed=not part.cell("co_quan_co_tham_quyen")
        ),
        "coordinating": part.agencies("co_quan_phoi_hop", "coordinating"),
        "authorised": part.agencies("co_quan_duoc_uy_quyen", "authorised"),
        "address": part.cell("dia_chi_tiep_nhan"),
        "ways": part.read(read_ways, part.cells.get("cach_thuc_thuc_hien")),
        "papers": part.read(read_papers, part.cells.get("thanh_phan_ho_so")),
        "results": results,
        "keywords": keywords,
        "laws": part.read(read_laws, part.text("can_cu_phap_ly")),
        "requirements": _requirements(part.text("yeu_cau_dieu_kien")),
        "steps": part.read(_steps, part.text("trinh_tu_thuc_hien")),
        "source_url": _address(part.cell("detail_url")),
    }
    part.doubts += _unknown(part.cells)
    return Reading(data, _merged(part.doubts))


def _merged(doubts: list[Doubt]) -> tuple[Doubt, ...]:
    """The same words doubted for the same reason in several places are read once."""
    places: dict[tuple[str, str, str], list[str]] = {}
    for doubt in doubts:
        places.setdefault((doubt.kind, doubt.reason, doubt.raw), []).append(doubt.place)
    return tuple(
        Doubt(kind, reason, ", ".join(dict.fromkeys(found)), raw)
        for (kind, reason, raw), found in places.items()
    )


def _code(text: str) -> tuple[str, list[Doubt]]:
    said = tidy(text)
    if CODE.fullmatch(said):
        return said, []
    if longer := _LONGER_CODE.fullmatch(said):
        return longer.group(1), []
    reason = NOT_STATED if says_nothing(said) else "unknown_word"
    return "", [Doubt("code", reason, "code", text)]


def _field(text: str) -> tuple[str, list[Doubt]]:
    said = tidy(text).replace("\n", " ")
    if says_nothing(said):
        return "", [Doubt("field", NOT_STATED, "field", text)]
    return said, []


def _requirements(text: str) -> list[str]:
    said = tidy(text)
    return [] if said.casefold().strip(" .-") in _NO_CONDITION else said.splitlines()


def _steps(text: str) -> tuple[list[str], list[Doubt]]:
    """The steps: at each ``Bước``, else at each dash, else the whole as one."""
    said = tidy(text)
    if says_nothing(said):
        return [], [Doubt("step", NOT_STATED, "steps", text)]
    mark = _STEP if _STEP.search(said) else _DASH
    found = [piece.strip(" \n-–") for piece in mark.split(said)]
    return [piece for piece in found if piece], []


def _address(text: str) -> str:
    return text if re.fullmatch(r"https?://[\w.\-/%?=&#]{1,300}", text) else ""


def _unknown(cells: Mapping[str, Any]) -> list[Doubt]:
    return [
        Doubt("other", "unknown_key", key, f"{key}: {text_of(value)}")
        for key, value in cells.items()
        if key not in _READ and key not in NOT_CONTENT and not says_nothing(text_of(value))
    ]


_READ: Final = frozenset(
    {
        "ma_thu_tuc",
        "ten_thu_tuc",
        "so_quyet_dinh",
        "loai_thu_tuc",
        "linh_vuc",
        "cap_thuc_hien",
        "doi_tuong_thuc_hien",
        "co_quan_co_tham_quyen",
        "co_quan_thuc_hien",
        "co_quan_phoi_hop",
        "co_quan_duoc_uy_quyen",
        "dia_chi_tiep_nhan",
        "cach_thuc_thuc_hien",
        "thanh_phan_ho_so",
        "ket_qua_xu_ly",
        "can_cu_phap_ly",
        "yeu_cau_dieu_kien",
        "trinh_tu_thuc_hien",
    }
)
