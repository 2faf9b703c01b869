"""Every write to charges and receipts."""

# Django's field types come from a mypy plugin that pyright lacks.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, transaction

from motcua.casework.access.public import Actor, declare_permission, require
from motcua.casework.cases.public import Case
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, NotPossibleNow
from motcua.foundation.outbox.public import emit
from motcua.foundation.statements import insert
from motcua.foundation.timesource import local, now
from motcua.foundation.transactions import together
from motcua.subsystems.payments.models import Charge, Receipt

COLLECT = "payments.collect"
declare_permission(
    COLLECT,
    "Thu phí, lệ phí tại quầy",
    "Collect fees at the counter",
    roles=["receiving_clerk", "centre_head"],
)

_NEXT = """
INSERT INTO payments_receiptbook (agency_id, year, last) VALUES (%s, %s, 1)
ON CONFLICT (agency_id, year) DO UPDATE SET last = payments_receiptbook.last + 1
RETURNING last
"""


class AlreadyPaid(NotPossibleNow):
    """The charge is settled; taking money again would be wrong."""

    code = "already-paid"
    message = Bilingual(
        "Khoản này đã được thanh toán hoặc không phải nộp.",
        "This charge is settled or nothing is due.",
    )
    advice = Bilingual("Xem biên lai đã cấp.", "See the receipt already given.")


def _next_number(agency_id: int, year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [agency_id, year])
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


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
            agency_id=case.receiving_agency_id,
            method=Receipt.Method.NONE,
            payer=payer,
        )
    return charge


@transaction.atomic
def collect(*, actor: Actor, case: Case, method: str, payer: str = "") -> Receipt:
    """Take the whole amount and give a numbered receipt. Emits ``payments.collected``.

    Raises:
        NotAllowed: the actor is no clerk of the receiving centre.
        AlreadyPaid: nothing is due.
    """
    require(actor, COLLECT, agency_id=case.receiving_agency_id)
    charge = Charge.objects.select_for_update().filter(case=case).first()
    if charge is None or charge.state != Charge.State.OPEN:
        raise AlreadyPaid
    charge.state = Charge.State.PAID
    charge.save(update_fields=["state"])
    receipt = _give_receipt(
        actor=actor,
        charge=charge,
        agency_id=case.receiving_agency_id,
        method=method,
        payer=payer or (case.applicant.full_name if case.applicant else ""),
    )
    record(
        actor=actor,
        chain=f"receipts:{case.receiving_agency_id}:{receipt.year}",
        verb="payments.collect",
        after={"number": receipt.number, "amount": receipt.amount, "method": method},
        case_id=case.pk,
    )
    emit("payments.collected", str(case.uid), {"case_id": case.pk, "receipt_id": receipt.pk})
    return receipt
