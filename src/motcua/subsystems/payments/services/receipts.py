"""Charges are fixed, money is taken at the counter, receipts are given and replaced."""

# Django's field types come from a mypy plugin that pyright lacks.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from motcua.casework.access.public import Actor, require
from motcua.casework.cases.public import Case
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, InvalidInput, NotFound
from motcua.foundation.outbox.public import emit
from motcua.foundation.statements import insert, send
from motcua.foundation.timesource import local, now
from motcua.foundation.transactions import together
from motcua.subsystems.payments.errors import AlreadyPaid
from motcua.subsystems.payments.models import Charge, Receipt, ReceiptVoid
from motcua.subsystems.payments.permissions import APPROVE, COLLECT
from motcua.subsystems.payments.selectors import collecting_agency
from motcua.subsystems.payments.services.drawers import drawer_for_taking
from motcua.subsystems.payments.services.posting import post

_NEXT = """
INSERT INTO payments_receiptbook (agency_id, year, last) VALUES (%s, %s, 1)
ON CONFLICT (agency_id, year) DO UPDATE SET last = payments_receiptbook.last + 1
RETURNING last
"""


def _next_number(agency_id: int, year: int) -> int:
    rows, _ = send(_NEXT, [agency_id, year])
    return int(rows[0][0])


def _give_receipt(
    *, actor: Actor, charge: Charge, agency_id: int, method: str, payer: str
) -> Receipt:
    at = now()
    year = local(at).year
    receipt = Receipt(
        charge=charge,
        agency_id=agency_id,
        year=year,
        number=_next_number(agency_id, year),
        amount=charge.amount,
        method=method,
        payer=payer,
        taken_by_id=actor.account_id,
        at=at,
    )
    insert(receipt)
    return receipt


@together()
def assess(
    *, actor: Actor, case: Case, amount: int, lines: Sequence[Mapping[str, Any]], payer: str
) -> Charge:
    """Fix what a dossier costs. For 0 đ a receipt is given at once.

    The assessing act's ledger entry is that of the slice which calls
    (the fee is part of what it records). Args: ``amount`` in đồng, not negative.
    """
    if amount < 0:
        raise ValueError("a charge cannot be negative")
    free = amount == 0
    charge = Charge(
        case=case,
        amount=amount,
        lines=list(lines),
        state=Charge.State.WAIVED if free else Charge.State.OPEN,
        assessed_at=now(),
    )
    insert(charge)
    if free:
        _give_receipt(
            actor=actor,
            charge=charge,
            agency_id=collecting_agency(case),
            method=Receipt.Method.NONE,
            payer=payer,
        )
    return charge


@transaction.atomic
def collect(*, actor: Actor, case: Case, method: str, payer: str = "") -> Receipt:
    """Take the whole amount and give a numbered receipt. Emits ``payments.collected``.

    Cash goes into the clerk's drawer of the day; a transfer is one that the clerk has seen
    on the account.

    Raises:
        NotAllowed: the actor is no clerk of the receiving centre, or of who carries it on.
        AlreadyPaid: nothing is due.
        DrawerClosed: cash, after the clerk's drawer of the day was counted.
    """
    agency_id = collecting_agency(case)
    require(actor, COLLECT, agency_id=agency_id)
    charge = Charge.objects.select_for_update().filter(case=case).first()
    if charge is None or charge.state != Charge.State.OPEN:
        raise AlreadyPaid
    account = "cash" if method == Receipt.Method.CASH else "bank"
    drawer = drawer_for_taking(actor, agency_id) if account == "cash" else None
    receipt = settle(
        actor=actor,
        charge=charge,
        case=case,
        agency_id=agency_id,
        method=method,
        payer=payer or (case.applicant.full_name if case.applicant else ""),
    )
    post(
        actor=actor,
        agency_id=agency_id,
        kind="taking",
        key=f"taking:{charge.pk}",
        lines=[(account, charge.amount), ("fees", -charge.amount)],
        case_id=case.pk,
        drawer=drawer,
    )
    return receipt


def settle(
    *, actor: Actor, charge: Charge, case: Case, agency_id: int, method: str, payer: str
) -> Receipt:
    """Mark a locked, open charge paid and give its receipt; the caller posts the money.

    Args:
        agency_id: in whose book the receipt is numbered.
    """
    charge.state = Charge.State.PAID
    charge.save(update_fields=["state"])
    receipt = _give_receipt(
        actor=actor,
        charge=charge,
        agency_id=agency_id,
        method=method,
        payer=payer,
    )
    record(
        actor=actor,
        chain=f"receipts:{agency_id}:{receipt.year}",
        verb="payments.collect",
        after={"number": receipt.number, "amount": receipt.amount, "method": method},
        case_id=case.pk,
    )
    emit("payments.collected", str(case.uid), {"case_id": case.pk, "receipt_id": receipt.pk})
    return receipt


@transaction.atomic
def replace_receipt(*, actor: Actor, receipt_id: int, payer: str, reason: str) -> Receipt:
    """Take a receipt back and give a right one under a new number; both stay in the book.

    Raises:
        NotFound: no such receipt, or it was replaced already.
        InvalidInput: no payer or no reason.
    """
    old = Receipt.objects.select_for_update().filter(pk=receipt_id).first()
    if old is None or ReceiptVoid.objects.filter(pk=receipt_id).exists():
        raise NotFound
    require(actor, APPROVE, agency_id=old.agency_id)
    if not reason.strip() or not payer.strip():
        fault = Bilingual("Ghi người nộp đúng và lý do.", "Give the right payer and the reason.")
        raise InvalidInput({"reason": fault})
    ReceiptVoid.objects.create(
        receipt=old, reason=reason.strip()[:500], by_id=actor.account_id, at=now()
    )
    at = now()
    year = local(at).year
    new = Receipt(
        replaces=old,
        agency_id=old.agency_id,
        year=year,
        number=_next_number(old.agency_id, year),
        amount=old.amount,
        method=old.method,
        payer=payer.strip()[:200],
        taken_by_id=actor.account_id,
        at=at,
    )
    insert(new)
    record(
        actor=actor,
        chain=f"receipts:{old.agency_id}:{year}",
        verb="payments.replace_receipt",
        before={"number": old.number, "year": old.year},
        after={"number": new.number, "reason": reason.strip()},
    )
    emit("payments.receipt_replaced", str(new.pk), {"receipt_id": new.pk, "voided_id": old.pk})
    return new
