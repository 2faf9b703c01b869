"""Tokens that begin: whose turn it becomes, until when, with timers and consultations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.casework.workflow.models import Consultation, Timer, Token
from motcua.casework.workflow.moves import Turned
from motcua.casework.workflow.placing import CaseUnits
from motcua.casework.workflow.rules import Definition
from motcua.casework.workflow.rules import Token as Place
from motcua.casework.workflow.times import step_due, timer_due
from motcua.foundation.statements import fresh, insert

Entry = tuple[Place, int | None]
"""A place to stand in, and the token that opened its innermost split."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """What all tokens of one move have in common."""

    table: Definition
    definition_id: int
    home: CaseUnits
    variables: Mapping[str, Any]
    at: dt.datetime
    came_from: str = ""
    question: str = ""

    def enter(self, entries: Sequence[Entry]) -> tuple[Turned, ...]:
        """Insert the tokens, all with one statement, and what hangs on them."""
        if not entries:
            return ()
        steps = [self.table.step(place.step) for place, _ in entries]
        agencies = self.home.places([step.unit for step in steps], self.variables, self.at)
        tokens = [self._token(place, fork, agencies) for place, fork in entries]
        insert(*tokens)
        self._set_timers(tokens)
        self._ask(tokens)
        return tuple(
            Turned(token.pk, step.id, step.kind, step.role, agencies[step.unit], token.step_due_at)
            for token, step in zip(tokens, steps, strict=True)
        )

    def _token(self, place: Place, fork: int | None, agencies: dict[str, int | None]) -> Token:
        step = self.table.step(place.step)
        agency_id = agencies[step.unit]
        return fresh(
            Token,
            case_id=self.home.case_id,
            definition_id=self.definition_id,
            step=step.id,
            role=step.role,
            agency_id=agency_id,
            entered_at=self.at,
            entered_from=self.came_from,
            step_due_at=step_due(agency_id or self.home.competent_id, self.at, step.hours),
            path=[list(branch) for branch in place.path],
            trail=list(place.trail),
            fork_id=fork,
        )

    def _set_timers(self, tokens: Sequence[Token]) -> None:
        timers = [
            fresh(
                Timer,
                token_id=token.pk,
                timer=row.id,
                due_at=timer_due(token.agency_id or self.home.competent_id, self.at, row.after),
            )
            for token in tokens
            for row in self.table.timers(token.step)
            if row.after is not None
        ]
        if timers:
            insert(*timers)

    def _ask(self, tokens: Sequence[Token]) -> None:
        asked = [
            Consultation(
                case_id=token.case_id,
                token=token,
                agency_id=token.agency_id,
                question=self.question,
                asked_at=self.at,
                due_at=token.step_due_at,
                silence=self.table.step(token.step).silence or "",
            )
            for token in tokens
            if self.table.step(token.step).kind == "consultation"
        ]
        if asked:
            Consultation.objects.bulk_create(asked)
