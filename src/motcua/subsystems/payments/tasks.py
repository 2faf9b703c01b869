"""What follows from money: notices to payers, orders that run out."""

from __future__ import annotations

from pathlib import Path

from motcua.casework.access.public import SYSTEM
from motcua.casework.cases.public import Case
from motcua.casework.notices.public import Recipient, add_templates, notify
from motcua.foundation.money import format_dong
from motcua.foundation.outbox.public import EventMessage, every, subscribes
from motcua.subsystems.payments.models import Arrival, Receipt, Refund
from motcua.subsystems.payments.services import expire_orders

TEMPLATES = Path(__file__).parent / "data" / "templates"


def register() -> None:
    """Called once at start-up."""
    add_templates(TEMPLATES)


def _tell(case: Case, template: str, key: str, **data: object) -> None:
    readers = {case.applicant_id, case.submitter_id} - {None}
    notify(
        actor=SYSTEM,
        template=template,
        recipients=[Recipient(party_id=party) for party in readers],
        data={"code": case.code or "", **data},
        case_id=case.pk,
        link=f"/thanh-toan/ho-so/{case.uid}/",
        dedupe_key=key,
    )


@subscribes("payments.collected", "payments.tell_paid")
def tell_paid(event: EventMessage) -> None:
    """The payer hears that the fee is paid and where the receipt is."""
    receipt = Receipt.objects.select_related("charge__case").get(pk=event.payload["receipt_id"])
    if receipt.charge is not None:
        _tell(
            receipt.charge.case, "payment.received", f"paid:{receipt.pk}",
            amount=format_dong(receipt.amount), receipt=str(receipt),
        )  # fmt: skip


@subscribes("payments.arrived", "payments.tell_rest")
def tell_rest(event: EventMessage) -> None:
    """The payer hears what was too little or too much, and what happens with it."""
    arrival = Arrival.objects.select_related("charge__case").get(pk=event.payload["arrival_id"])
    if arrival.charge is None or not arrival.left:
        return
    short = arrival.verdict == Arrival.Verdict.SHORT
    _tell(
        arrival.charge.case, "payment.short" if short else "payment.rest", f"rest:{arrival.uid}",
        amount=format_dong(arrival.amount), left=format_dong(arrival.left),
        owed=format_dong(arrival.charge.amount),
    )  # fmt: skip


@subscribes("payments.refunded", "payments.tell_refunded")
def tell_refunded(event: EventMessage) -> None:
    """The payer hears that money was given back."""
    refund = Refund.objects.select_related("arrival__charge__case", "receipt__charge__case").get(
        pk=event.payload["refund_id"]
    )
    source = refund.arrival or refund.receipt
    if source is not None and source.charge is not None:
        _tell(
            source.charge.case, "payment.refunded", f"refunded:{refund.uid}",
            amount=format_dong(refund.amount), reason=refund.reason,
        )  # fmt: skip


@every(15 * 60, "payments.expire")
def expire() -> None:
    """Orders that ran out are shown as such; late money is still taken."""
    expire_orders()
