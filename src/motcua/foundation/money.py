"""Vietnamese đồng as whole numbers: there is no smaller unit in use."""

from __future__ import annotations


def format_dong(amount: int) -> str:
    """``1234567`` as ``1.234.567 đ`` with a non-breaking space.

    >>> format_dong(0)
    '0\\xa0đ'
    """
    return f"{amount:,}".replace(",", ".") + "\u00a0đ"
