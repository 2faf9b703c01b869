"""What an expression may call besides the language itself: dates, text, small sums.

Every function here has a twin in ``browser/functions.js``; the conformance
cases hold both to the same answers. A date is the text ``YYYY-MM-DD``, so dates
compare with ``<`` and ``==`` as they stand.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from collections.abc import Sequence

from motcua.foundation.folding import fold as fold_text
from motcua.foundation.money import format_dong

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _date(text: str) -> dt.date:
    if not _ISO.fullmatch(text):
        raise ValueError("a date is written YYYY-MM-DD")
    return dt.date.fromisoformat(text)


def _months(first: dt.date, later: dt.date) -> int:
    whole = (later.year - first.year) * 12 + later.month - first.month
    return whole - (later.day < first.day)


def months_between(first: str, later: str) -> int:
    """Completed calendar months; negative when ``later`` comes first."""
    a, b = _date(first), _date(later)
    return _months(a, b) if a <= b else -_months(b, a)


def years_between(first: str, later: str) -> int:
    """Completed years, as an age is counted: born on 29 February, a year older on 1 March."""
    months = months_between(first, later)
    return months // 12 if months >= 0 else -(-months // 12)


def days_between(first: str, later: str) -> int:
    """Calendar days from one date to the other; the first day is not counted."""
    return (_date(later) - _date(first)).days


def add_days(date: str, days: int) -> str:
    try:
        return (_date(date) + dt.timedelta(days=days)).isoformat()
    except OverflowError as error:
        raise ValueError("the date is out of range") from error


def add_months(date: str, months: int) -> str:
    """The same day so many months on, or the last day of a shorter month."""
    start = _date(date)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise ValueError("the date is out of range")
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return dt.date(year, month + 1, day).isoformat()


def add_years(date: str, years: int) -> str:
    return add_months(date, years * 12)


def date_text(date: str) -> str:
    """``2026-11-02`` as people write it: ``02/11/2026``."""
    return _date(date).strftime("%d/%m/") + date[:4]


def fold(text: str) -> str:
    """Lower case without accents, for comparing names people typed."""
    return fold_text(text)


def dong(amount: int) -> str:
    return format_dong(amount)


def present(value: object) -> bool:
    """Whether something was answered: not absent, not an empty text, not an empty list."""
    return value is not None and value not in ("", [])


def total(values: Sequence[object]) -> int | float:
    """The sum of whole numbers, or of decimals; never of a mixture, as with ``+``."""
    if all(type(v) is int for v in values):
        result = sum(v for v in values if isinstance(v, int))
        if not -(2**63) <= result < 2**63:
            raise ValueError("integer overflow")
        return result
    if all(type(v) is float for v in values):
        return math.fsum(v for v in values if isinstance(v, float))
    raise ValueError("sum() needs numbers of one kind")


def round_half_up(value: float) -> int:
    """The nearest whole number; a half goes away from zero."""
    if not math.isfinite(value) or abs(value) >= 2**53:
        raise ValueError("the number is out of range")
    whole = math.floor(abs(value) + 0.5)
    return whole if value >= 0 else -whole
