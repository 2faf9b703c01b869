"""Money that arrived: booked once, matched to a charge, its rest held for the payer."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from motcua.casework.access.public import SYSTEM, Actor, require, visible_to
from motcua.casework.ledger.public import Private, record
from motcua.foundation.errors import Bilingual, InvalidInput, NotFound
from motcua.foundation.outbox.public import emit
from motcua.foundation.timesource import now
from motcua.subsystems.payments.errors import NotMuchLeft
from motcua.subsystems.payments.models import Arrival, BankAccount, Charge, PaymentOrder, Receipt
from motcua.subsystems.payments.permissions import RECONCILE
from motcua.subsystems.payments.rules.matching import fit, references_in
from motcua.subsystems.payments.selectors import acting_agency, collecting_agency
from motcua.subsystems.payments.services.posting import post
from motcua.subsystems.payments.services.receipts import settle

Verdict = Arrival.Verdict


@dataclass(frozen=True, slots=True)
class Notice:
    """One credit as the bank or platform told it.

    ``source`` and ``transaction_id`` name it for ever; ``amount`` in đồng, positive;
    ``content`` is the payer's text; ``agency_id`` takes what no account of ours explains.
    ``only`` is the one agency whose orders and accounts the teller may speak of; None for
    a teller of the whole city.
    """

    source: str
    transaction_id: str
    amount: int
    content: str
    occurred_at: dt.datetime
    agency_id: int
    account_number: str = ""
    money: str = "bank"
    only: int | None = None


def take_notice(*, notice: Notice) -> tuple[Arrival, bool]:
    """Book one credit; a notice told again changes nothing and gives the first booking.

    When this returns, everything is committed, so the sender may be told it is done.
    Emits ``payments.arrived`` and, when a charge is paid by it, ``payments.collected``.
    """
    known = _known(notice)
    if known is not None:
        return known, False
    try:
        with transaction.atomic():
            return _book(notice), True
    except IntegrityError:
        # The same notice was booked by another process in between; any other clash is a fault.
        known = _known(notice)
        if known is None:
            raise
        return known, False


def _known(notice: Notice) -> Arrival | None:
    return Arrival.objects.filter(
        source=notice.source, transaction_id=notice.transaction_id
    ).first()


def _book(notice: Notice) -> Arrival:
    order = _order_meant(notice)
    account = _of_teller(BankAccount.objects, notice).filter(number=notice.account_number)
    account = account.order_by("-valid_from")
    owner = account.values_list("agency_id", flat=True).first() if notice.account_number else None
    agency = acting_agency(order.agency_id if order else owner or notice.agency_id)
    arrival = Arrival.objects.create(
        source=notice.source,
        transaction_id=notice.transaction_id,
        agency_id=agency,
        account_number=notice.account_number,
        amount=notice.amount,
        content=notice.content[:500],
        order=order,
        charge=order.charge if order else None,
        verdict=Verdict.UNMATCHED,
        left=notice.amount,
        occurred_at=notice.occurred_at,
        told_at=now(),
    )
    post(
        actor=SYSTEM, agency_id=agency, kind="arrival", key=f"arrival:{arrival.pk}",
        lines=[(notice.money, notice.amount), ("held", -notice.amount)],
        case_id=arrival.charge_id,
    )  # fmt: skip
    if order is not None:
        late = order.ran_out(notice.occurred_at)
        _apply(SYSTEM, arrival, late=late)
    record(
        actor=SYSTEM,
        chain=f"payments:{agency}",
        verb="payments.arrive",
        after={
            "source": notice.source,
            "transaction": notice.transaction_id,
            "amount": notice.amount,
            "verdict": str(arrival.verdict),
            "content": Private(notice.content[:500]),
        },
        case_id=arrival.charge_id,
    )
    emit("payments.arrived", str(arrival.uid), {"arrival_id": arrival.pk})
    return arrival


def _order_meant(notice: Notice) -> PaymentOrder | None:
    words = references_in(notice.content)
    found = _of_teller(PaymentOrder.objects, notice).filter(reference__in=words)
    orders = list(found.select_related("charge__case", "account")[:2])
    # Two different orders in one text: only a person can say which was meant.
    if len(orders) != 1:
        return None
    meant = orders[0].account
    # The right words, but the money came to another agency's account: it cannot settle this one.
    strayed = meant is not None and notice.account_number not in {"", meant.number}
    return None if strayed else orders[0]


def _of_teller(rows: Any, notice: Notice) -> Any:
    """What the teller may speak of: all, or what is of its one agency."""
    return rows.all() if notice.only is None else rows.filter(agency_id=notice.only)


def _apply(actor: Actor, arrival: Arrival, *, late: bool) -> None:
    """Let an arrival pay its charge as far as it fits; the charge is locked first."""
    charge = (
        Charge.objects.select_for_update(of=("self",))
        .select_related("case__applicant")
        .get(pk=arrival.charge_id)
    )
    case = charge.case
    earlier = list(
        Arrival.objects.filter(charge=charge, verdict=Verdict.SHORT, left__gt=0)
        .exclude(pk=arrival.pk)
        .order_by("pk")
    )
    chosen = fit(
        owed=charge.amount,
        settled=charge.state != Charge.State.OPEN,
        ended=not case.is_open,
        late=late,
        held=sum(one.left for one in earlier),
        amount=arrival.left,
    )
    arrival.verdict = Verdict(chosen.verdict)
    if chosen.settles:
        rest = charge.amount - chosen.used
        for one in earlier:
            part = min(one.left, rest)
            one.left -= part
            rest -= part
            one.save(update_fields=["left"])
        arrival.left -= chosen.used
        way = Receipt.Method.PLATFORM if _by_platform(arrival) else Receipt.Method.TRANSFER
        payer = case.applicant.full_name if case.applicant else ""
        settle(
            actor=actor, charge=charge, case=case, agency_id=arrival.agency_id,
            method=way, payer=payer,
        )  # fmt: skip
        post(
            actor=actor, agency_id=arrival.agency_id, kind="settling", key=f"taking:{charge.pk}",
            lines=[("held", charge.amount), ("fees", -charge.amount)], case_id=case.pk,
        )  # fmt: skip
        PaymentOrder.objects.filter(pk=arrival.order_id).update(state=PaymentOrder.State.PAID)
    arrival.save(update_fields=["verdict", "left", "charge"])


def _by_platform(arrival: Arrival) -> bool:
    return arrival.order is not None and arrival.order.way == PaymentOrder.Way.PLATFORM


def _open_arrival(actor: Actor, uid: UUID | str) -> Arrival:
    arrival = Arrival.objects.select_for_update(of=("self",)).filter(uid=uid, left__gt=0).first()
    if arrival is None:
        raise NotFound
    require(actor, RECONCILE, agency_id=arrival.agency_id)
    return arrival


@transaction.atomic
def match_by_hand(*, actor: Actor, uid: UUID | str, code: str) -> Arrival:
    """A person says which dossier the money is for.

    Raises:
        NotFound: no such open arrival in the actor's agency.
        InvalidInput: no dossier of that code with a charge, or the money is one's already.
    """
    arrival = _open_arrival(actor, uid)
    charge = Charge.objects.filter(
        visible_to(actor, "case_id"), case__code=code.strip()
    ).select_related("case__receiving_agency").first()  # fmt: skip
    here = charge is not None and collecting_agency(charge.case) == arrival.agency_id
    if charge is None or not here or arrival.charge_id is not None:
        fault = Bilingual(
            "Không có hồ sơ với mã này đang chờ nộp phí tại đây.",
            "No dossier with this code owes a fee here.",
        )
        raise InvalidInput({"code": fault})
    arrival.charge = charge
    _apply(actor, arrival, late=False)
    _decided(actor, arrival, "match", arrival.amount - arrival.left, code.strip())
    return arrival


@transaction.atomic
def keep_rest(*, actor: Actor, uid: UUID | str, amount: int, reason: str) -> Arrival:
    """The payer gave a rest up, or the law says it stays: it becomes revenue, with the reason.

    Raises:
        NotMuchLeft: more than is left.
        InvalidInput: no reason.
    """
    arrival = _take_off(actor, uid, amount, reason)
    _post_rest(actor, arrival, amount, "fees", reason)
    _decided(actor, arrival, "keep", amount, reason)
    return arrival


@transaction.atomic
def recognise(*, actor: Actor, uid: UUID | str, amount: int, reason: str) -> Arrival:
    """This credit is a transfer that a clerk receipted by hand: the bank is booked once only."""
    arrival = _take_off(actor, uid, amount, reason)
    _post_rest(actor, arrival, amount, "bank", reason)
    _decided(actor, arrival, "recognise", amount, reason)
    return arrival


def _take_off(actor: Actor, uid: UUID | str, amount: int, reason: str) -> Arrival:
    arrival = _open_arrival(actor, uid)
    if not reason.strip():
        raise InvalidInput({"reason": Bilingual("Ghi lý do.", "Give the reason.")})
    take_off(arrival, amount)
    return arrival


def take_off(arrival: Arrival, amount: int) -> None:
    """Lower what is left of a locked arrival. Raises NotMuchLeft."""
    if not 0 < amount <= arrival.left:
        raise NotMuchLeft(left=f"{arrival.left:,}".replace(",", "."))
    Arrival.objects.filter(pk=arrival.pk).update(left=F("left") - amount)
    arrival.left -= amount


def _post_rest(actor: Actor, arrival: Arrival, amount: int, account: str, reason: str) -> None:
    post(
        actor=actor, agency_id=arrival.agency_id, kind="rest",
        key=f"rest:{arrival.pk}:{arrival.left}", case_id=arrival.charge_id, note=reason.strip(),
        lines=[("held", amount), (account, -amount)],
    )  # fmt: skip


def _decided(actor: Actor, arrival: Arrival, what: str, amount: int, why: str) -> None:
    record(
        actor=actor,
        chain=f"payments:{arrival.agency_id}",
        verb=f"payments.{what}",
        after={"arrival": str(arrival.uid), "amount": amount, "why": Private(why.strip()[:300])},
        case_id=arrival.charge_id,
    )
