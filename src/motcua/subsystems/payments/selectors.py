"""Every read of charges and receipts."""

from __future__ import annotations

from motcua.casework.access.public import Actor, visible_to
from motcua.subsystems.payments.models import Charge


def charge_of(actor: Actor, case_id: int) -> Charge | None:
    """The charge of a case open to the actor, with its receipt. One statement."""
    rows = Charge.objects.filter(visible_to(actor, "case_id"), case_id=case_id)
    return rows.select_related("receipt").first()
