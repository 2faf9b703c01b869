"""What the browser needs to branch, require and calculate as the server does."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from motcua.casework.forms.rules.definition import Field, FormDefinition, Step
from motcua.casework.forms.rules.settling import Settled


def browser_spec(
    definition: FormDefinition, step: Step, settled: Settled, language: str
) -> dict[str, Any] | None:
    """The live fields of one step in dependency order, and the other answers they read.

    None when nothing on the step depends on anything: then the page carries no expressions.
    """
    here = frozenset(step.fields)
    live = {
        name: described
        for name in definition.order
        if name in here and (described := _described(definition.fields[name]))
    }
    reads = frozenset[str]().union(*(_reads(definition.fields[name]) for name in live))
    if not reads and not live:
        return None
    inputs = {
        name: _input(definition.fields[name])
        for name in definition.order
        if name in here and name in reads | live.keys()
    }
    return {
        "live": live,
        "inputs": inputs,
        "values": {
            name: _tagged(definition, name, value)
            for name, value in settled.values.items()
            if name in reads and name not in here
        },
        "texts": {"optional": _("(không bắt buộc)")},
        "language": language,
    }


def _described(item: Field) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if item.conditions:
        found["visible"] = [condition.source for condition in item.conditions]
    if item.required_when and not item.required:
        found["required_when"] = item.required_when.source
    if item.calculated:
        found["calculated"] = item.calculated.source
    return found


def _reads(item: Field) -> frozenset[str]:
    expressions = [*item.conditions, item.required_when, item.calculated]
    return frozenset[str]().union(*(e.names for e in expressions if e is not None))


def _input(item: Field) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": item.kind, "widget": item.widget}
    if item.parts:
        found["parts"] = {part.id: _input(part) for part in item.parts}
    return found


def _tagged(definition: FormDefinition, name: str, value: Any) -> Any:
    """Values with decimals marked, since JSON has one kind of number in a browser."""
    if isinstance(value, float):
        return {"$double": value}
    if isinstance(value, list):
        return [_tagged(definition, name, item) for item in value]  # pyright: ignore
    if isinstance(value, dict):
        return {k: _tagged(definition, name, v) for k, v in value.items()}  # pyright: ignore
    return value
