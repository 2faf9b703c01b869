"""A dossier that waits for its charge goes on by itself once the charge is paid."""

from __future__ import annotations

from dataclasses import replace

from motcua.casework.access.public import SYSTEM, Actor, PostRef
from motcua.casework.cases.public import Case
from motcua.casework.workflow.public import actions_for
from motcua.foundation.timesource import now
from motcua.subsystems.applications.dossiers import city_date, dossier_of
from motcua.subsystems.applications.services.steps import act

VERB = "confirm_financial_obligation"


def _counter_by_itself(case: Case) -> Actor:
    """The system in the place of the receiving counter, which may confirm a payment."""
    post = PostRef(0, case.receiving_agency_id, "receiving_clerk", "", "")
    return replace(SYSTEM, posts=(post,))


def go_on_after_payment(case_id: int) -> bool:
    """Confirm the payment for a dossier in the state of a financial obligation.

    Its clock runs again from now. Safe to repeat: nothing is offered the second time.
    Returns whether the dossier moved.
    """
    case = Case.objects.select_related("applicant", "competent_agency").get(pk=case_id)
    if case.kind != "application" or case.state != "financial_obligation":
        return False
    actor, at = _counter_by_itself(case), now()
    variables = dossier_of(case).variables(city_date(at))
    for possible in actions_for(actor, case, variables):
        if possible.verb == VERB:
            payload = {"note": "Đã nhận thanh toán"}
            act(
                actor=actor,
                uid=str(case.uid),
                token_id=possible.token_id,
                action=possible.action,
                payload=payload,
            )
            return True
    return False
