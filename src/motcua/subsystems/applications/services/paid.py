"""A dossier that waits for money goes on by itself once that very money is paid.

Two kinds of money, never one for the other: the fee of the procedure itself (a charge), and
what another law asks (an obligation). Which of them a step waits for is said by the published
process (``signals``); what is not said there, the system cannot do (ADR 24).
"""

from __future__ import annotations

import datetime as dt

from motcua.casework.cases.public import Case
from motcua.casework.workflow.public import take_signal
from motcua.foundation.errors import InvalidInput
from motcua.foundation.timesource import now
from motcua.subsystems.applications.services.steps import Step
from motcua.subsystems.payments.public import (
    AlreadyPaid,
    Duty,
    FeeStillOpen,
    ObligationStillOpen,
    ask_obligation,
    locked_charge_state,
    open_obligations,
)

CHARGE_PAID = "charge_paid"
OBLIGATION_PAID = "obligation_paid"
WAITS = "financial_obligation"


def go_on_after_payment(case_id: int, signal: str, paid_at: dt.datetime | None = None) -> bool:
    """Take, as the system, the step that waits for this money; its clock runs again from now.

    Safe to repeat: nothing waits the second time, and what was paid before a wait began
    (``paid_at``) does not end it. While a sum of another law is open the dossier stays,
    whatever else was paid. Returns whether it moved.
    """
    case = Case.objects.only("kind", "state", "state_since").get(pk=case_id)
    if case.kind != "application" or case.state != WAITS or open_obligations(case_id):
        return False
    if paid_at is not None and paid_at < case.state_since:
        return False
    return take_signal(case_id=case_id, signal=signal, at=now()) is not None


def ask_for_money(step: Step, awaits: tuple[str, ...]) -> None:
    """Keep what another law asks, where an amount was typed; refuse to wait for nothing.

    Raises:
        AlreadyPaid: the step waits for the fee alone, and nothing of it is due.
        InvalidInput: an amount without its name or legal basis.
    """
    amount = step.text("obligation_amount").replace(".", "").replace("đ", "").strip()
    if OBLIGATION_PAID in awaits and amount:
        known = amount.isascii() and amount.isdigit() and len(amount) < 14
        duty = Duty(
            step.text("obligation_name") or step.note,
            int(amount) if known else 0,
            step.text("obligation_basis"),
            step.text("obligation_notice"),
        )
        try:
            ask_obligation(actor=step.actor, case=step.case, duty=duty)
        except InvalidInput as error:
            # Under the names of the form's own fields, so that each says what is wrong.
            named = {f"obligation_{name}": text for name, text in error.fields.items()}
            raise InvalidInput(named) from error
        step.ledger |= {"obligation": duty.amount}
    elif awaits == (CHARGE_PAID,) and locked_charge_state(step.case.pk) != "open":
        raise AlreadyPaid


def refuse_unpaid(step: Step, signals: tuple[str, ...]) -> None:
    """A person may not confirm what the house knows to be unpaid.

    Raises:
        ObligationStillOpen, FeeStillOpen.
    """
    if open_obligations(step.case.pk):
        raise ObligationStillOpen
    if signals == (CHARGE_PAID,) and locked_charge_state(step.case.pk) == "open":
        raise FeeStillOpen
