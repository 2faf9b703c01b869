"""The CSV file of dossiers received on paper: its template, and reading it line by line."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.casework.people.public import clean_identity, identity_kind
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import CITY_ZONE

FIXED = (
    ("so_so_giay", "Số trong sổ giấy"),
    ("tiep_nhan_luc", "Tiếp nhận lúc (dd/mm/yyyy hh:mm)"),
    ("ho_ten", "Họ tên người nộp"),
    ("so_dinh_danh", "Số định danh"),
    ("ngay_sinh", "Ngày sinh (dd/mm/yyyy)"),
    ("dien_thoai", "Điện thoại"),
    ("dia_chi", "Địa chỉ"),
    ("muc_thu", "Mức thu đã thu (đồng)"),
)
MUST = ("so_so_giay", "tiep_nhan_luc", "ho_ten", "so_dinh_danh")
YES = {"có", "co", "x", "1", "true", "đúng", "yes"}
MOST_LINES = 2000


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in one place of the file."""

    line: int
    column: str
    text: Bilingual


@dataclass(slots=True)
class PaperRow:
    """One dossier as the paper register and the form on paper tell it."""

    line: int
    number: str
    received_at: dt.datetime
    name: str
    identity: str
    birth_date: str = ""
    phone: str = ""
    address: str = ""
    fee: int = 0
    answers: dict[str, Any] = field(default_factory=dict[str, Any])


def _rules(form: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each question with its rule, references followed."""
    schema = form["schema"]
    for name, rule in schema.get("properties", {}).items():
        target = str(rule.get("$ref", "")).rpartition("/")[2]
        yield name, schema.get("$defs", {}).get(target, rule) if target else rule


def columns_of(form: Mapping[str, Any]) -> list[str]:
    """The columns of the e-form: one a question, ``name.part`` for the parts of an address."""
    found: list[str] = []
    for name, rule in _rules(form):
        if rule.get("type") == "object":
            found += [f"{name}.{part}" for part in rule.get("properties", {})]
        else:
            found.append(name)
    return found


def template_text(form: Mapping[str, Any]) -> str:
    """An empty file to fill in: the names of the columns, and a line that explains them."""
    out = io.StringIO()
    writer = csv.writer(out)
    columns, fields = columns_of(form), form["fields"]
    writer.writerow([*(name for name, _label in FIXED), *columns])
    explained = [label for _name, label in FIXED]
    explained += [fields[c.partition(".")[0]]["label"]["vi"] for c in columns]
    explained[0] = f"# {explained[0]}"
    writer.writerow(explained)
    return "\ufeff" + out.getvalue()


def read_rows(text: str, form: Mapping[str, Any]) -> tuple[list[PaperRow], list[RowError]]:
    """Every line that could be read, and every fault with its line and column.

    The separator may be a comma, semicolon or tab; lines that begin with ``#`` are comments.
    """
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=separator)
    names = [name.strip() for name in reader.fieldnames or []]
    reader.fieldnames = names
    errors = [
        RowError(1, name, Bilingual("Thiếu cột này.", "This column is missing."))
        for name in MUST
        if name not in names
    ]
    known = {name for name, _label in FIXED} | set(columns_of(form))
    errors += [
        RowError(1, name, Bilingual("Không biết cột này.", "This column is unknown."))
        for name in names
        if name not in known
    ]
    if errors:
        return [], errors
    rows: list[PaperRow] = []
    seen: set[str] = set()
    for line, cells in _lines(reader):
        row = _row(line, cells, form, errors)
        if row is not None and row.number in seen:
            twice = Bilingual("Số này có hai lần trong tệp.", "This number stands here twice.")
            errors.append(RowError(line, "so_so_giay", twice))
        elif row is not None:
            seen.add(row.number)
            rows.append(row)
        if line > MOST_LINES:
            errors.append(RowError(line, "so_so_giay", Bilingual(
                f"Mỗi tệp nhiều nhất {MOST_LINES} dòng.",
                f"At most {MOST_LINES} lines a file.")))  # fmt: skip
            break
    return rows, errors


def _lines(reader: csv.DictReader[str]) -> Iterator[tuple[int, dict[str, str]]]:
    for cells in reader:
        clean = {k: (v or "").strip() for k, v in cells.items() if isinstance(k, str)}
        first = next(iter(clean.values()), "")
        if any(clean.values()) and not first.startswith("#"):
            yield reader.line_num, clean


def _row(
    line: int, cells: Mapping[str, str], form: Mapping[str, Any], errors: list[RowError]
) -> PaperRow | None:
    before = len(errors)

    def wrong(column: str, vi: str, en: str) -> None:
        errors.append(RowError(line, column, Bilingual(vi, en)))

    for name in MUST:
        if not cells.get(name):
            wrong(name, "Cần điền ô này.", "This cell must be filled.")
    at = _moment(cells.get("tiep_nhan_luc", ""))
    if at is None and cells.get("tiep_nhan_luc"):
        wrong("tiep_nhan_luc", "Viết như 18/11/2026 09:30.", "Write it like 18/11/2026 09:30.")
    identity = clean_identity(cells.get("so_dinh_danh", ""))
    if identity and identity_kind(identity) is None:
        wrong("so_dinh_danh", "Số định danh có 12 chữ số.", "An identity number has 12 digits.")
    born = _date(cells.get("ngay_sinh", ""))
    if cells.get("ngay_sinh") and not born:
        wrong("ngay_sinh", "Viết như 03/02/1990.", "Write it like 03/02/1990.")
    fee = re.sub(r"[. ]", "", cells.get("muc_thu", "")) or "0"
    if not fee.isdecimal():
        wrong("muc_thu", "Viết số đồng, ví dụ 15000.", "Write whole đồng, like 15000.")
    if len(errors) > before or at is None:
        return None
    return PaperRow(
        line,
        cells["so_so_giay"][:30],
        at,
        cells["ho_ten"],
        identity,
        born,
        cells.get("dien_thoai", ""),
        cells.get("dia_chi", ""),
        int(fee),
        _answers(cells, form),
    )


def _answers(cells: Mapping[str, str], form: Mapping[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for name, rule in _rules(form):
        if rule.get("type") == "object":
            parts = rule.get("properties", {})
            found = {p: _value(cells.get(f"{name}.{p}", ""), r) for p, r in parts.items()}
            if kept := {p: v for p, v in found.items() if v is not None}:
                answers[name] = kept
        elif (value := _value(cells.get(name, ""), rule)) is not None:
            is_date = form["fields"][name].get("widget") == "date"
            answers[name] = _date(value) or value if is_date else value
    return answers


def _value(text: str, rule: Mapping[str, Any]) -> Any:
    """A cell as the schema wants it; None for an empty one. Odd texts stay for the form to say."""
    if not text:
        return None
    kind = rule.get("type")
    if kind == "boolean":
        return text.casefold() in YES
    if kind in {"integer", "number"} and re.fullmatch(r"-?\d{1,12}", text):
        return int(text)
    if kind == "array":
        return [piece.strip() for piece in text.split(";") if piece.strip()]
    return text


def _date(text: str) -> str:
    for shape in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(text, shape).date().isoformat()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    return ""


def _moment(text: str) -> dt.datetime | None:
    for shape in ("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%H:%M %d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, shape).replace(tzinfo=CITY_ZONE)
        except ValueError:
            continue
    return None
