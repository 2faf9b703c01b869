"""What the house itself may do to a case: take the action that waits for a signal."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from motcua.casework.access.public import SYSTEM
from motcua.casework.workflow.models import Token
from motcua.casework.workflow.moves import Move
from motcua.casework.workflow.registry import run_verb, variables_for
from motcua.casework.workflow.rules.conditions import holds
from motcua.casework.workflow.rules.definition import MoveRow
from motcua.casework.workflow.services.advancing import Advance
from motcua.casework.workflow.services.reading import standing_token
from motcua.casework.workflow.tables import tables
from motcua.foundation.errors import Conflict


@transaction.atomic
def take_signal(*, case_id: int, signal: str, at: dt.datetime) -> Move | None:
    """Take, as the system, the one action of the case that its process names for this signal.

    The published process is the grant: an action without ``signals`` is never taken so, and
    nothing else of the process is within the system's reach. The verb's handler runs in the
    same transaction, as it does for timers. Safe to repeat: when no step waits for the signal
    (any more), nothing happens and None is given; so too when a person was first.
    """
    rows = Token.objects.filter(case_id=case_id, state=Token.State.ACTIVE)
    for token in rows.select_related("definition", "case").order_by("pk"):
        table = tables(token.definition_id, token.definition.checksum)
        listening = [row for row in table.actions(token.step) if signal in row.signals]
        if not listening:
            continue
        kind = str(token.case.kind)
        try:
            moved = _take(case_id, token.pk, kind, listening[0], at)
        except Conflict:
            return None
        if moved is not None:
            return moved
    return None


def _take(case_id: int, token_id: int, kind: str, row: MoveRow, at: dt.datetime) -> Move | None:
    values = variables_for(kind, case_id)
    if not holds(row.when, values):
        return None
    here = standing_token(case_id, token_id)
    table = tables(here.definition_id, here.checksum)
    moved = Advance(table, here, row, SYSTEM.account_id, values, at).run()
    run_verb(kind, case_id, moved, at)
    return moved
