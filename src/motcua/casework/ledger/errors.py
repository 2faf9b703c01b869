"""Refusals of the ledger's own upkeep."""

from __future__ import annotations

from motcua.foundation.errors import Bilingual, DomainError


class LedgerBusy(DomainError):
    """A period could not be closed because a long write is under way."""

    code = "ledger-busy"
    status = 409
    message = Bilingual(
        "Sổ cái đang được ghi, chưa khoá kỳ được.",
        "The ledger is being written to; the period could not be closed.",
    )
    advice = Bilingual("Hệ thống sẽ tự thử lại.", "It will be tried again by itself.")


class NotArchived(DomainError):
    """Pruning was asked for before the archive was made, out of order, or without its file."""

    code = "ledger-not-archived"
    status = 409
    message = Bilingual(
        "Kỳ {number} của sổ cái chưa được lưu trữ nên không được xoá.",
        "Ledger period {number} has not been archived and must not be pruned.",
    )
    advice = Bilingual(
        "Lưu trữ kỳ này và mọi kỳ trước nó, kiểm tra tệp lưu trữ rồi thực hiện lại.",
        "Archive this period and all before it, check the archive file, then repeat.",
    )
