"""Which questions are asked, and which answers count: a hidden field is absent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.casework.expressions.public import holds, value_of
from motcua.casework.forms.rules.definition import TODAY, Answers, Field, FormDefinition, Step

Context = Mapping[str, Any]
"""Values of the form's declared variables; never answers."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The answers that count (hidden ones dropped, calculated ones made) and what is shown."""

    answers: dict[str, Any]
    shown: frozenset[str]
    values: dict[str, Any]
    """The same answers as expressions see them, with the variables."""


def settle(
    definition: FormDefinition, answers: Answers, *, today: dt.date, context: Context | None = None
) -> Settled:
    """Walk the fields in the order of their dependencies, once; the outcome is a fixed point.

    ``settle(settle(a).answers)`` shows and keeps the same. Fields unknown to the form are
    dropped. An empty text or list counts as absent.
    """
    values: dict[str, Any] = {**(context or {}), TODAY: today.isoformat()}
    kept: dict[str, Any] = {}
    shown: set[str] = set()
    for name in definition.order:
        field = definition.fields[name]
        if not all(holds(condition, values) for condition in field.conditions):
            continue
        shown.add(name)
        answer = (
            _calculated(field, value_of(field.calculated, values))
            if field.calculated
            else answers.get(name)
        )
        if is_empty(answer):
            continue
        kept[name] = answer
        values[name] = as_value(field, answer)
    return Settled(kept, frozenset(shown), values)


def is_empty(answer: Any) -> bool:
    """Whether nothing was answered; rows and addresses of empty parts are nothing too."""
    if isinstance(answer, dict):
        return all(is_empty(part) for part in answer.values())  # pyright: ignore
    if isinstance(answer, list):
        return all(is_empty(item) for item in answer)  # pyright: ignore
    return answer is None or answer == ""


def as_value(field: Field, answer: Any) -> Any:
    """An answer as expressions see it: a decimal field is a decimal even when it holds 2."""
    if field.kind == "number" and type(answer) is int:
        return float(answer)
    if field.widget == "repeat" and isinstance(answer, list):
        return [_row(field, row) for row in answer]  # pyright: ignore
    return _row(field, answer) if field.parts else answer


def _row(field: Field, row: Any) -> Any:
    if not isinstance(row, dict):
        return row
    return {
        part.id: as_value(part, row[part.id])
        for part in field.parts
        if not is_empty(row.get(part.id))  # pyright: ignore
    }


def _calculated(field: Field, value: Any) -> Any:
    if field.kind == "integer" and isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def is_required(field: Field, settled: Settled) -> bool:
    """Whether a shown field must be answered, given the answers so far."""
    if field.calculated:
        return False
    return field.required or (
        field.required_when is not None and holds(field.required_when, settled.values)
    )


def steps_shown(definition: FormDefinition, settled: Settled) -> tuple[Step, ...]:
    """The steps that have something to show now, in order."""
    return tuple(s for s in definition.steps if any(f in settled.shown for f in s.fields))


def next_step(definition: FormDefinition, settled: Settled, current: str) -> Step | None:
    """The step to show after ``current``; None after the last (check your answers)."""
    order = [step.id for step in definition.steps]
    at = order.index(current) if current in order else -1
    shown = steps_shown(definition, settled)
    return next((step for step in shown if order.index(step.id) > at), None)


def previous_step(definition: FormDefinition, settled: Settled, current: str) -> Step | None:
    """The step before ``current``; None at the first."""
    order = [step.id for step in definition.steps]
    at = order.index(current) if current in order else len(order)
    shown = steps_shown(definition, settled)
    return next((step for step in reversed(shown) if order.index(step.id) < at), None)
