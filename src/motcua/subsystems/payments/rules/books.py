"""The books: accounts, balanced postings, the sums of a day; whole đồng throughout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

ACCOUNTS: Mapping[str, tuple[str, str]] = {
    "cash": ("Tiền mặt tại quầy", "Cash at the counter"),
    "bank": ("Tài khoản ngân hàng", "Bank account"),
    "platform": ("Nền tảng thanh toán", "Payment platform"),
    "held": ("Tiền giữ hộ người nộp", "Money held for payers"),
    "fees": ("Phí, lệ phí đã thu", "Fees collected"),
    "refunds": ("Phải hoàn trả", "Refunds owed"),
    "safe": ("Quỹ của trung tâm", "Safe of the centre"),
    "difference": ("Thừa, thiếu quỹ", "Cash over or short"),
}


class Unbalanced(ValueError):
    """Entries of one event do not add up to zero: a fault of the program, nothing is written."""


def balanced(lines: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """The entries of one event: debit positive, credit negative, zeros dropped.

    Raises:
        Unbalanced: they do not sum to zero, or name an unknown account.
    """
    kept = [(account, amount) for account, amount in lines if amount]
    unknown = [account for account, _ in kept if account not in ACCOUNTS]
    if unknown or sum(amount for _, amount in kept):
        raise Unbalanced(f"{kept}")
    return kept


DENOMINATIONS = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200)


def counted(pieces: Mapping[int, int]) -> int:
    """What a drawer holds, by how many notes of each value.

    Raises:
        ValueError: a value that is no note, or a negative number.
    """
    if any(value not in DENOMINATIONS or number < 0 for value, number in pieces.items()):
        raise ValueError("no such note")
    return sum(value * number for value, number in pieces.items())
