"""Who may take, reconcile, give back money and set accounts."""

from __future__ import annotations

from motcua.casework.access.public import declare_permission

COLLECT = "payments.collect"
RECONCILE = "payments.reconcile"
APPROVE = "payments.approve"
SETTINGS = "payments.settings"
OBLIGATIONS = "payments.obligations"


def register() -> None:
    """Called once at start-up."""
    declare_permission(
        "payments.collect",
        "Thu phí, lệ phí tại quầy",
        "Collect fees at the counter",
        roles=["receiving_clerk", "centre_head"],
    )
    declare_permission(
        "payments.reconcile",
        "Đối soát tiền về, đề nghị hoàn trả, xem sổ quỹ",
        "Reconcile arrived money, ask for refunds, read the day books",
        roles=["receiving_clerk", "centre_head"],
    )
    declare_permission(
        "payments.approve",
        "Duyệt hoàn trả, duyệt chốt quỹ, hủy biên lai",
        "Approve refunds and closed drawers, take receipts back",
        roles=["centre_head"],
    )
    declare_permission(
        "payments.obligations",
        "Ghi nghĩa vụ tài chính theo luật khác và chứng từ đã nộp",
        "Keep what another law asks to be paid, and the proofs of payment",
        roles=["receiving_clerk", "centre_head", "case_officer", "division_head"],
    )
    declare_permission(
        "payments.settings",
        "Đặt tài khoản thu và khoá báo có của ngân hàng",
        "Set receiving accounts and the keys of bank notices",
        roles=["centre_head"],
    )
