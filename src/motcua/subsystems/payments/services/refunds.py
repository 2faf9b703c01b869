"""Giving money back: one person asks, another approves, then it is paid out."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F, Sum

from motcua.casework.access.public import Actor, require
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, InvalidInput, NotFound, NotPossibleNow
from motcua.foundation.outbox.public import emit
from motcua.foundation.timesource import now
from motcua.subsystems.payments.errors import NotMuchLeft, SecondPersonNeeded
from motcua.subsystems.payments.models import Arrival, Receipt, Refund
from motcua.subsystems.payments.permissions import APPROVE, RECONCILE
from motcua.subsystems.payments.services.arrivals import take_off
from motcua.subsystems.payments.services.drawers import drawer_for_taking
from motcua.subsystems.payments.services.posting import post

State = Refund.State
Way = Refund.Way
OFFERED = (Way.CASH, Way.TRANSFER)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be given back: ``amount`` in đồng, why, how, to whom."""

    amount: int
    reason: str
    way: str
    payee: str = ""


@transaction.atomic
def ask_refund(
    *, actor: Actor, wish: Wish, arrival_uid: UUID | str = "", receipt_id: int | None = None
) -> Refund:
    """Ask to give money back: from what an arrival left over, or from a receipted fee.

    The sum is set aside at once, so that it is never promised twice.

    Raises:
        NotFound: neither an open arrival nor a receipt of the actor's agency.
        NotMuchLeft: more than is left to give back.
        InvalidInput: no reason, an unknown way, or nobody to transfer to.
    """
    _examine(wish)
    if arrival_uid:
        source = (
            Arrival.objects.select_for_update(of=("self",))
            .select_related("order")
            .filter(uid=arrival_uid)
            .first()
        )
    else:
        source = Receipt.objects.select_for_update().filter(pk=receipt_id).first()
    if source is None:
        raise NotFound
    require(actor, RECONCILE, agency_id=source.agency_id)
    refund = Refund(
        agency_id=source.agency_id, amount=wish.amount, reason=wish.reason.strip()[:500]
    )
    if isinstance(source, Arrival):
        take_off(source, wish.amount)
        refund.arrival = source
    else:
        _leave_enough(source, wish.amount)
        refund.receipt = source
    refund.way, refund.payee = Way(wish.way), wish.payee.strip()[:300]
    refund.asked_by_id, refund.asked_at = actor.account_id, now()
    refund.save()
    _note(actor, refund, "payments.ask_refund")
    return refund


def _examine(wish: Wish) -> None:
    faults: dict[str, Bilingual] = {}
    if not wish.reason.strip():
        faults["reason"] = Bilingual("Ghi lý do hoàn trả.", "Say why it is given back.")
    if wish.way not in OFFERED:
        faults["way"] = Bilingual("Chọn cách chi.", "Choose how it is paid out.")
    if wish.way == Way.TRANSFER and not wish.payee.strip():
        faults["payee"] = Bilingual(
            "Ghi ngân hàng, số tài khoản và tên người nhận.",
            "Give bank, account number and name of the payee.",
        )
    if faults:
        raise InvalidInput(faults)


def _leave_enough(receipt: Receipt, amount: int) -> None:
    given = Refund.objects.filter(receipt=receipt).exclude(state=State.REFUSED)
    left = receipt.amount - int(given.aggregate(sum=Sum("amount"))["sum"] or 0)
    if not 0 < amount <= left:
        raise NotMuchLeft(left=f"{left:,}".replace(",", "."))


def _locked(uid: UUID | str, state: str) -> Refund:
    refund = Refund.objects.select_for_update(of=("self",)).filter(uid=uid).first()
    if refund is None:
        raise NotFound
    if refund.state != state:
        raise NotPossibleNow
    return refund


@transaction.atomic
def decide_refund(*, actor: Actor, uid: UUID | str, approved: bool) -> Refund:
    """Approve or refuse; never by the one who asked.

    Raises:
        SecondPersonNeeded: the actor asked for it.
        NotPossibleNow: it was decided already.
    """
    refund = _locked(uid, State.ASKED)
    require(actor, APPROVE, agency_id=refund.agency_id)
    if refund.asked_by_id == actor.account_id:
        raise SecondPersonNeeded
    refund.state = State.APPROVED if approved else State.REFUSED
    refund.decided_by_id, refund.decided_at = actor.account_id, now()
    refund.save(update_fields=["state", "decided_by", "decided_at"])
    if approved:
        source = "held" if refund.arrival_id else "fees"
        _post(actor, refund, "approve", [(source, refund.amount), ("refunds", -refund.amount)])
    elif refund.arrival_id:
        Arrival.objects.filter(pk=refund.arrival_id).update(left=F("left") + refund.amount)
    _note(actor, refund, "payments.approve_refund" if approved else "payments.refuse_refund")
    return refund


@transaction.atomic
def pay_refund(*, actor: Actor, uid: UUID | str, proof: str = "") -> Refund:
    """The money left the house. Emits ``payments.refunded``.

    Args:
        proof: the bank's or platform's number of the transfer; needed unless cash.
    """
    refund = _locked(uid, State.APPROVED)
    require(actor, RECONCILE, agency_id=refund.agency_id)
    if refund.way != Way.CASH and not proof.strip():
        fault = Bilingual("Ghi số giao dịch chuyển trả.", "Give the number of the transfer.")
        raise InvalidInput({"proof": fault})
    drawer = None
    if refund.way == Way.CASH:
        drawer = drawer_for_taking(actor, refund.agency_id)
    refund.state, refund.paid_at, refund.proof = State.PAID, now(), proof.strip()[:120]
    refund.save(update_fields=["state", "paid_at", "proof"])
    money = "cash" if refund.way == Way.CASH else "bank"
    lines = [("refunds", refund.amount), (money, -refund.amount)]
    post(
        actor=actor, agency_id=refund.agency_id, kind="refund", key=f"refund:{refund.pk}:pay",
        lines=lines, drawer=drawer, note=refund.proof,
    )  # fmt: skip
    _note(actor, refund, "payments.pay_refund")
    emit("payments.refunded", str(refund.uid), {"refund_id": refund.pk})
    return refund


def _post(actor: Actor, refund: Refund, what: str, lines: list[tuple[str, int]]) -> None:
    post(
        actor=actor, agency_id=refund.agency_id, kind="refund",
        key=f"refund:{refund.pk}:{what}", lines=lines, note=refund.reason,
    )  # fmt: skip


def _note(actor: Actor, refund: Refund, verb: str) -> None:
    record(
        actor=actor,
        chain=f"payments:{refund.agency_id}",
        verb=verb,
        after={"refund": str(refund.uid), "amount": refund.amount, "way": str(refund.way)},
    )
