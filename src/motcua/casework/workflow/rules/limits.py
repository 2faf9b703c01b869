"""Whether the hours of the steps fit the legal limit (TT 01/2018/TT-VPCP Art 8)."""

from __future__ import annotations

from motcua.casework.workflow.rules.definition import Definition
from motcua.casework.workflow.rules.problems import Problem, problem


def longest_way(definition: Definition) -> tuple[float, tuple[str, ...]]:
    """Working hours of the slowest way through without going back, and its steps.

    Of parallel branches the slowest counts. Steps of the applicant count
    nothing: the authority's time stands still while it waits for them.
    """
    known: dict[str, tuple[float, tuple[str, ...]]] = {}

    def slowest(step_id: str, walking: frozenset[str]) -> tuple[float, tuple[str, ...]]:
        if step_id in known:
            return known[step_id]
        step = definition.step(step_id)
        targets = [step.to] if step.to else [t for m in definition.moves(step_id) for t in m.to]
        ahead = [
            slowest(target, walking | {step_id})
            for target in targets
            if target in definition.steps and target not in walking | {step_id}
        ]
        hours, way = max(ahead, default=(0.0, ()))
        own = 0.0 if step.role == "applicant" else float(step.hours or 0)
        known[step_id] = (hours + own, (step_id, *way))
        return known[step_id]

    return slowest(definition.start, frozenset())


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
