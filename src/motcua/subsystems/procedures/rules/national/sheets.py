"""Papers of a dossier (thành phần hồ sơ): cases, names, forms, counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from motcua.subsystems.procedures.rules.national.keys import normal_key
from motcua.subsystems.procedures.rules.national.shapes import (
    LOWER,
    NOT_STATED,
    UPPER,
    Doubt,
    Sheet,
    SheetGroup,
    says_nothing,
    text_of,
    tidy,
)

_HEADER: Final = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
# A count closes a row: the next row, or the end, follows without a space. Counts inside a
# name ("nộp 01 bản chính để…") have a space or a sign after them.
_COUNT = re.compile(r"(\d+) bản chính(?:, ?(\d+) bản sao)?(?![\s,;.:)/])")
_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|rtf|odt|zip|rar|jpe?g|png)$", re.IGNORECASE)
_GLUE = re.compile(rf"(?<=[{LOWER}0-9.;:)”\"])(?=[{UPPER}]|\d)")
_COUNTS_2021 = re.compile(r"Bản chính: ?(\d{1,3}) ?- ?Bản sao: ?(\d{1,3})")
_EDGES = " :;-–+*\n\t"


def read_papers(value: Any) -> tuple[list[SheetGroup], list[Doubt]]:
    """The papers, by case, from the flattened table, rows, or rows by case."""
    if isinstance(value, Mapping):
        cases: Mapping[str, Any] = value
        groups: list[SheetGroup] = []
        doubts: list[Doubt] = []
        for heading, rows in cases.items():
            sheets, more = _from_rows(rows, f"papers/{len(groups) + 1}")
            groups.append({"heading": tidy(str(heading)).strip(_EDGES), "sheets": sheets})
            doubts += more
        return groups, doubts
    if isinstance(value, list):
        sheets, doubts = _from_rows(value, "papers/1")
        return [{"heading": "", "sheets": sheets}], doubts
    text = text_of(value)
    if says_nothing(text):
        return [], [Doubt("paper", NOT_STATED, "papers", text)]
    return _from_text(text)


def _from_text(text: str) -> tuple[list[SheetGroup], list[Doubt]]:
    if _HEADER not in text:
        return [], [Doubt("paper", "not_a_row", "papers", text)]
    heading, *tables = text.split(_HEADER)
    groups: list[SheetGroup] = []
    doubts: list[Doubt] = []
    for index, table in enumerate(tables, start=1):
        place = f"papers/{index}"
        sheets, more, rest = _table(table, place)
        groups.append({"heading": tidy(heading).strip(_EDGES), "sheets": sheets})
        doubts += more
        heading = rest
        if not sheets:
            doubts.append(Doubt("paper", NOT_STATED, place, table))
    if heading.strip():
        doubts.append(Doubt("paper", "after_table", f"papers/{len(tables)}", heading))
    return groups, doubts


def _table(table: str, place: str) -> tuple[list[Sheet], list[Doubt], str]:
    """The rows of one table and what follows its last count: the next case's heading."""
    sheets: list[Sheet] = []
    doubts: list[Doubt] = []
    begin = 0
    for count in _row_ends(table):
        at = f"{place}/{len(sheets) + 1}"
        sheet, more = _sheet(table[begin : count.start()], count, at)
        sheets.append(sheet)
        doubts += more
        begin = count.end()
    return sheets, doubts, table[begin:]


def _row_ends(table: str) -> list[re.Match[str]]:
    """Counts that close a row. One right before another belongs to that row's name."""
    ends = list(_COUNT.finditer(table))
    return [
        end
        for index, end in enumerate(ends)
        if index + 1 == len(ends) or table[end.end() : ends[index + 1].start()].strip()
    ]


def _sheet(name: str, count: re.Match[str], place: str) -> tuple[Sheet, list[Doubt]]:
    """One row; digits of the name may have run into the count."""
    title, form, doubts = _form(tidy(name), place)
    sheet: Sheet = {"name": title, "form": form, "originals": None, "copies": None}
    if len(count.group(1)) > 1:
        raw = f"…{title[-40:]}{count.group()}"
        return sheet, [*doubts, Doubt("paper", "run_together", f"{place}/count", raw)]
    sheet["originals"], sheet["copies"] = int(count.group(1)), int(count.group(2) or 0)
    return sheet, [*doubts, *_weighed(sheet, place)]


def _weighed(sheet: Sheet, place: str) -> list[Doubt]:
    doubts: list[Doubt] = []
    if not sheet["name"]:
        doubts.append(Doubt("paper", "no_name", place, sheet["form"]))
    if sheet["originals"] == 0 and sheet["copies"] == 0:
        # Neither original nor copy: a heading, a remark, or a paper only to be shown.
        doubts.append(Doubt("paper", "zero_count", place, sheet["name"]))
    return doubts


def _form(name: str, place: str) -> tuple[str, str, list[Doubt]]:
    """Split the form's file off the name where only one place can be the seam."""
    if not _FILE.search(name):
        return name.strip(_EDGES), "", []
    line_start = name.rfind("\n") + 1
    seams = [found.start() for found in _GLUE.finditer(name, line_start)]
    seams = [seam for seam in seams if not name[seam - 1].isdigit() or not name[seam].isdigit()]
    if len(seams) == 1:
        return name[: seams[0]].strip(_EDGES), name[seams[0] :].strip(), []
    return name.strip(_EDGES), "", [Doubt("form", "run_together", f"{place}/form", name)]


def _from_rows(value: Any, place: str) -> tuple[list[Sheet], list[Doubt]]:
    rows: list[Any] = value if isinstance(value, list) else [value]
    sheets: list[Sheet] = []
    doubts: list[Doubt] = []
    for index, row in enumerate(rows, start=1):
        at = f"{place}/{index}"
        if not isinstance(row, Mapping):
            doubts.append(Doubt("paper", "not_a_row", at, text_of(row)))
            continue
        cells = {normal_key(str(key)): text_of(cell) for key, cell in row.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType, reportUnknownMemberType]
        sheet: Sheet = {
            "name": tidy(cells.get("ten_giay_to", "")).strip(_EDGES),
            "form": _address(cells.get("mau_don_to_khai", "")),
            "originals": None,
            "copies": None,
        }
        counts = cells.get("so_luong_ban_chinh", "")
        if match := _COUNTS_2021.fullmatch(tidy(counts)):
            sheet["originals"], sheet["copies"] = int(match.group(1)), int(match.group(2))
            doubts += _weighed(sheet, at)
        else:
            reason = NOT_STATED if says_nothing(counts) else "in_words"
            doubts.append(Doubt("paper", reason, f"{at}/count", counts or sheet["name"]))
        sheets.append(sheet)
    return sheets, doubts


def _address(form: str) -> str:
    """A form's address; one without a number of the file leads nowhere."""
    said = tidy(form)
    return "" if says_nothing(said) or said.endswith("=") else said
