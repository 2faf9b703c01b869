"""Faults that show only when the definition runs: exhaustive search of its markings.

Conditions are taken as free: whatever can be true is tried. The net is sound
when from every situation that can arise the end can still be reached, no step
is held twice, and nothing is left behind (van der Aalst's classical notion).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from motcua.casework.workflow.rules.definition import Definition, Marking, MoveRow, Token
from motcua.casework.workflow.rules.problems import Problem, problem
from motcua.casework.workflow.rules.running import LostTrail, first_marking, take

DEFAULT_CAP = 20_000


@dataclass(slots=True)
class _Search:
    """Markings seen (numbered), who leads to whom, and the faults met on the way."""

    definition: Definition
    number: dict[Marking, int] = field(default_factory=dict[Marking, int])
    before: list[list[int]] = field(default_factory=list[list[int]])
    splits: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    problems: dict[tuple[str, str], Problem] = field(default_factory=dict[tuple[str, str], Problem])

    def blame(self, place: str, code: str, **data: object) -> None:
        self.problems.setdefault((place, code), problem(place, code, **data))

    def add(self, marking: Marking) -> int:
        self.number[marking] = len(self.before)
        self.before.append([])
        return self.number[marking]


def search_problems(definition: Definition, cap: int = DEFAULT_CAP) -> list[Problem]:
    """Soundness faults; every target must exist. ``cap``: the most markings to visit."""
    search = _Search(definition)
    queue: deque[Marking] = deque([first_marking(definition)])
    search.add(queue[0])
    while queue:
        marking = queue.popleft()
        for following in _successors(search, marking):
            known = search.number.get(following)
            if known is None:
                if len(search.number) >= cap:
                    search.blame("steps", "too_large", value=cap)
                    return list(search.problems.values())
                known = search.add(following)
                queue.append(following)
            search.before[known].append(search.number[marking])
    _blame_shared_joins(search)
    if not search.problems:
        _blame_unreached(search)
        _blame_hopeless(search)
    return list(search.problems.values())


def _successors(search: _Search, marking: Marking) -> list[Marking]:
    definition = search.definition
    if marking and not any(definition.step(token.step).holds for token in marking):
        for token in sorted(marking):
            search.blame(f"steps.{token.step}", "branches_never_meet")
    found: list[Marking] = []
    for token in sorted(marking):
        for move in definition.moves(token.step):
            following = _follow(search, marking, token, move) if move.interrupts else None
            if following is not None:
                found.append(following)
    return found


def _follow(search: _Search, marking: Marking, token: Token, move: MoveRow) -> Marking | None:
    """The next marking, or None when getting there is a fault (noted)."""
    definition = search.definition
    try:
        following, effects = take(definition, marking, token, move)
    except LostTrail as lost:
        at_join = definition.step(str(lost)).kind == "join"
        if at_join:
            search.blame(f"steps.{lost}", "join_without_split")
        else:
            list_name = "timers" if move.after else "actions"
            search.blame(f"steps.{lost}.{list_name}.{move.id}.to", "back_from_nowhere")
        return None
    for ended in effects.ended:
        if ended.path and not definition.step(ended.step).terminates:
            search.blame(f"steps.{ended.step}", "end_inside_branch")
            return None
    return following if _safe(search, following) else None


def _safe(search: _Search, marking: Marking) -> bool:
    held: set[str] = set()
    for token in sorted(marking):
        step = search.definition.step(token.step)
        splits = [branch.split for branch in token.path]
        if len(set(splits)) < len(splits):
            search.blame(f"steps.{splits[-1].partition('.')[0]}", "leaves_branch")
            return False
        if step.kind == "join":
            search.splits.setdefault(step.id, set()).add(splits[-1])
        elif step.id in held:
            search.blame(f"steps.{token.step}", "held_twice")
            return False
        held.add(step.id)
    return True


def _blame_shared_joins(search: _Search) -> None:
    for join, splits in search.splits.items():
        if len(splits) > 1:
            search.blame(f"steps.{join}", "join_of_two_splits", detail=", ".join(sorted(splits)))


def _blame_unreached(search: _Search) -> None:
    definition = search.definition
    reached = {definition.start}
    for marking in search.number:
        for token in marking:
            reached.add(token.step)
            for move in definition.moves(token.step):
                reached.update(move.to)
    reached.update(definition.step(join).to for join in reached & search.splits.keys())
    for step in definition.step_rows:
        if step.id not in reached:
            search.blame(f"steps.{step.id}", "unreachable")


def _blame_hopeless(search: _Search) -> None:
    """Walk backwards from the finished marking; what is not met can never finish."""
    hopeful: set[int] = set()
    queue = [search.number[frozenset()]] if frozenset() in search.number else []
    while queue:
        number = queue.pop()
        if number not in hopeful:
            hopeful.add(number)
            queue.extend(search.before[number])
    hopeless = [marking for marking, number in search.number.items() if number not in hopeful]
    alive = {t.step for m, number in search.number.items() if number in hopeful for t in m}
    steps = {token.step for marking in hopeless for token in marking}
    for step in sorted(steps - alive or steps):
        search.blame(f"steps.{step}", "never_ends")


def loops_without_human(definition: Definition) -> list[Problem]:
    """Loops of timers, silent consents and joins alone would run for ever by themselves."""
    automatic = {row.id: _automatic_targets(definition, row.id) for row in definition.step_rows}
    done: set[str] = set()

    def walk(step: str, trail: tuple[str, ...]) -> tuple[str, ...] | None:
        if step in trail:
            return trail[trail.index(step) :]
        if step in done:
            return None
        for target in sorted(automatic[step]):
            if loop := walk(target, (*trail, step)):
                return loop
        done.add(step)
        return None

    for row in definition.step_rows:
        if loop := walk(row.id, ()):
            return [problem(f"steps.{loop[0]}", "no_human", detail=" → ".join(loop))]
    return []


def _automatic_targets(definition: Definition, step_id: str) -> set[str]:
    step = definition.step(step_id)
    if step.kind == "join":
        return {step.to}
    moves = list(definition.timers(step_id))
    if step.silence == "consent":
        moves.append(definition.silent_move(step_id))
    targets: set[str] = set()
    for move in moves:
        targets.update(name for name in move.to if name in definition.steps)
        if move.to and move.to[0] not in definition.steps:
            targets.update(m.step for m in definition.move_rows if step_id in m.to)
    return targets
