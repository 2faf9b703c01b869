"""Whether the hours of the steps fit the legal limit (TT 01/2018/TT-VPCP Art 8)."""

from __future__ import annotations

import math

from motcua.casework.workflow.rules.definition import Definition
from motcua.casework.workflow.rules.problems import Problem, problem


def longest_way(definition: Definition) -> tuple[float, tuple[str, ...]]:
    """Working hours of the slowest way from start to end without going back, and its steps.

    Of parallel branches the slowest counts. Steps of the applicant count
    nothing: the authority's time stands still while it waits for them. A detour
    that returns to a step already passed is not on any such way.
    """
    ahead = _forward(definition)
    known: dict[str, tuple[float, tuple[str, ...]]] = {}

    def slowest(step_id: str) -> tuple[float, tuple[str, ...]]:
        if step_id not in known:
            step = definition.step(step_id)
            own = 0.0 if step.role == "applicant" else float(step.hours or 0)
            nowhere = 0.0 if step.kind == "end" else -math.inf
            ways = [slowest(target) for target in ahead[step_id]]
            hours, way = max(ways, default=(nowhere, ()))
            known[step_id] = (hours + own, (step_id, *way))
        return known[step_id]

    return slowest(definition.start)


def _forward(definition: Definition) -> dict[str, list[str]]:
    """The followers of each step, without the ways that lead back to one being walked."""
    ahead: dict[str, list[str]] = {}

    def walk(step_id: str, walking: frozenset[str]) -> None:
        ahead[step_id] = []
        step = definition.step(step_id)
        targets = [step.to] if step.to else [t for m in definition.moves(step_id) for t in m.to]
        for target in dict.fromkeys(targets):
            if target in definition.steps and target not in walking:
                ahead[step_id].append(target)
                if target not in ahead:
                    walk(target, walking | {target})

    walk(definition.start, frozenset({definition.start}))
    return ahead


def limit_problems(definition: Definition, limit_hours: float | None) -> list[Problem]:
    """A problem when the slowest way is longer than ``limit_hours`` (working hours)."""
    if limit_hours is None:
        return []
    total, way = longest_way(definition)
    if total <= limit_hours:
        return []
    return [
        problem("steps", "over_limit", total=f"{total:g}", limit=f"{limit_hours:g}",
                path=" → ".join(way))
    ]  # fmt: skip
