"""Whose desk work lies on, and ending all of it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from motcua.casework.access.public import Actor, require
from motcua.casework.cases.public import Case, change_case
from motcua.casework.workflow.models import Token
from motcua.casework.workflow.permissions import ASSIGN
from motcua.casework.workflow.services.advancing import cancel_tokens
from motcua.foundation.errors import Conflict, NotFound
from motcua.foundation.transactions import together


@transaction.atomic
def assign(
    *, actor: Actor, case_id: int, token_id: int, account_id: int | None, at: dt.datetime
) -> None:
    """Put a turn on a person's desk, or back in the common queue with ``None``.

    The role still decides who may act, so a colleague or substitute in the same
    post can go on when the person is away.

    Raises:
        NotFound: no such token. NotAllowed: the actor heads nobody in its agency.
        Conflict: the turn has ended.
    """
    token = Token.objects.select_related("case").filter(pk=token_id, case_id=case_id).first()
    if token is None:
        raise NotFound
    require(actor, ASSIGN.code, agency_id=token.agency_id)
    active = Token.objects.filter(pk=token_id, state=Token.State.ACTIVE)
    if active.update(assignee_id=account_id) != 1:
        raise Conflict
    case: Case = token.case
    change_case(
        actor=actor,
        case=case,
        verb="workflow.assign",
        public=False,
        ledger={"step": token.step, "account": account_id},
        at=at,
    )


def cancel_all(*, actor: Actor, case_id: int, at: dt.datetime) -> int:
    """End every turn of a case, for a withdrawal or a stop. Returns how many there were.

    The caller records the ledger entry of its verb.
    """
    with together():
        return cancel_tokens(case_id, at, actor.account_id)


def inherit(
    actor: Actor, predecessor_id: int, successor_id: int, effective_on: dt.date
) -> dict[str, int]:
    """Hand the turns of a merged agency to its successor; runs inside the merge."""
    del actor, effective_on  # the cases part records the inheritance on the agency's chain
    active = Token.objects.filter(agency_id=predecessor_id, state=Token.State.ACTIVE)
    return {"turns": active.update(agency_id=successor_id)}
