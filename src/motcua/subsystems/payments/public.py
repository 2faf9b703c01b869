"""The door of this slice: what others may call."""

from motcua.subsystems.payments.errors import AlreadyPaid, FeeStillOpen, ObligationStillOpen
from motcua.subsystems.payments.models import Charge, Obligation, Receipt
from motcua.subsystems.payments.selectors import charge_of, locked_charge_state
from motcua.subsystems.payments.services import (
    Duty,
    ask_obligation,
    assess,
    collect,
    may_keep_obligations,
    open_obligations,
)

__all__ = [
    "AlreadyPaid",
    "Charge",
    "Duty",
    "FeeStillOpen",
    "Obligation",
    "ObligationStillOpen",
    "Receipt",
    "ask_obligation",
    "assess",
    "charge_of",
    "collect",
    "locked_charge_state",
    "may_keep_obligations",
    "open_obligations",
]
