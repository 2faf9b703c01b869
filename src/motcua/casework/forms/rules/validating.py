"""Checking answers: what is shown must be complete, of its kind, and true together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from motcua.casework.expressions.public import NoValue, evaluate
from motcua.casework.forms.rules.definition import Answers, Field, FormDefinition, Rule
from motcua.casework.forms.rules.messages import message_for, required_message
from motcua.casework.forms.rules.settling import Context, Settled, is_empty, is_required, settle
from motcua.foundation.errors import Bilingual

_FIRST: Final = ("required", "type", "format", "pattern", "enum")
"""Of several faults of one field the most telling is said."""


@dataclass(frozen=True, slots=True)
class Validated:
    """The cleaned answers and what is wrong with them, by place: ``name`` or ``rows.0.name``."""

    answers: dict[str, Any]
    errors: dict[str, Bilingual]
    settled: Settled

    @property
    def ok(self) -> bool:
        return not self.errors


def validate(
    definition: FormDefinition,
    answers: Answers,
    *,
    today: dt.date,
    context: Context | None = None,
    step: str = "",
) -> Validated:
    """Check all answers, or those of one step as far as they can be judged there.

    Hidden fields are absent from the result and never checked. A rule that cannot be
    judged, because something it reads is absent, is not broken.

    Args:
        today: the date in the city, for ages and limits.
        context: values of the form's declared variables.
        step: id of the only step to report on; "" for the whole form.
    """
    settled = settle(definition, answers, today=today, context=context)
    cleaned = {
        name: _without_empty(definition.fields[name], answer)
        for name, answer in settled.answers.items()
    }
    errors: dict[str, Bilingual] = {}
    for place, message in _faults(definition, settled, cleaned):
        errors.setdefault(place, message)
    wrong = frozenset(place.split(".")[0] for place in errors)
    for rule in definition.rules:
        # What is wrong by itself is mended first; a rule about it would only confuse.
        if wrong.isdisjoint({*rule.fields, *rule.when.names}) and _broken(rule, settled):
            _blame(rule, settled, errors)
    if step:
        errors = _of_step(definition, step, errors)
    ordered = _in_form_order(definition, errors)
    return Validated(cleaned, ordered, settled)


def _without_empty(field: Field, answer: Any) -> Any:
    if not field.parts:
        return answer
    if isinstance(answer, list):
        return [_without_empty_parts(row) for row in answer]  # pyright: ignore
    return _without_empty_parts(answer)


def _without_empty_parts(row: Any) -> Any:
    if not isinstance(row, dict):
        return row
    return {key: part for key, part in row.items() if not is_empty(part)}  # pyright: ignore


def _faults(
    definition: FormDefinition, settled: Settled, cleaned: Answers
) -> Iterator[tuple[str, Bilingual]]:
    for name in definition.fields:
        field = definition.fields[name]
        if name in settled.shown and name not in cleaned and is_required(field, settled):
            # A required address is asked part by part, so that each box says what it needs.
            missing = [p for p in field.parts if p.required] if field.widget == "address" else []
            for part in missing:
                yield f"{name}.{part.id}", required_message(part)
            if not missing:
                yield name, required_message(field)
    if definition.validator.is_valid(cleaned):
        return
    found = [_located(error) for error in definition.validator.iter_errors(cleaned)]
    for path, kind, limit in sorted(found, key=lambda f: _rank(f[1])):
        field = _field_at(definition, path)
        if field is not None and definition.fields[str(path[0])].calculated is None:
            yield _place(definition.fields[str(path[0])], path), message_for(field, kind, limit)


def _located(error: Any) -> tuple[list[str | int], str, Any]:
    kind = error.kind
    path: list[str | int] = list(error.instance_path)
    data = kind.as_dict()
    if kind.name == "required":
        path.append(str(kind.property))
    limit = next(iter(data.get(key) for key in ("limit", "multiple_of") if key in data), None)
    return path, kind.name, limit


def _place(owner: Field, path: list[str | int]) -> str:
    """The input the fault stands at: a box of a row or address, otherwise the whole field."""
    depth = 3 if owner.widget == "repeat" else 2
    inside = owner.parts and len(path) >= depth
    return ".".join(map(str, path[:depth])) if inside else owner.id


def _rank(kind: str) -> int:
    return _FIRST.index(kind) if kind in _FIRST else len(_FIRST)


def _field_at(definition: FormDefinition, path: list[str | int]) -> Field | None:
    """The field, or the part of a row or address, that a path leads to."""
    if not path or path[0] not in definition.fields:
        return None
    field = definition.fields[str(path[0])]
    inside = [key for key in path[1:] if isinstance(key, str)]
    return next((p for p in field.parts if inside and p.id == inside[0]), field)


def _broken(rule: Rule, settled: Settled) -> bool:
    if not any(name in settled.shown for name in rule.fields):
        return False
    try:
        return evaluate(rule.when, settled.values) is False
    except NoValue:
        return False


def _blame(rule: Rule, settled: Settled, errors: dict[str, Bilingual]) -> None:
    shown = [name for name in rule.fields if name in settled.shown]
    errors.setdefault(shown[0], rule.message)


def _of_step(
    definition: FormDefinition, step_id: str, errors: dict[str, Bilingual]
) -> dict[str, Bilingual]:
    step = definition.step(step_id)
    names = frozenset(step.fields if step else ())
    return {place: text for place, text in errors.items() if place.split(".")[0] in names}


def _in_form_order(
    definition: FormDefinition, errors: dict[str, Bilingual]
) -> dict[str, Bilingual]:
    rank = {name: n for n, name in enumerate(f for s in definition.steps for f in s.fields)}
    places = sorted(errors, key=lambda place: rank.get(place.split(".")[0], len(rank)))
    return {place: errors[place] for place in places}
