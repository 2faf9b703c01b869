"""Tables of charges, receipts, payments and the books."""

from motcua.subsystems.payments.models.books import CashDrawer, Posting, PostingLine
from motcua.subsystems.payments.models.obligations import Obligation, ObligationProof
from motcua.subsystems.payments.models.orders import (
    Arrival,
    BankAccount,
    NoticeKey,
    PaymentOrder,
    Refund,
)
from motcua.subsystems.payments.models.receipts import Charge, Receipt, ReceiptBook, ReceiptVoid

__all__ = [
    "Arrival",
    "BankAccount",
    "CashDrawer",
    "Charge",
    "NoticeKey",
    "Obligation",
    "ObligationProof",
    "PaymentOrder",
    "Posting",
    "PostingLine",
    "Receipt",
    "ReceiptBook",
    "ReceiptVoid",
    "Refund",
]
