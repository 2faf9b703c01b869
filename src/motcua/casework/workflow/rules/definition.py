"""The compiled definition: flat rows that a move looks up, nothing left to interpret."""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

import msgspec

from motcua.casework.workflow.rules.document import After, Kind, ProcessDocument, Silence, Text
from motcua.foundation.errors import Bilingual

BACK = "@back"


class StepRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step. ``hours`` are working hours; ``uses_back``: a move here goes ``@back``."""

    id: str
    name: Text
    kind: Kind
    role: str = ""
    unit: str = ""
    hours: float | None = None
    state: str = ""
    silence: Silence | None = None
    silence_action: str = ""
    terminates: bool = False
    to: str = ""
    uses_back: bool = False

    @property
    def holds(self) -> bool:
        """Somebody works or waits here (joins and ends are passed at once)."""
        return self.kind not in {"join", "end"}


class MoveRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """One way out of a step: a person's action, or a timer when ``after`` is set.

    ``signals``: what, when the house hears of it, takes the action with no person asking.
    """

    step: str
    id: str
    name: Text
    verb: str
    to: tuple[str, ...] = ()
    when: str = ""
    primary: bool = False
    asks: tuple[str, ...] = ()
    role: str = ""
    unit: str = ""
    after: After | None = None
    interrupts: bool = True
    signals: tuple[str, ...] = ()

    @property
    def label(self) -> Bilingual:
        return Bilingual(self.name.vi, self.name.en)


class Definition(msgspec.Struct, frozen=True, dict=True):
    """A process ready to run. Made by ``compile_definition``; equal documents, equal tables."""

    key: str
    name: Text
    start: str
    step_rows: tuple[StepRow, ...]
    move_rows: tuple[MoveRow, ...]

    @cached_property
    def steps(self) -> dict[str, StepRow]:
        return {row.id: row for row in self.step_rows}

    @cached_property
    def _moves(self) -> dict[tuple[str, str], MoveRow]:
        return {(row.step, row.id): row for row in self.move_rows}

    @cached_property
    def _by_step(self) -> dict[str, tuple[MoveRow, ...]]:
        table: dict[str, tuple[MoveRow, ...]] = {row.id: () for row in self.step_rows}
        for row in self.move_rows:
            table[row.step] = (*table[row.step], row)
        return table

    def step(self, step_id: str) -> StepRow:
        return self.steps[step_id]

    def move(self, step_id: str, move_id: str) -> MoveRow | None:
        """The action or timer of a step, or None when there is no such one."""
        return self._moves.get((step_id, move_id))

    def moves(self, step_id: str) -> tuple[MoveRow, ...]:
        """Every way out of a step, actions before timers, in the author's order."""
        return self._by_step[step_id]

    def actions(self, step_id: str) -> tuple[MoveRow, ...]:
        return tuple(row for row in self._by_step[step_id] if row.after is None)

    def timers(self, step_id: str) -> tuple[MoveRow, ...]:
        return tuple(row for row in self._by_step[step_id] if row.after is not None)

    def silent_move(self, step_id: str) -> MoveRow:
        """What a consulted agency's silence does when silence is consent."""
        chosen = self.steps[step_id].silence_action
        actions = self.actions(step_id)
        if chosen:
            return self._moves[step_id, chosen]
        return next((row for row in actions if row.primary), actions[0])

    def as_data(self) -> dict[str, Any]:
        """The tables as JSON data, for the published row."""
        return msgspec.to_builtins(self)


class Branch(NamedTuple):
    """Which branch of which split a token runs in, and what ``@back`` means after the join."""

    split: str
    number: int
    of: int
    trail: tuple[str, ...] = ()


class Token(NamedTuple):
    """Where one line of work stands. ``path``: open splits, outermost first.
    ``trail``: the steps ``@back`` returns through, nearest first."""

    step: str
    path: tuple[Branch, ...] = ()
    trail: tuple[str, ...] = ()


Marking = frozenset[Token]


def tables_of(document: ProcessDocument) -> Definition:
    """Flat tables of a document whose targets all exist."""
    steps: list[StepRow] = []
    moves: list[MoveRow] = []
    for step in document.steps:
        for action in step.actions:
            moves.append(
                MoveRow(
                    step.id, action.id, action.name, action.verb, action.to, action.when,
                    action.primary, action.asks, action.role, action.unit,
                    signals=action.signals,
                )
            )  # fmt: skip
        for timer in step.timers:
            moves.append(
                MoveRow(
                    step.id, timer.id, timer.name or step.name, timer.verb, timer.to,
                    after=timer.after, interrupts=timer.interrupts,
                )
            )  # fmt: skip
        steps.append(
            StepRow(
                step.id, step.name, step.kind, step.role, step.unit, step.hours, step.state,
                step.silence, step.silence_action, step.terminates,
                step.to[0] if step.to else "",
                any(BACK in move.to for move in (*step.actions, *step.timers)),
            )
        )  # fmt: skip
    return Definition(document.key, document.name, document.start, tuple(steps), tuple(moves))


def definition_from(data: object) -> Definition:
    """The tables back from the JSON of a published row."""
    return msgspec.convert(data, Definition)


__all__ = [
    "BACK",
    "Branch",
    "Definition",
    "Marking",
    "MoveRow",
    "StepRow",
    "Token",
    "definition_from",
    "tables_of",
]
