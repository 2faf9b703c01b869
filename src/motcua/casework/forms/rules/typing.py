"""Between what people type and JSON values: numbers and dates as they are written in Vietnam.

What cannot be understood stays the typed text, so that it can be shown again beside
the sentence that says how to mend it.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any, Final

from motcua.casework.forms.rules.definition import Field
from motcua.foundation.money import format_dong

MAX_TEXT: Final = 20_000

_GROUPED: Final = re.compile(r"[+-]?\d{1,3}([. ,\u00a0])\d{3}(?:\1\d{3})*", re.ASCII)
_PLAIN: Final = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_DECIMAL: Final = re.compile(r"([+-]?[\d. \u00a0]+)(?:,(\d+))?", re.ASCII)
_POINTED: Final = re.compile(r"[+-]?\d{1,15}\.\d{1,2}", re.ASCII)
_DAY_FIRST: Final = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})", re.ASCII)
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONEY_WORDS: Final = re.compile(r"\s*(?:đồng|đ|₫|vnd|vnđ)\.?$", re.IGNORECASE)
_CONTROL: Final = {code: None for code in range(32) if code not in {9, 10}} | {127: None}
_SPACES: Final = re.compile(r"[^\S\n]+")
_DIGITS_ONLY: Final = frozenset({"identity", "phone"})


def clean_text(text: str) -> str:
    """Composed letters (NFC), one space between words, at most 20,000 long.

    Control characters go, and so do those that nobody sees: of no width, or turning the
    reading direction, they make a name on a document another name than it looks.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    seen = "".join(c for c in composed.translate(_CONTROL) if unicodedata.category(c) != "Cf")
    return _SPACES.sub(" ", seen).strip()[:MAX_TEXT]


def understand(field: Field, typed: str) -> Any:
    """The JSON value of what was typed; the cleaned text itself when it is not understood."""
    text = clean_text(typed)
    if not text:
        return None
    understood = _understood(field, text)
    return text if understood is None else understood


def _understood(field: Field, text: str) -> Any:
    if field.widget == "date":
        return read_date(text) or None
    if field.widget in _DIGITS_ONLY:
        return re.sub(r"[\s.\-]", "", text) or None
    if field.kind == "boolean":
        return {"true": True, "false": False}.get(text)
    if field.kind == "integer":
        return read_whole(_MONEY_WORDS.sub("", text) if field.widget == "money" else text)
    return read_number(text) if field.kind == "number" else text


def read_whole(text: str) -> int | None:
    """``1.234.567``, ``1 234 567``, ``1,234,567`` and ``1234567``; None for anything else."""
    if _PLAIN.fullmatch(text):
        return int(text)
    if _GROUPED.fullmatch(text):
        digits = re.sub(r"[. ,\u00a0]", "", text)
        return int(digits) if len(digits) <= 18 else None
    return None


def read_number(text: str) -> int | float | None:
    """A decimal with a comma (``1.234,5``); a lone point with one or two digits passes too."""
    if _POINTED.fullmatch(text):
        return _tidy(float(text))
    match = _DECIMAL.fullmatch(text)
    whole = read_whole(match[1].strip()) if match else None
    if match is None or whole is None:
        return None
    if match[2] is None:
        return whole
    sign = "-" if text.startswith("-") and whole == 0 else ""
    return _tidy(float(f"{sign}{whole}.{match[2]}"))


def _tidy(number: float) -> int | float:
    return int(number) if number.is_integer() else number


def read_date(text: str) -> str:
    """``27/3/1998`` or ``1998-03-27`` as ``1998-03-27``; "" when there is no such day."""
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    else:
        return ""
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def write_out(field: Field, value: Any) -> str:
    """The value as it stands in the input box; :func:`understand` gives it back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if field.widget == "money" and isinstance(value, int):
        return grouped(value)
    if isinstance(value, float):
        return write_decimal(value)
    return str(value)


def grouped(value: int) -> str:
    """``1234567`` as ``1.234.567``."""
    return f"{value:,}".replace(",", ".")


def write_decimal(value: float) -> str:
    """``1234.5`` as ``1234,5``, without loss."""
    text = repr(value)
    return (f"{value:f}" if "e" in text else text).replace(".", ",")


def show_date(value: str) -> str:
    """``1998-03-27`` as ``27/03/1998``; anything else unchanged."""
    match = _ISO.fullmatch(value)
    return f"{match[3]}/{match[2]}/{match[1]}" if match else value


def show(field: Field, value: Any) -> str:
    """A simple value for reading: grouped numbers, dates as people say them."""
    if isinstance(value, bool) or value is None:
        return ""
    if field.widget == "money" and isinstance(value, int):
        return format_dong(value)
    if isinstance(value, int):
        return grouped(value) if field.widget == "number" else str(value)
    if isinstance(value, float):
        return write_decimal(value)
    return show_date(str(value)) if field.widget == "date" else str(value)
