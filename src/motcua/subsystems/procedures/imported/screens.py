"""What the console's pages of the national catalogue show. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from motcua.casework.access.public import Actor, require
from motcua.foundation.errors import Bilingual
from motcua.subsystems.procedures.imported import selectors
from motcua.subsystems.procedures.imported.models import (
    ImportedChange,
    ImportedRecord,
    ImportFile,
    ImportRun,
)
from motcua.subsystems.procedures.models import ProcedureVersion
from motcua.subsystems.procedures.rules.national import (
    BROKEN,
    FIELD_NAMES,
    KIND_NAMES,
    KINDS,
    NOT_STATED,
    REASONS,
    Difference,
    lines_told,
    normal_key,
)


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of thing that needs a person, counted, with its reasons."""

    kind: str
    name: Bilingual
    unread: int
    silent: int
    reasons: list[tuple[str, Bilingual, int]]


@dataclass(frozen=True, slots=True)
class RunScreen:
    """One import: its state, its numbers, broken lines, and the records it changed."""

    run: ImportRun
    files: list[str]
    kinds: list[KindRow]
    broken: list[dict[str, Any]]
    tab: str
    changes: list[ImportedChange]
    next: str


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """One thing that needs a person, in words."""

    kind: Bilingual
    reason: Bilingual
    place: Bilingual
    raw: str
    record: ImportedRecord | None = None


@dataclass(frozen=True, slots=True)
class DoubtScreen:
    """A page of doubts and the choices that narrow it."""

    rows: list[DoubtRow]
    kinds: list[tuple[str, str]]
    reasons: list[tuple[str, str]]
    kind: str
    reason: str
    next: str


@dataclass(frozen=True, slots=True)
class RecordScreen:
    """A record: what was read beside the raw text."""

    record: ImportedRecord
    read: list[tuple[Bilingual, list[str], str]]
    other_raw: list[tuple[str, str]]
    doubts: list[DoubtRow]
    history: list[tuple[ImportedChange, list[Difference]]]
    published: tuple[ProcedureVersion, list[Difference]] | None
    mend: str


def whole_number(text: str) -> int:
    """A key of a page as it stands in an address; 0 for anything else."""
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def run_screen(actor: Actor, uid: UUID, given: Mapping[str, str]) -> RunScreen:
    """An import as it stands now."""
    run = selectors.import_run(actor, uid)
    tab = given.get("xem", "changed" if run.counts.get("changed") else "new")
    after = whole_number(given.get("after", ""))
    changes = selectors.changes_of(actor, run, kind=tab, after=after) if run.over else []
    shown = changes[: selectors.PAGE]
    more = urlencode({"xem": tab, "after": shown[-1].pk}) if len(changes) > len(shown) else ""
    broken = [{**row, "said": BROKEN[row["reason"]]} for row in run.broken]
    files = list(ImportFile.objects.filter(run=run).values_list("name", flat=True))
    return RunScreen(run, files, _kinds(run), broken, tab, shown, f"?{more}" if more else "")


def _kinds(run: ImportRun) -> list[KindRow]:
    found: dict[str, dict[str, int]] = run.counts.get("kinds", {})
    return [_kind_row(kind, found[kind]) for kind in KINDS if kind in found]


def _kind_row(kind: str, found: Mapping[str, int]) -> KindRow:
    unread = [
        (reason, REASONS[reason], n)
        for reason, n in sorted(found.items(), key=lambda pair: -pair[1])
        if reason in REASONS and reason != NOT_STATED
    ]
    silent = found.get(NOT_STATED, 0)
    return KindRow(kind, KIND_NAMES[kind], sum(n for _r, _s, n in unread), silent, unread)


def place_in_words(place: str) -> Bilingual:
    """``ways/1/fee, ways/2/fee`` as ``Cách nộp, thời hạn, phí: 1, 2``."""
    found: dict[str, list[str]] = {}
    for one in place.split(", "):
        field, _slash, rest = one.partition("/")
        numbers = ".".join(part for part in rest.split("/") if part.isdecimal())
        found.setdefault(field, []).extend([numbers] if numbers else [])

    def said(field: str, english: bool) -> str:
        name = FIELD_NAMES.get(field, Bilingual(field, field))
        rows = ", ".join(dict.fromkeys(found[field]))
        return f"{name.en if english else name.vi}{': ' if rows else ''}{rows}"

    return Bilingual(
        "; ".join(said(field, english=False) for field in found),
        "; ".join(said(field, english=True) for field in found),
    )


def doubt_screen(actor: Actor, given: Mapping[str, str]) -> DoubtScreen:
    """A page of what needs a person, as the address asks for it."""
    kind = given.get("loai", "") if given.get("loai") in KIND_NAMES else ""
    reason = given.get("vi-sao", "") if given.get("vi-sao") in REASONS else ""
    page = selectors.doubts(
        actor, kind=kind, reason=reason, after=whole_number(given.get("after", ""))
    )
    more = urlencode({"loai": kind, "vi-sao": reason, "after": page.next}) if page.next else ""
    return DoubtScreen(
        [
            DoubtRow(
                KIND_NAMES[row.kind],
                REASONS[row.reason],
                place_in_words(row.place),
                row.raw,
                row.record,
            )
            for row in page.rows
        ],
        [(key, str(name)) for key, name in KIND_NAMES.items()],
        [(key, str(name)) for key, name in REASONS.items()],
        kind,
        reason,
        f"?{more}" if more else "",
    )


# Which raw cell each read field came from; what stays over is shown raw alone.
_CELLS = {
    "code": "ma_thu_tuc",
    "name": "ten_thu_tuc",
    "decision": "so_quyet_dinh",
    "category": "loai_thu_tuc",
    "field": "linh_vuc",
    "levels": "cap_thuc_hien",
    "subjects": "doi_tuong_thuc_hien",
    "competent": "co_quan_co_tham_quyen",
    "executing": "co_quan_thuc_hien",
    "coordinating": "co_quan_phoi_hop",
    "authorised": "co_quan_duoc_uy_quyen",
    "address": "dia_chi_tiep_nhan",
    "ways": "cach_thuc_thuc_hien",
    "papers": "thanh_phan_ho_so",
    "results": "ket_qua_xu_ly",
    "laws": "can_cu_phap_ly",
    "requirements": "yeu_cau_dieu_kien",
    "steps": "trinh_tu_thuc_hien",
}
_HIDDEN = {"raw_text", "id", "source", "formality_id"}


def record_screen(actor: Actor, key: str) -> RecordScreen:
    """A record with everything a person needs to mend it."""
    require(actor, "procedures.manage")
    record = selectors.imported_record(key)
    raw = {normal_key(name): lines_told("", value) for name, value in record.raw.items()}
    read = [
        (FIELD_NAMES[field], lines_told(field, record.data[field]), "\n".join(raw.get(cell, [])))
        for field, cell in _CELLS.items()
    ]
    others = [
        (name, "\n".join(lines))
        for name, lines in raw.items()
        if name not in _CELLS.values() and name not in _HIDDEN and lines
    ]
    doubts = [
        DoubtRow(KIND_NAMES[row.kind], REASONS[row.reason], place_in_words(row.place), row.raw)
        for row in selectors.doubts_of(record)
    ]
    history = selectors.history_of_record(record)
    published = selectors.published_beside(record)
    return RecordScreen(record, read, others, doubts, history, published, mend_address(record))


def mend_address(record: ImportedRecord) -> str:
    """Where a draft is begun out of a record (``way=record``, ``key``); empty without an editor."""
    if not record.code:
        return ""
    try:
        return reverse("procedure_editor:start")
    except NoReverseMatch:
        return ""
