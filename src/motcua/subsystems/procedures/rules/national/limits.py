"""Time limits as the catalogue writes them."""

from __future__ import annotations

import re
from typing import Final

from motcua.subsystems.procedures.rules.national.shapes import (
    NOT_STATED,
    NOTHING,
    Doubt,
    Span,
    says_nothing,
    tidy,
)

UNITS: Final = {
    "ngày làm việc": "working_day",
    "giờ làm việc": "working_hour",
    "ngày": "calendar_day",
    "giờ": "hour",
    "tuần": "week",
    "tháng": "month",
    "năm": "year",
    "phút": "minute",
}
UNIT_PATTERN: Final = "|".join(sorted(UNITS, key=len, reverse=True))
_SPAN = re.compile(rf"0*(\d{{1,4}}(?:[.,]\d{{1,2}})?)\s*({UNIT_PATTERN})\.?", re.IGNORECASE)
_NUMBER = re.compile(r"[\d.,]+")
# The sentence of civil status and certification: the same day, after 15:00 the next.
_SAME_DAY = re.compile(
    r"(?:Giải quyết )?(?:ngay )?trong ngày(?: làm việc)?(?: tiếp nhận)?(?: hồ sơ| yêu cầu)?[;,.]? "
    r"?(?:trường hợp )?(?:nếu )?(?:nhận|tiếp nhận) (?:được )?hồ sơ sau 15 giờ(?: mà)?"
    r"(?: không giải quyết được ngay)?,? thì trả kết quả (?:trong|vào) ngày làm việc tiếp theo\.?",
    re.IGNORECASE,
)
_SILENT = {"không quy định", "chưa quy định cụ thể", "không có", "không xác định", "không", "khác"}
_IN_WORDS = re.compile(r"\b0*(\d{1,3})\s*(ngày làm việc|ngày|giờ làm việc|giờ)\b", re.IGNORECASE)


def read_limit(text: str, place: str) -> tuple[Span | None, list[Doubt]]:
    """A cell that holds one limit and nothing else.

    >>> read_limit("07 Ngày làm việc", "x")[0]
    {'amount': '7', 'unit': 'working_day'}
    """
    said = tidy(text)
    if says_nothing(said) or said.casefold().rstrip(".") in _SILENT:
        return None, [Doubt("limit", NOT_STATED, place, text or NOTHING)]
    if match := _SPAN.fullmatch(said):
        return _span(match.group(1), match.group(2), text, place)
    if _SAME_DAY.fullmatch(said):
        return {"amount": "1", "unit": "same_day", "after_1500": True}, []
    if _NUMBER.fullmatch(said):
        return None, [Doubt("limit", "no_unit", place, text)]
    return None, [Doubt("limit", "in_words", place, text)]


def _span(amount: str, unit: str, raw: str, place: str) -> tuple[Span | None, list[Doubt]]:
    amount = amount.replace(",", ".")
    if float(amount) == 0:
        return None, [Doubt("limit", "zero_limit", place, raw)]
    doubts = [Doubt("limit", "fraction", place, raw)] if "." in amount else []
    return {"amount": amount, "unit": UNITS[unit.lower()]}, doubts


def contradicted(limit: Span | None, note: str) -> bool:
    """Whether the words beside a limit name spans of its kind and the limit is not among them.

    Days of work and days of the calendar are compared by their number: sources mix them.
    """
    if limit is None or limit["unit"] not in {"working_day", "calendar_day"}:
        return False
    named = {amount for amount, unit in _IN_WORDS.findall(note) if unit.lower().startswith("ngày")}
    return bool(named) and limit["amount"] not in named
