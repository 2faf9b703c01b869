"""The door of this slice: what others may call."""

from motcua.subsystems.payments.banking import DEMO_KEY
from motcua.subsystems.payments.errors import AlreadyPaid, FeeStillOpen, ObligationStillOpen
from motcua.subsystems.payments.models import BankAccount, Charge, NoticeKey, Obligation, Receipt
from motcua.subsystems.payments.selectors import charge_of, collecting_agency, locked_charge_state
from motcua.subsystems.payments.services import (
    Duty,
    ask_obligation,
    assess,
    collect,
    may_keep_obligations,
    open_obligations,
)

__all__ = [
    "DEMO_KEY",
    "AlreadyPaid",
    "BankAccount",
    "Charge",
    "Duty",
    "FeeStillOpen",
    "NoticeKey",
    "Obligation",
    "ObligationStillOpen",
    "Receipt",
    "ask_obligation",
    "assess",
    "charge_of",
    "collect",
    "collecting_agency",
    "locked_charge_state",
    "may_keep_obligations",
    "open_obligations",
]
