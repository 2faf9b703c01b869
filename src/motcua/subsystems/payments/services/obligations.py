"""Sums of another law: asked for, proved paid in parts or whole, withdrawn.

None of this money comes to the house, so nothing here is posted to the books.
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from motcua.casework.access.public import Actor, allowed
from motcua.casework.agencies.public import carried_on_by
from motcua.casework.cases.public import Case
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, InvalidInput, NotAllowed, NotFound, NotPossibleNow
from motcua.foundation.outbox.public import emit
from motcua.foundation.timesource import now, today
from motcua.subsystems.payments.errors import ProofUsed
from motcua.subsystems.payments.models import Obligation, ObligationProof
from motcua.subsystems.payments.permissions import OBLIGATIONS

State = Obligation.State
MOST = 10**13


@dataclass(frozen=True, slots=True)
class Duty:
    """What another law asks: ``amount`` in đồng, its name, its legal basis, the notice's number."""

    name: str
    amount: int
    basis: str
    notice: str = ""


@transaction.atomic
def ask_obligation(*, actor: Actor, case: Case, duty: Duty) -> Obligation:
    """Keep one sum that the applicant owes under another law. The caller pauses the dossier.

    Raises:
        NotAllowed: no post in the receiving or the competent agency (or who carries it on).
        InvalidInput: no name, no legal basis, or no positive amount.
    """
    _require(actor, case)
    faults: dict[str, Bilingual] = {}
    if not duty.name.strip():
        faults["name"] = Bilingual("Ghi tên khoản phải nộp.", "Name what must be paid.")
    if not duty.basis.strip():
        faults["basis"] = Bilingual("Ghi căn cứ pháp lý.", "Give the legal basis.")
    if not 0 < duty.amount <= MOST:
        faults["amount"] = Bilingual(
            "Nhập số tiền bằng chữ số, ví dụ 4.500.000.",
            "Enter the amount in digits, for example 4.500.000.",
        )
    if faults:
        raise InvalidInput(faults)
    made = Obligation.objects.create(
        case=case,
        name=duty.name.strip()[:200],
        basis=duty.basis.strip()[:300],
        notice=duty.notice.strip()[:120],
        amount=duty.amount,
        asked_at=now(),
        asked_by_id=actor.account_id,
    )
    _note(actor, made, "payments.ask_obligation", amount=made.amount, name=made.name)
    return made


@transaction.atomic
def prove_payment(
    *, actor: Actor, uid: UUID | str, amount: int, number: str, source: str = "paper"
) -> Obligation:
    """Keep one payment to the treasury. Emits ``payments.obligation_paid`` when nothing is left.

    The event comes when this proof pays the last open sum of the dossier; a part never does.

    Args:
        amount: what this paper or message proves, in đồng.
        number: of the paper or transaction; the same one told again changes nothing.
        source: ``paper`` for what a clerk saw, else who told it.

    Raises:
        NotFound: no such obligation. NotAllowed: no fitting post.
        InvalidInput: no number or no positive amount. NotPossibleNow: the notice was withdrawn.
        ProofUsed: this number proves another obligation, or another amount.
    """
    duty = _locked(uid)
    _require(actor, duty.case)
    faults: dict[str, Bilingual] = {}
    if not number.strip():
        faults["number"] = Bilingual("Ghi số chứng từ.", "Give the number of the paper.")
    if not 0 < amount <= MOST:
        faults["amount"] = Bilingual("Nhập số tiền đã nộp.", "Enter the amount paid.")
    if faults:
        raise InvalidInput(faults)
    key = {"source": source, "number": number.strip()[:80]}
    known = ObligationProof.objects.filter(**key).first()
    if known is not None:
        if (known.obligation_id, known.amount) != (duty.pk, amount):
            raise ProofUsed(number=number.strip())
        return duty
    if duty.state == State.VOID:
        raise NotPossibleNow
    ObligationProof.objects.create(
        obligation=duty, amount=amount, by_id=actor.account_id, at=now(), **key
    )
    total = ObligationProof.objects.filter(obligation=duty).aggregate(sum=Sum("amount"))["sum"]
    duty.paid = int(total or 0)
    just_met = duty.state == State.OPEN and duty.paid >= duty.amount
    if just_met:
        duty.state, duty.settled_at = State.PAID, now()
    duty.save(update_fields=["paid", "state", "settled_at"])
    _note(actor, duty, "payments.prove_payment", amount=amount, paid=duty.paid, **key)
    if just_met and duty.settled_at and not open_obligations(duty.case_id):
        payload = {
            "case_id": duty.case_id,
            "obligation_id": duty.pk,
            "settled_at": duty.settled_at.isoformat(),
        }
        emit("payments.obligation_paid", str(duty.uid), payload)
    return duty


@transaction.atomic
def withdraw_obligation(*, actor: Actor, uid: UUID | str, reason: str) -> Obligation:
    """The notice was taken back: the sum is owed no more. What was asked stays in the history.

    Nothing goes on by itself: a person says whether the dossier may.
    """
    duty = _locked(uid)
    _require(actor, duty.case)
    if duty.state != State.OPEN:
        raise NotPossibleNow
    if not reason.strip():
        raise InvalidInput({"reason": Bilingual("Ghi lý do.", "Give the reason.")})
    duty.state, duty.settled_at = State.VOID, now()
    duty.save(update_fields=["state", "settled_at"])
    _note(actor, duty, "payments.withdraw_obligation", reason=reason.strip()[:300])
    return duty


def open_obligations(case_id: int) -> bool:
    """Whether a sum of another law is still owed for the dossier. One statement."""
    return Obligation.objects.filter(case_id=case_id, state=State.OPEN).exists()


def _locked(uid: UUID | str) -> Obligation:
    meant = Obligation.objects.filter(uid=uid).only("case_id").first()
    if meant is None:
        raise NotFound
    # All of the dossier: two last payments at once must not each miss the other's.
    rows = Obligation.objects.select_for_update(of=("self",)).filter(case_id=meant.case_id)
    rows = rows.select_related("case__receiving_agency", "case__competent_agency")
    return next(duty for duty in rows.order_by("pk") if duty.pk == meant.pk)


def may_keep_obligations(actor: Actor, case: Case) -> bool:
    """Whether the actor may ask for and prove sums of another law in this dossier."""
    day = today()
    agencies = (case.receiving_agency, case.competent_agency)
    return any(
        allowed(actor, OBLIGATIONS, agency_id=carried_on_by(agency, day)) for agency in agencies
    )


def _require(actor: Actor, case: Case) -> None:
    if not may_keep_obligations(actor, case):
        raise NotAllowed


def _note(actor: Actor, duty: Obligation, verb: str, **facts: object) -> None:
    record(
        actor=actor,
        chain=f"payments:{duty.case.receiving_agency_id}",
        verb=verb,
        after={"obligation": str(duty.uid), **facts},
        case_id=duty.case_id,
    )
