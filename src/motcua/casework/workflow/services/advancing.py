"""Writing a move: the token that ends, joins that open, the tokens that begin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from motcua.casework.workflow.models import Consultation, Token
from motcua.casework.workflow.moves import Move
from motcua.casework.workflow.rules import Definition, MoveRow, StepRow
from motcua.casework.workflow.rules import Token as Place
from motcua.casework.workflow.rules.running import beyond_join, outcome, state_of
from motcua.casework.workflow.services.entering import Entrance, Entry
from motcua.casework.workflow.services.reading import Standing
from motcua.foundation.errors import Conflict


@dataclass(frozen=True, slots=True)
class Advance:
    """One move being written. ``left``: its token was ended already."""

    table: Definition
    here: Standing
    row: MoveRow
    account_id: int | None
    variables: Mapping[str, Any]
    at: dt.datetime
    note: str = ""
    opinion: str = ""
    silent: bool = False
    left: bool = False

    def run(self) -> Move:
        """Write it. Raises ``Conflict`` when the token was moved in the meantime."""
        self._leave()
        entries: list[Entry] = []
        ends: list[StepRow] = []
        for made in outcome(self.table, self.here.place, self.row):
            fork = self.here.fork_id if len(self.row.to) == 1 else self.here.token_id
            settled = self._through_joins(made, fork)
            if settled is None:
                continue
            step = self.table.step(settled[0].step)
            if step.kind == "end":
                ends.append(step)
            else:
                entries.append(settled)
        if any(step.terminates for step in ends):
            entries.clear()
            cancel_tokens(self.here.home.case_id, self.at, self.account_id)
        turned = Entrance(
            self.table, self.here.definition_id, self.here.home, self.variables, self.at,
            came_from=self.here.step, question=self.note,
        ).enter(entries)  # fmt: skip
        entered = [self.table.step(place.step) for place, _ in entries]
        return Move(
            self.here.home.case_id,
            self.here.definition_id,
            self.here.step,
            self.row.id,
            self.row.verb,
            state_of((*entered, *ends)),
            turned,
            ended=bool(ends),
            signals=self.row.signals,
            awaits=self._awaited(entered),
        )

    def _awaited(self, entered: list[StepRow]) -> tuple[str, ...]:
        rows = (row for step in entered for row in self.table.actions(step.id))
        return tuple(sorted({name for row in rows for name in row.signals}))

    def _leave(self) -> None:
        if not self.left and not _end_token(
            self.here.token_id, self.row.id, self.account_id, self.at
        ):
            raise Conflict
        if self.table.step(self.here.step).kind == "consultation":
            Consultation.objects.filter(token_id=self.here.token_id).update(
                answered_at=None if self.silent else self.at,
                answered_by_id=self.account_id,
                answer=self.note,
                opinion=self.opinion,
                silence_applied=self.silent,
            )

    def _through_joins(self, made: Place, fork: int | None) -> Entry | None:
        """Count the arrival on the token that split; the last one goes on. None: it waits."""
        while self.table.step(made.step).kind == "join":
            arrivals, outer = _arrive(fork)
            if arrivals < made.path[-1].of:
                return None
            made, fork = beyond_join(self.table, made.step, made.path), outer
        return made, fork


_TABLE: str = Token._meta.db_table  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


def _end_token(token_id: int, outcome: str, account_id: int | None, at: dt.datetime) -> bool:
    """End an active token; False when somebody else did. The lock of every move."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_TABLE} SET state = 'done', left_at = %s, left_by_id = %s, outcome = %s"  # noqa: S608
            " WHERE id = %s AND state = 'active'",
            [connection.ops.adapt_datetimefield_value(at), account_id, outcome, token_id],
        )
        return cursor.rowcount == 1


def _arrive(fork: int | None) -> tuple[int, int | None]:
    """Add one arrival and read the count in one statement, so that exactly one is the last."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_TABLE} SET arrivals = arrivals + 1 WHERE id = %s"  # noqa: S608
            " RETURNING arrivals, fork_id",
            [fork],
        )
        row = cursor.fetchone()
    if row is None:
        raise LookupError(f"the split {fork} of a parallel branch is missing")
    return int(row[0]), row[1]


def cancel_tokens(case_id: int, at: dt.datetime, account_id: int | None) -> int:
    """End all turns of a case. Repeats while another transaction was adding one."""
    active = Token.objects.filter(case_id=case_id, state=Token.State.ACTIVE)
    cancelled = 0
    while True:
        cancelled += active.update(state=Token.State.CANCELLED, left_at=at, left_by_id=account_id)
        if not active.exists():
            return cancelled
