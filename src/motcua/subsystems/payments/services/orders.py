"""Ways to pay a charge without coming to the counter."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction

from motcua.casework.access.public import Actor
from motcua.casework.cases.public import Case
from motcua.casework.ledger.public import record
from motcua.foundation.statements import insert
from motcua.foundation.timesource import now, today
from motcua.subsystems.payments.errors import AlreadyPaid, NoAccount, PlatformOff
from motcua.subsystems.payments.models import Charge, PaymentOrder
from motcua.subsystems.payments.rules.matching import ALPHABET, reference_of
from motcua.subsystems.payments.selectors import account_of, collecting_agency

VALID_FOR = dt.timedelta(hours=24)
Way = PaymentOrder.Way
State = PaymentOrder.State


@transaction.atomic
def order_payment(*, actor: Actor, case: Case, way: str) -> PaymentOrder:
    """Offer one way to pay what is open; the one offered already, while it is valid.

    Args:
        case: a case the actor may see.
        way: ``vietqr``; a payment platform needs an adapter, which is not there yet.

    Raises:
        AlreadyPaid: nothing is due.
        NoAccount, PlatformOff: that way does not lead to this agency.
    """
    if way != Way.VIETQR:
        raise PlatformOff
    charge = Charge.objects.select_for_update().filter(case=case).first()
    if charge is None or charge.state != Charge.State.OPEN:
        raise AlreadyPaid
    at = now()
    known = PaymentOrder.objects.filter(charge=charge, way=way, state=State.OPEN).first()
    if known is not None:
        if not known.ran_out(at):
            return known
        known.state = State.EXPIRED
        known.save(update_fields=["state"])
    agency = collecting_agency(case)
    account = account_of(agency, today())
    if account is None:
        raise NoAccount
    order = PaymentOrder(
        charge=charge,
        agency_id=agency,
        account=account,
        way=Way(way),
        reference=_new_reference(),
        amount=charge.amount,
        made_at=at,
        expires_at=at + VALID_FOR,
    )
    insert(order)
    record(
        actor=actor,
        chain=f"payments:{agency}",
        verb="payments.order",
        after={"reference": order.reference, "way": order.way, "amount": order.amount},
        case_id=case.pk,
    )
    return order


def _new_reference() -> str:
    return reference_of("".join(secrets.choice(ALPHABET) for _ in range(9)))


def expire_orders() -> int:
    """Mark the orders that ran out; money that still comes for them is told as late."""
    return PaymentOrder.objects.filter(state=State.OPEN, expires_at__lt=now()).update(
        state=State.EXPIRED
    )
