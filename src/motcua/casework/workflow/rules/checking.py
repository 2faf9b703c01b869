"""Faults of a definition that can be seen without running it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from motcua.casework.workflow.rules.conditions import BadExpression, opposite, variables_of
from motcua.casework.workflow.rules.definition import BACK
from motcua.casework.workflow.rules.document import (
    ActionDocument,
    ProcessDocument,
    StepDocument,
    TimerDocument,
)
from motcua.casework.workflow.rules.problems import Problem, problem

ROLES = frozenset(
    {
        "applicant",
        "receiving_clerk",
        "centre_head",
        "case_officer",
        "division_head",
        "leader",
        "records_clerk",
        "consulted_officer",
        "supervisor",
        "administrator",
    }
)
IDENTIFIER = re.compile(r"^[a-z][a-z0-9_]{0,59}$")
FIXED_UNITS = frozenset({"receiving", "competent", "applicant"})
AGENCY_UNIT = re.compile(r"^agency:[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")


@dataclass(frozen=True, slots=True)
class Known:
    """What the rest of the house knows, for checking names. None: not checked."""

    roles: frozenset[str] = ROLES
    states: frozenset[str] | None = None
    variables: frozenset[str] | None = None
    signals: frozenset[str] | None = None


def static_problems(document: ProcessDocument, known: Known) -> list[Problem]:
    """Every fault of names, targets, conditions, units and timers, with its place."""
    if document.variables:
        known = Known(
            known.roles,
            known.states,
            (known.variables or frozenset()) | frozenset(document.variables),
            known.signals,
        )
    steps = {step.id: step for step in document.steps}
    found = list(_duplicates([step.id for step in document.steps], "steps"))
    start = steps.get(document.start)
    if start is None or start.kind in {"join", "end"}:
        found.append(problem("start", "unknown_start", value=document.start))
    for step in document.steps:
        found.extend(_step_problems(step, frozenset(steps), known))
    return found


def _duplicates(ids: Sequence[str], place: str) -> Iterator[Problem]:
    for index, value in enumerate(ids):
        if not IDENTIFIER.match(value):
            yield problem(f"{place}[{index}].id", "identifier", value=value)
        if value in ids[:index]:
            yield problem(f"{place}[{index}].id", "duplicate", value=value)


def _step_problems(step: StepDocument, ids: frozenset[str], known: Known) -> Iterator[Problem]:
    place = f"steps.{step.id}"
    if step.state and known.states is not None and step.state not in known.states:
        yield problem(f"{place}.state", "unknown_state", value=step.state)
    yield from _misplaced(step, place)
    if step.kind == "end":
        return
    if step.kind == "join":
        if len(step.to) != 1:
            yield problem(f"{place}.to", "no_target" if not step.to else "mixed_back")
        yield from _target_problems(step.to, ids, f"{place}.to", back=False)
        return
    yield from _holder_problems(step, place, known)
    yield from _duplicates([m.id for m in (*step.actions, *step.timers)], f"{place}.actions")
    for action in step.actions:
        yield from _action_problems(action, ids, f"{place}.actions.{action.id}", known)
    for timer in step.timers:
        yield from _timer_problems(timer, ids, f"{place}.timers.{timer.id}")
    yield from _exit_problems(step, place)


def _misplaced(step: StepDocument, place: str) -> Iterator[Problem]:
    passing = step.kind in {"join", "end"}
    wrong = {
        "actions": passing and bool(step.actions),
        "timers": passing and bool(step.timers),
        "role": passing and bool(step.role),
        "unit": passing and bool(step.unit),
        "hours": passing and step.hours is not None,
        "to": step.kind != "join" and bool(step.to),
        "terminates": step.kind != "end" and step.terminates,
        "state": step.kind == "join" and bool(step.state),
        "silence": step.kind != "consultation" and step.silence is not None,
        "silence_action": step.silence != "consent" and bool(step.silence_action),
    }
    for name, is_wrong in wrong.items():
        if is_wrong:
            yield problem(f"{place}.{name}", "misplaced", value=name)


def _holder_problems(step: StepDocument, place: str, known: Known) -> Iterator[Problem]:
    for name, value in (("role", step.role), ("unit", step.unit)):
        if not value:
            yield problem(f"{place}.{name}", "missing", value=name)
    if step.role and step.role not in known.roles:
        yield problem(f"{place}.role", "unknown_role", value=step.role)
    if step.unit:
        yield from _unit_problems(step.unit, f"{place}.unit", known)
    if step.hours is not None and step.hours <= 0:
        yield problem(f"{place}.hours", "bad_hours")
    if step.silence is not None and step.hours is None:
        yield problem(f"{place}.hours", "missing", value="hours")
    if step.silence_action and step.silence_action not in {a.id for a in step.actions}:
        yield problem(f"{place}.silence_action", "bad_silence", value=step.silence_action)


def _unit_problems(unit: str, place: str, known: Known) -> Iterator[Problem]:
    if unit in FIXED_UNITS or AGENCY_UNIT.match(unit):
        return
    try:
        names = variables_of(unit)
    except BadExpression as error:
        yield problem(place, "bad_unit", value=unit, detail=error.reason)
        return
    # A bare word is a valid expression; it is far more often a misspelt fixed unit.
    unknown = names - known.variables if known.variables is not None else frozenset[str]()
    if unit.startswith("agency:") or unknown or (IDENTIFIER.match(unit) and not known.variables):
        yield problem(place, "bad_unit", value=unit, detail=", ".join(sorted(unknown)) or "?")


def _action_problems(
    action: ActionDocument, ids: frozenset[str], place: str, known: Known
) -> Iterator[Problem]:
    yield from _target_problems(action.to, ids, f"{place}.to", back=True)
    if not action.to:
        yield problem(f"{place}.to", "no_target")
    if action.role and action.role not in known.roles:
        yield problem(f"{place}.role", "unknown_role", value=action.role)
    if action.unit:
        yield from _unit_problems(action.unit, f"{place}.unit", known)
    for name in action.signals:
        if not IDENTIFIER.match(name) or (known.signals is not None and name not in known.signals):
            yield problem(f"{place}.signals", "unknown_signal", value=name)
    if not action.when:
        return
    try:
        names = variables_of(action.when)
    except BadExpression as error:
        yield problem(f"{place}.when", "bad_condition", detail=error.reason)
        return
    if known.variables is not None:
        for name in sorted(names - known.variables):
            yield problem(f"{place}.when", "unknown_variable", value=name)


def _timer_problems(timer: TimerDocument, ids: frozenset[str], place: str) -> Iterator[Problem]:
    if timer.after.amount < 1:
        yield problem(f"{place}.after", "bad_timer")
    if timer.interrupts and not timer.to:
        yield problem(f"{place}.to", "no_target")
    if not timer.interrupts and timer.to:
        yield problem(f"{place}.to", "reminder_moves")
    yield from _target_problems(timer.to, ids, f"{place}.to", back=True)


def _target_problems(
    targets: Sequence[str], ids: frozenset[str], place: str, *, back: bool
) -> Iterator[Problem]:
    for index, target in enumerate(targets):
        if target == BACK and back:
            if len(targets) > 1:
                yield problem(place, "mixed_back")
        elif target not in ids:
            yield problem(f"{place}[{index}]", "unknown_target", value=target)
    if len(set(targets)) < len(targets):
        yield problem(place, "held_twice")


def _exit_problems(step: StepDocument, place: str) -> Iterator[Problem]:
    if not step.actions:
        if not any(timer.interrupts for timer in step.timers):
            yield problem(place, "no_exit")
        return
    conditions = [action.when for action in step.actions]
    complete = "" in conditions or any(
        opposite(one, other) for i, one in enumerate(conditions) for other in conditions[:i]
    )
    if not complete:
        yield problem(f"{place}.actions", "only_conditional")
    if sum(action.primary for action in step.actions) > 1:
        yield problem(f"{place}.actions", "two_primaries")
    heard = [name for action in step.actions for name in action.signals]
    for name in sorted({name for name in heard if heard.count(name) > 1}):
        yield problem(f"{place}.actions", "signal_twice", value=name)
