"""Which stored paper may answer which paper of a procedure."""

from __future__ import annotations

import datetime as dt

from motcua.foundation.folding import fold

SHORTEST = 8
"""Names shorter than this (folded, characters) must be the same, not merely contained."""


def same_kind(stored: str, wanted: str) -> bool:
    """Whether two names of papers mean the same kind; only an offer, a person decides.

    >>> same_kind("Giấy chứng sinh", "giấy chứng sinh (bản chính)")
    True
    >>> same_kind("Đơn", "Đơn đăng ký")
    False
    """
    one, other = sorted((fold(stored).strip(), fold(wanted).strip()), key=len)
    if not one:
        return False
    return one == other or (len(one) >= SHORTEST and f" {one} " in f" {_words(other)} ")


def _words(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


def still_valid(valid_until: dt.date | None, on: dt.date) -> bool:
    """Whether a paper may still be used on that day; without a date it is not known to end."""
    return valid_until is None or on <= valid_until
