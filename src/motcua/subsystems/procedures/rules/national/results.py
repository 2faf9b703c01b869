"""Results (kết quả xử lý) with their national codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from motcua.subsystems.procedures.rules.national.shapes import (
    LOWER,
    NOT_STATED,
    NOTHING,
    Doubt,
    Outcome,
    says_nothing,
    text_of,
    tidy,
)

_CODED = re.compile(
    r"(?P<name>.*?)Mã:\s*(?P<code>KQ\.[A-Z]\d{2}\.\d{6}|[0-9A-Z][0-9A-Z.\-]*"
    rf"(?![{LOWER}]))",
    re.DOTALL,
)
_NATIONAL = re.compile(r"KQ\.[A-Z]\d{2}\.\d{6}")
_KEYWORDS = re.compile(r"Từ khóa(.*?)Mô tả", re.DOTALL)
# What the page shows below the results: a chooser of agencies, no part of the record.
_PAGE = "Chọn cơ quan thực hiện"


def read_results(value: Any) -> tuple[list[Outcome], str, list[Doubt]]:
    """The results, the record's keywords, and doubts."""
    if isinstance(value, list):
        rows: list[Any] = value
        return _from_rows(rows)
    text = text_of(value)
    if says_nothing(text):
        return [], "", [Doubt("result", NOT_STATED, "results", text)]
    body, mark, rest = text.partition("Từ khóa")
    keywords = _KEYWORDS.match(mark + rest)
    said = tidy(keywords.group(1)) if keywords else ""
    found, doubts = _from_text(body.partition(_PAGE)[0])
    return found, "" if said == NOTHING else said, doubts


def _from_text(body: str) -> tuple[list[Outcome], list[Doubt]]:
    found: list[Outcome] = []
    doubts: list[Doubt] = []
    begin = 0
    while match := _CODED.match(body, begin):
        place = f"results/{len(found) + 1}"
        code, name = match.group("code"), tidy(match.group("name"))
        last = match.end() == len(body.rstrip())
        if not last and not _NATIONAL.fullmatch(code):
            doubts.append(Doubt("result", "run_together", place, body[match.start() : begin + 200]))
            code = ""
        if not name:
            doubts.append(Doubt("result", "no_name", place, match.group()))
        found.append({"name": name, "code": code})
        begin = match.end()
    if rest := tidy(body[begin:]):
        place = f"results/{len(found) + 1}"
        found.append({"name": rest, "code": ""})
        doubts.append(Doubt("result", "no_code", place, rest))
    return found, doubts


def _from_rows(rows: list[Any]) -> tuple[list[Outcome], str, list[Doubt]]:
    found: list[Outcome] = []
    doubts: list[Doubt] = []
    for index, row in enumerate(rows, start=1):
        name = tidy(text_of(next(iter(row.values()), "") if isinstance(row, Mapping) else row))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType, reportUnknownVariableType]
        found.append({"name": name, "code": ""})
        doubts.append(Doubt("result", "no_code", f"results/{index}", text_of(row)))
    return found, "", doubts
