"""Every write to charges, receipts, payments and the books."""

from motcua.subsystems.payments.services.accounts import (
    end_notice_key,
    make_notice_key,
    set_account,
)
from motcua.subsystems.payments.services.arrivals import (
    Notice,
    keep_rest,
    match_by_hand,
    recognise,
    take_notice,
)
from motcua.subsystems.payments.services.drawers import (
    approve_drawer,
    correct_drawer,
    count_drawer,
    open_drawer,
)
from motcua.subsystems.payments.services.obligations import (
    Duty,
    ask_obligation,
    may_keep_obligations,
    open_obligations,
    prove_payment,
    withdraw_obligation,
)
from motcua.subsystems.payments.services.orders import expire_orders, order_payment
from motcua.subsystems.payments.services.receipts import assess, collect, replace_receipt
from motcua.subsystems.payments.services.refunds import (
    ask_refund,
    decide_refund,
    pay_refund,
)

__all__ = [
    "Duty",
    "Notice",
    "approve_drawer",
    "ask_obligation",
    "ask_refund",
    "assess",
    "collect",
    "correct_drawer",
    "count_drawer",
    "decide_refund",
    "end_notice_key",
    "expire_orders",
    "keep_rest",
    "make_notice_key",
    "match_by_hand",
    "may_keep_obligations",
    "open_drawer",
    "open_obligations",
    "order_payment",
    "pay_refund",
    "prove_payment",
    "recognise",
    "replace_receipt",
    "set_account",
    "take_notice",
    "withdraw_obligation",
]
