"""Starting a case in a process and moving it: the hot path, two indexed writes per move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from motcua.casework.access.public import Actor
from motcua.casework.cases.public import Case
from motcua.casework.workflow.models import ProcessDefinition
from motcua.casework.workflow.moves import Move, NoSuchAction
from motcua.casework.workflow.placing import CaseUnits, units_in, units_of
from motcua.casework.workflow.rules import Token as Place
from motcua.casework.workflow.rules.conditions import holds
from motcua.casework.workflow.rules.definition import MoveRow
from motcua.casework.workflow.rules.holding import Turn, may_act
from motcua.casework.workflow.rules.running import state_of
from motcua.casework.workflow.services.advancing import Advance
from motcua.casework.workflow.services.entering import Entrance
from motcua.casework.workflow.services.reading import Standing, end_token, standing_token
from motcua.casework.workflow.tables import tables
from motcua.foundation.errors import Conflict, NotAllowed
from motcua.foundation.transactions import together

_LONGEST = 60
"""Letters of an action's id, as the token keeps it."""


def start(
    *,
    actor: Actor,
    case_id: int,
    definition: ProcessDefinition,
    at: dt.datetime,
    units: Mapping[str, int] | None = None,
    variables: Mapping[str, Any] | None = None,
) -> Move:
    """Put a case at the start of a process. One insert (and one read without ``units``).

    Args:
        units: ``receiving`` and ``competent`` agency ids; the case's own when absent.
            Later moves always read the case, so that a succession of agencies is followed.
        variables: only needed when the first step's unit is an expression.

    The caller records the ledger entry of its verb. Raises an ``IntegrityError``
    when the case already stands in that step.
    """
    del actor  # opening the case was the act; the first token follows from it
    with together():
        table = tables(definition.pk, definition.checksum)
        home = (
            CaseUnits(case_id, units["receiving"], units["competent"])
            if units is not None
            else units_of(case_id)
        )
        entrance = Entrance(table, definition.pk, home, variables or {}, at)
        turned = entrance.enter([(Place(table.start), None)])
        state = state_of((table.step(table.start),))
        return Move(case_id, definition.pk, "", "start", "start", state, turned, ended=False)


def move(
    *,
    actor: Actor,
    case_id: int,
    token_id: int,
    action_id: str,
    variables: Mapping[str, Any],
    at: dt.datetime,
    note: str = "",
    opinion: str = "",
    case: Case | None = None,
) -> Move:
    """Take an action of a step: one token ends, the next begin, in the caller's transaction.

    One update, which is the lock, and one insert; a row more for timers and for
    consultations that begin or end, and one read without ``case``. The caller
    records the ledger entry and applies ``Move.state``.

    Args:
        variables: values that conditions and unit expressions may use.
        note: the question when consultations begin, the answer when one ends.
        case: the case as read in this transaction with its two agencies.
        opinion: of a consulted agency: ``agree``, ``agree_if``, ``disagree``, ``no_opinion``.

    Raises:
        NotFound: no such token in this case.
        NotAllowed: it is not the actor's turn.
        NoSuchAction: not an action of the step, or its condition does not hold.
        Conflict: somebody else moved the token first; nothing is written.
    """
    with together():
        home = units_in(case) if case is not None else standing_token(case_id, token_id).home
        account_id = actor.account_id
        if len(action_id) > _LONGEST or "\0" in action_id:
            raise NoSuchAction(action=action_id)
        here = end_token(
            case_id, token_id, outcome=action_id, account_id=account_id, at=at, home=home
        )
        if here is None:
            standing_token(case_id, token_id)  # refuses a token that is none of this case's
            raise Conflict
        table = tables(here.definition_id, here.checksum)
        row = table.move(here.step, action_id)
        if row is None or row.after is not None or not holds(row.when, variables):
            raise NoSuchAction(action=action_id)
        if not may_act(actor, _turn(here, row, variables, at)):
            raise NotAllowed
        return Advance(table, here, row, account_id, variables, at, note, opinion, left=True).run()


def _turn(here: Standing, row: MoveRow, variables: Mapping[str, Any], at: dt.datetime) -> Turn:
    agency_id = here.agency_id
    if row.unit:
        agency_id = here.home.place(row.unit, variables, at)
    return Turn(
        row.role or here.role, agency_id, here.home.parties, here.home.place("receiving", {}, at)
    )
