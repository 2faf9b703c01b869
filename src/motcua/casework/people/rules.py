"""What counts as a well-formed identity: pure decisions."""

from __future__ import annotations

import re

_CCCD = re.compile(r"^\d{12}$")
_CMND = re.compile(r"^\d{9}$")
_TAX = re.compile(r"^\d{10}(-?\d{3})?$")


def clean_identity(number: str) -> str:
    """Digits (and a tax code's dash) only, as it is hashed and stored."""
    return re.sub(r"[^0-9-]", "", number)


def identity_kind(number: str) -> str | None:
    """``cccd`` (12 digits), ``cmnd`` (9), ``tax`` (10 or 13), or ``None`` when malformed.

    Source: Luật Căn cước 26/2023/QH15, Điều 12 (12-digit personal number).
    """
    if _CCCD.match(number):
        return "cccd"
    if _CMND.match(number):
        return "cmnd"
    if _TAX.match(number):
        return "tax"
    return None


def mask_identity(number: str) -> str:
    """``079•••••0123``: enough to recognise, too little to use."""
    return number if len(number) < 8 else number[:3] + "•" * (len(number) - 7) + number[-4:]
