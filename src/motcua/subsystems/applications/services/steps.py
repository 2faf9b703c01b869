"""One act on a dossier: the verb's own work, the move, the case, the event; one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from motcua.casework.access.public import SYSTEM, Actor
from motcua.casework.cases.public import (
    Case,
    VersionConflict,
    change_case,
    known_end,
    refuse_if_claimed,
    run_once,
)
from motcua.casework.clock.public import Due
from motcua.casework.ledger.public import gathering
from motcua.casework.workflow.public import Move, move
from motcua.foundation.errors import NotPossibleNow
from motcua.foundation.outbox.public import emit, emitting_together
from motcua.foundation.statements import update
from motcua.foundation.timesource import now
from motcua.subsystems.applications.dossiers import Dossier, city_date, dossier_of, load_dossier


@dataclass(slots=True)
class Step:
    """One act while it is being done. Handlers read it and say what else must change."""

    actor: Actor
    dossier: Dossier
    payload: Mapping[str, Any]
    at: dt.datetime
    action: str = ""
    columns: dict[str, Any] = field(default_factory=dict[str, Any])
    application: dict[str, Any] = field(default_factory=dict[str, Any])
    ledger: dict[str, Any] = field(default_factory=dict[str, Any])
    event: dict[str, Any] = field(default_factory=dict[str, Any])
    data: dict[str, Any] = field(default_factory=dict[str, Any])
    viewers: set[str] = field(default_factory=set[str])
    note: str = ""
    public: bool = True
    after: list[Callable[[Step], None]] = field(default_factory=list["Callable[[Step], None]"])
    moved: Move | None = None

    @property
    def case(self) -> Case:
        return self.dossier.case

    def text(self, name: str) -> str:
        """A text of the payload without spaces around it."""
        return str(self.payload.get(name) or "").strip()

    def mirror(self, due: Due) -> None:
        """Mirror the legal clock onto the case."""
        self.columns |= {"due_at": due.at, "clock_state": due.state}


Handler = Callable[[Step], None]
_handlers: dict[str, Handler] = {}


def verb(name: str) -> Callable[[Handler], Handler]:
    """Register the handler of a verb that processes may name."""

    def keep(handler: Handler) -> Handler:
        _handlers[name] = handler
        return handler

    return keep


def known_verbs() -> frozenset[str]:
    """Every verb a process may name."""
    return frozenset(_handlers)


def act(
    *,
    actor: Actor,
    uid: UUID | str,
    token_id: int,
    action: str,
    payload: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
    key: str = "",
) -> dict[str, Any]:
    """Take one action of the dossier's process. Emits ``applications.<verb>``.

    Args:
        token_id, action: which turn is taken and how, as offered by the page.
        payload: what was typed: ``reason``, ``note``, ``items``, …
        expected_version: the version the person saw.
        key: idempotency key.

    Returns:
        ``{"uid", "state", "version", "verb"}`` of the dossier afterwards.

    Raises:
        NotFound, NotAllowed, VersionConflict, ClaimedByOther, InvalidInput,
        NoSuchAction, and what the verb itself refuses.
    """
    given = dict(payload or {})

    def run() -> dict[str, Any]:
        dossier = load_dossier(actor, uid)
        if actor.kind in {"official", "client"}:
            refuse_if_claimed(actor=actor, case=dossier.case)
        step = Step(actor, dossier, given, now(), action)
        moved = perform(step, token_id=token_id, expected_version=expected_version)
        case = dossier.case
        return {
            "uid": str(case.uid),
            "state": case.state,
            "version": case.version,
            "verb": moved.verb,
        }

    content = {"uid": str(uid), "token": token_id, "action": action, "payload": given}
    # An act sent again meets a token that has moved on and is refused before it does anything,
    # so its key need not be looked up beforehand.
    return run_once(
        actor=actor, key=key, command="applications.act", content=content, act=run, only_rows=True
    )


def perform(step: Step, *, token_id: int, expected_version: int | None = None) -> Move:
    """Move, the verb's own work, application, case, event: inside the caller's transaction.

    The move comes first: it checks whose turn it is before anything else happens.
    """
    if expected_version is not None and expected_version != step.case.version:
        raise VersionConflict
    step.note = step.text("note") or step.text("reason")
    with gathering(known_end(step.case)), emitting_together():
        return _perform(step, token_id)


def _perform(step: Step, token_id: int) -> Move:
    moved = move(
        actor=step.actor,
        case_id=step.case.pk,
        token_id=token_id,
        action_id=step.action,
        variables=step.dossier.variables(city_date(step.at)),
        at=step.at,
        note=step.note,
        opinion=step.text("opinion"),
        case=step.case,
    )
    handler = _handlers.get(moved.verb)
    if handler is None:
        raise NotPossibleNow
    step.moved = moved
    handler(step)
    finish(step, moved)
    return moved


def finish(step: Step, moved: Move) -> None:
    """Write what follows from a move: holder, application, case, event."""
    _follow_tokens(step, moved)
    _save_application(step)
    case = change_case(
        actor=step.actor,
        case=step.case,
        verb=f"applications.{moved.verb}",
        to_state=moved.state,
        note=step.note,
        public=step.public,
        data={"step": moved.step, "action": moved.action, **step.data},
        ledger={"step": moved.step, "action": moved.action, **step.ledger},
        viewers=step.viewers,
        at=step.at,
        **step.columns,
    )
    for later in step.after:
        later(step)
    emit(
        f"applications.{moved.verb}",
        str(case.uid),
        {"case_id": case.pk, "state": case.state, "verb": moved.verb, **step.event},
    )


def _follow_tokens(step: Step, moved: Move) -> None:
    """Whose turn it is now decides who holds the case; consulted agencies may see it."""
    holder = moved.holder
    see_it_already = {None, step.case.receiving_agency_id, step.case.competent_agency_id}
    asked = {token.agency_id for token in moved.tokens} - see_it_already
    step.viewers |= {f"a:{agency_id}" for agency_id in asked}
    if holder is None:
        if moved.ended:
            step.columns |= {"holder_role": "", "claimed_by_id": None, "claimed_until": None}
        return
    officer = _officer(step)
    step.columns |= {
        "holder_role": holder.role,
        "assignee_id": officer if holder.role == "case_officer" else None,
        "claimed_by_id": None,
        "claimed_until": None,
    }
    if holder.agency_id is not None:
        step.columns["holder_agency_id"] = holder.agency_id
    elif holder.role == "applicant":
        step.columns["holder_agency_id"] = step.case.holder_agency_id


def _officer(step: Step) -> int | None:
    """Who handles the dossier: named by this act, else whom it was given to in the meantime."""
    known = step.dossier.application.officer_id
    given = step.case.assignee_id if step.case.holder_role == "case_officer" else None
    if given is not None and given != known and "officer_id" not in step.application:
        step.application["officer_id"] = given
    return step.application.get("officer_id", known)


def _save_application(step: Step) -> None:
    if not step.application:
        return
    update(type(step.dossier.application), {"pk": step.case.pk}, step.application)
    for name, value in step.application.items():
        setattr(step.dossier.application, name, value)


def act_by_itself(case_id: int, moved: Move, at: dt.datetime) -> None:
    """What a timer or a silence does: the verb's handler as SYSTEM after the move was made."""
    case = Case.objects.select_related("applicant", "competent_agency").get(pk=case_id)
    step = Step(SYSTEM, dossier_of(case), {"by_itself": True}, at, moved.action)
    handler = _handlers.get(moved.verb)
    with gathering(known_end(case)), emitting_together():
        step.moved = moved
        if handler is not None:
            handler(step)
        finish(step, moved)


def variables_of_case(case_id: int) -> Mapping[str, Any]:
    """What conditions of a process may read when no person supplies it."""
    case = Case.objects.select_related("applicant").get(pk=case_id)
    return dossier_of(case).variables(city_date(now()))
