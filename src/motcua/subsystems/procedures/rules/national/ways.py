"""Ways to file (cách thức thực hiện): channel, limit, charges, words beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from motcua.subsystems.procedures.rules.national.charges import (
    CURRENCIES,
    CURRENCY_PATTERN,
    FREE,
    MONEY,
    charge,
    judged,
    number_of,
    read_labelled,
)
from motcua.subsystems.procedures.rules.national.keys import normal_key
from motcua.subsystems.procedures.rules.national.limits import (
    UNIT_PATTERN,
    contradicted,
    read_limit,
)
from motcua.subsystems.procedures.rules.national.shapes import (
    NOT_STATED,
    NOTHING,
    Charge,
    Doubt,
    Span,
    Way,
    says_nothing,
    text_of,
    tidy,
)

CHANNELS: Final = {
    "Trực tuyến": "online",
    "Trực tiếp": "counter",
    "Dịch vụ bưu chính công ích": "post",
    "Dịch vụ bưu chính": "post",
    "Bưu chính": "post",
}
_HEADER: Final = "Hình thức nộpThời gianPhí, lệ phíMô tả"
_NAMES = "|".join(sorted(CHANNELS, key=len, reverse=True))
_LIMIT = rf"{NOTHING}|[\d.,]{{1,12}}\s?(?i:{UNIT_PATTERN})?"
_ROW = re.compile(
    rf"({_NAMES})(?=(?:{_LIMIT})\s?(?:{FREE}|{NOTHING}|[\d.,]{{0,16}}\s?(?:{CURRENCY_PATTERN})|$))"
)
_STATED = re.compile(rf"{NOTHING}|[\d.,]{{1,12}}\s?(?i:{UNIT_PATTERN})")
_BARE = re.compile(rf"([\d.,]{{1,28}})\s?({CURRENCY_PATTERN})?")
_MONEY_WORDS = re.compile(r"lệ phí|\bphí\b|đồng", re.IGNORECASE)

Part = tuple[list[Charge], list[Doubt], str]
Rows = tuple[list[Way], list[Doubt], list[str]]


def read_ways(value: Any) -> tuple[list[Way], list[Doubt]]:
    """The ways to file, from the flattened table or from rows with named cells."""
    if isinstance(value, list):
        rows: list[Any] = value
        return _checked(*_from_rows(rows))
    text = text_of(value)
    if says_nothing(text):
        return [], [Doubt("channel", NOT_STATED, "ways", text)]
    return _checked(*_from_text(text))


def _from_text(text: str) -> Rows:
    body = text.replace(_HEADER, "", 1) if text.lstrip().startswith(_HEADER) else text
    body = body.strip()
    starts = list(_ROW.finditer(body))
    ways: list[Way] = []
    doubts: list[Doubt] = []
    raws: list[str] = []
    before = body[: starts[0].start()] if starts else body
    if before.strip():
        doubts.append(Doubt("channel", "not_a_row", "ways", before))
    for index, start in enumerate(starts):
        end = starts[index + 1].start() if index + 1 < len(starts) else len(body)
        way, more = _row(start.group(1), body[start.end() : end], f"ways/{index + 1}")
        ways.append(way)
        doubts += more
        raws.append(body[start.start() : end])
    return ways, doubts, raws


def _row(name: str, cells: str, place: str) -> tuple[Way, list[Doubt]]:
    limit, doubts, rest = _limit_cell(cells, place)
    charges, more, note = _charge_cells(rest, place)
    return {
        "channel": CHANNELS[name],
        "limit": limit,
        "charges": charges,
        "note": "" if says_nothing(note) else tidy(note),
    }, doubts + more


def _limit_cell(cells: str, place: str) -> tuple[Span | None, list[Doubt], str]:
    """The limit and what follows; a number without unit may have run into the charge."""
    at = f"{place}/limit"
    if match := _STATED.match(cells):
        limit, doubts = read_limit(match.group(), at)
        return limit, doubts, cells[match.end() :]
    match = _BARE.match(cells)
    if match is None:
        return None, [Doubt("limit", "not_a_row", at, cells)], cells
    if match.group(2) is None:
        return None, [Doubt("limit", "no_unit", at, match.group(1))], cells[match.end() :]
    together = [
        Doubt(kind, "run_together", f"{place}/{kind}", match.group()) for kind in ("limit", "fee")
    ]
    _note, rest = _parenthesis(cells[match.end() :])
    return None, together, " " + rest


def _charge_cells(rest: str, place: str) -> Part:
    at = f"{place}/fee"
    if rest.startswith(" "):
        return [], [], rest
    if rest.startswith(NOTHING):
        note = rest[len(NOTHING) :]
        reason = "in_description" if _MONEY_WORDS.search(note) else NOT_STATED
        return [], [Doubt("fee", reason, at, note if reason != NOT_STATED else NOTHING)], note
    found: list[Charge] = []
    doubts: list[Doubt] = []
    while match := (_free(rest) if not found and not doubts else None) or MONEY.match(rest):
        note, rest_after = _parenthesis(rest[match.end() :])
        free = match.re is not MONEY
        amount = 0 if free else number_of(match.group(1))
        currency = "VND" if free else CURRENCIES[match.group(2)]
        raw = rest[: len(rest) - len(rest_after)]
        taken, more = judged(charge(amount, currency, note=tidy(note)), raw, at)
        found += [taken] if taken else []
        doubts += more
        rest = rest_after
    if len(found) > 1:
        doubts.append(Doubt("fee", "several", at, " · ".join(str(row["amount"]) for row in found)))
    if not found and not doubts:
        doubts.append(Doubt("fee", "not_a_row", at, rest or NOTHING))
    return found, doubts, rest


def _free(rest: str) -> re.Match[str] | None:
    return re.match(FREE, rest)


def _parenthesis(text: str) -> tuple[str, str]:
    """What stands in a parenthesis at the start, and the rest; unclosed takes all."""
    if not text.startswith("("):
        return "", text
    depth = 0
    for index, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return text[1:index], text[index + 1 :]
    return text[1:], ""


def _from_rows(rows: list[Any]) -> Rows:
    ways: list[Way] = []
    doubts: list[Doubt] = []
    raws: list[str] = []
    for index, row in enumerate(rows, start=1):
        place = f"ways/{index}"
        if not isinstance(row, Mapping):
            doubts.append(Doubt("channel", "not_a_row", place, text_of(row)))
            continue
        cells = {normal_key(str(key)): text_of(cell) for key, cell in row.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType, reportUnknownMemberType]
        name = tidy(cells.get("hinh_thuc_nop", ""))
        if name not in CHANNELS:
            doubts.append(Doubt("channel", "unknown_word", place, name or text_of(row)))
            continue
        limit, more = read_limit(
            cells.get("thoi_han_giai_quyet") or cells.get("thoi_gian", ""), f"{place}/limit"
        )
        charges, even_more = read_labelled(cells.get("phi_le_phi", ""), f"{place}/fee")
        note = tidy(cells.get("mo_ta", ""))
        ways.append({"channel": CHANNELS[name], "limit": limit, "charges": charges, "note": note})
        doubts += more + even_more
        raws.append(text_of(row))
    return ways, doubts, raws


def _checked(
    ways: list[Way], doubts: list[Doubt], raws: list[str]
) -> tuple[list[Way], list[Doubt]]:
    """Doubt what the rows say against themselves."""
    if not ways and not doubts:
        doubts.append(Doubt("channel", NOT_STATED, "ways", ""))
    seen: dict[str, Way] = {}
    for index, way in enumerate(ways, start=1):
        if contradicted(way["limit"], way["note"]):
            doubts.append(Doubt("limit", "contradicted", f"ways/{index}/limit", way["note"]))
        first = seen.setdefault(way["channel"], way)
        if (first["limit"], first["charges"]) != (way["limit"], way["charges"]):
            doubts.append(Doubt("limit", "twice", f"ways/{index}", raws[index - 1]))
    return ways, doubts
