"""The door of this slice: what others may call."""

from motcua.subsystems.payments.errors import AlreadyPaid
from motcua.subsystems.payments.models import Charge, Receipt
from motcua.subsystems.payments.selectors import charge_of
from motcua.subsystems.payments.services import assess, collect

__all__ = ["AlreadyPaid", "Charge", "Receipt", "assess", "charge_of", "collect"]
