"""What runs when a timer or a silence moves a case with no person asking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from motcua.casework.access.public import SYSTEM
from motcua.casework.cases.public import Case, change_case
from motcua.casework.workflow.moves import Move

VerbHandler = Callable[[int, Move, dt.datetime], None]
"""``handler(case_id, move, at)``: runs in the move's transaction, acting as SYSTEM."""

Variables = Callable[[int], Mapping[str, Any]]
"""``provider(case_id)``: what conditions and unit expressions of a kind of case may use."""

_handlers: dict[tuple[str, str], VerbHandler] = {}
_variables: dict[str, Variables] = {}


def register_verb(name: str, handler: VerbHandler, *, kind: str = "") -> None:
    """Make ``handler`` the command of a verb used by timers or silent consultations.

    Registered once, at start-up, for one kind of case or (empty) for all that
    have none of their own. Raises ``ValueError`` for a second handler.
    """
    if _handlers.setdefault((kind, name), handler) is not handler:
        raise ValueError(f"verb {name!r} already has a handler")


def register_variables(kind: str, provider: Variables) -> None:
    """Tell where the variables of a kind of case come from when no person supplies them."""
    if _variables.setdefault(kind, provider) is not provider:
        raise ValueError(f"kind {kind!r} already has a provider")


def variables_for(kind: str, case_id: int) -> Mapping[str, Any]:
    """The variables of a case by its kind's provider; none without one."""
    provider = _variables.get(kind)
    return provider(case_id) if provider else {}


def run_verb(kind: str, case_id: int, move: Move, at: dt.datetime) -> None:
    """Run the verb's handler; without one, record the act and apply the state it leads to."""
    handler = _handlers.get((kind, move.verb)) or _handlers.get(("", move.verb))
    if handler is not None:
        handler(case_id, move, at)
        return
    holder = move.holder
    columns: dict[str, Any] = {}
    if holder:
        columns = {"holder_agency_id": holder.agency_id, "holder_role": holder.role}
    change_case(
        actor=SYSTEM,
        case=Case.objects.get(pk=case_id),
        verb=move.verb,
        to_state=move.state,
        ledger={"step": move.step, "timer": move.action},
        at=at,
        **columns,
    )
