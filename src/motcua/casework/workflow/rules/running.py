"""Moving a case through a definition: pure, small, the same for tests and database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.casework.workflow.rules.conditions import holds
from motcua.casework.workflow.rules.definition import (
    BACK,
    Branch,
    Definition,
    Marking,
    MoveRow,
    StepRow,
    Token,
)


class NoSuchMove(Exception):
    """The step has no such action, or its condition does not hold now."""


class LostTrail(Exception):
    """``@back`` where there is no earlier step; publication refuses such definitions."""


@dataclass(frozen=True, slots=True)
class Effects:
    """What a move did: the verb to run, tokens made and cancelled, the state to apply."""

    verb: str
    entered: tuple[Token, ...]
    ended: tuple[Token, ...]
    cancelled: tuple[Token, ...]
    state: str | None


def first_marking(definition: Definition) -> Marking:
    """A case that has just begun."""
    return frozenset({Token(definition.start)})


def enabled(
    definition: Definition, marking: Marking, variables: Mapping[str, Any]
) -> frozenset[tuple[str, str]]:
    """Every (step, action) possible now; timers are not asked for here."""
    return frozenset(
        (token.step, move.id)
        for token in marking
        for move in definition.actions(token.step)
        if holds(move.when, variables)
    )


def enter(definition: Definition, target: str, came_from: Token) -> Token:
    """The token that stands in ``target`` after leaving ``came_from`` in the same branch.

    The trail is a line of breadcrumbs: going on to a step already on it cuts
    it there, so loops do not lengthen it; steps that never go back keep none.
    """
    if not definition.step(target).uses_back:
        return Token(target, came_from.path)
    earlier = came_from.trail if definition.step(came_from.step).uses_back else ()
    trail = (came_from.step, *earlier)
    if target in trail:
        trail = trail[trail.index(target) + 1 :]
    return Token(target, came_from.path, trail)


def go_back(token: Token) -> Token:
    """The token standing again in the step it came from, with that step's own trail."""
    if not token.trail:
        raise LostTrail(token.step)
    return Token(token.trail[0], token.path, token.trail[1:])


def outcome(definition: Definition, token: Token, move: MoveRow) -> tuple[Token, ...]:
    """Tokens a move makes, before any join is opened. A token on a join is an arrival."""
    if move.to == (BACK,):
        return (go_back(token),)
    if len(move.to) == 1:
        return (enter(definition, move.to[0], token),)
    kept = token.trail if definition.step(token.step).uses_back else ()
    count = len(move.to)
    return tuple(
        Token(target, (*token.path, Branch(f"{token.step}.{move.id}", index, count, kept)))
        for index, target in enumerate(move.to)
    )


def beyond_join(definition: Definition, join: str, path: tuple[Branch, ...]) -> Token:
    """The one token that goes on when every branch has arrived at ``join``."""
    branch = path[-1]
    opener = Token(branch.split.partition(".")[0], path[:-1], branch.trail)
    return enter(definition, definition.step(join).to, opener)


def state_of(steps: tuple[StepRow, ...]) -> str | None:
    """The business state the entered steps give the case: the first one named."""
    return next((step.state for step in steps if step.state), None)


def fire(
    definition: Definition,
    marking: Marking,
    token: Token,
    action_id: str,
    variables: Mapping[str, Any],
) -> tuple[Marking, Effects]:
    """The marking after ``token`` leaves by an action or timer, and what that did.

    Raises ``NoSuchMove`` when the token is not there, has no such move, or the
    move's condition does not hold.
    """
    move = definition.move(token.step, action_id)
    if move is None or token not in marking or not holds(move.when, variables):
        raise NoSuchMove(f"{token.step}.{action_id}")
    return take(definition, marking, token, move)


def take(
    definition: Definition, marking: Marking, token: Token, move: MoveRow
) -> tuple[Marking, Effects]:
    """:func:`fire` without asking whether the move is possible; for checking all paths."""
    if not move.interrupts:
        return marking, Effects(move.verb, (), (), (), None)
    rest = set(marking - {token})
    entered: list[Token] = []
    ended: list[Token] = []
    cancelled: set[Token] = set()
    for made in outcome(definition, token, move):
        settled = _through_joins(definition, rest, made)
        if settled is None:
            continue
        step = definition.step(settled.step)
        if step.kind != "end":
            rest.add(settled)
            entered.append(settled)
            continue
        ended.append(settled)
        if step.terminates:
            cancelled = rest.difference(entered)
            rest.clear()
            entered.clear()
            break
    steps = tuple(definition.step(made.step) for made in (*entered, *ended))
    return frozenset(rest), Effects(
        move.verb, tuple(entered), tuple(ended), tuple(sorted(cancelled)), state_of(steps)
    )


def _through_joins(definition: Definition, rest: set[Token], made: Token) -> Token | None:
    """Open joins as long as ``made`` completes them; None while it has to wait there."""
    while definition.step(made.step).kind == "join":
        if not made.path:
            raise LostTrail(made.step)
        waiting = {
            other
            for other in rest
            if other.step == made.step
            and other.path[:-1] == made.path[:-1]
            and other.path[-1].split == made.path[-1].split
        }
        if len(waiting) + 1 < made.path[-1].of:
            rest.add(made)
            return None
        rest -= waiting
        made = beyond_join(definition, made.step, made.path)
    return made
