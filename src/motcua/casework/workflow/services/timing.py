"""What time does to cases: timers of steps, and the silence of consulted agencies."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from motcua.casework.access.public import SYSTEM
from motcua.casework.workflow.models import Consultation, Timer, Token
from motcua.casework.workflow.moves import Move
from motcua.casework.workflow.registry import run_verb, variables_for
from motcua.casework.workflow.rules import MoveRow
from motcua.casework.workflow.services.advancing import Advance
from motcua.casework.workflow.services.reading import Standing, standing_token
from motcua.casework.workflow.tables import tables
from motcua.foundation.errors import Conflict
from motcua.foundation.outbox.public import emit

_log = logging.getLogger("motcua.workflow")


@dataclass(frozen=True, slots=True)
class Fired:
    """What one round did. ``failed`` are left as they were and tried again next time."""

    timers: int
    silences: int
    dropped: int
    failed: int


def fire_due_timers(at: dt.datetime, limit: int = 500) -> Fired:
    """Fire the timers and apply the silences due at ``at``, each in its own transaction.

    Runs as a recurring job; two at once do no harm. Timers whose token has moved
    on are dropped in one statement. At most ``limit`` of each kind per round.
    """
    waiting = Timer.objects.filter(fired_at__isnull=True, dropped_at__isnull=True, due_at__lte=at)
    dropped = waiting.exclude(token__state=Token.State.ACTIVE).update(dropped_at=at)
    timers = waiting.filter(token__state=Token.State.ACTIVE).order_by("due_at", "pk")
    silent = Consultation.objects.filter(
        ~Q(silence=""),
        answered_at__isnull=True,
        silence_applied=False,
        due_at__lte=at,
        token__state=Token.State.ACTIVE,
    ).order_by("due_at", "pk")
    fired = [
        _attempt(_fire_timer, _Due(at, *row))
        for row in timers.values_list(
            "pk", "timer", "token_id", "token__case_id", "token__case__kind"
        )[:limit]
    ]
    quiet = [
        _attempt(_apply_silence, _Due(at, *row))
        for row in silent.values_list("pk", "silence", "token_id", "case_id", "case__kind")[:limit]
    ]
    failed = fired.count("failed") + quiet.count("failed")
    return Fired(fired.count("done"), quiet.count("done"), dropped, failed)


@dataclass(frozen=True, slots=True)
class _Due:
    """A timer, or a consultation with its silence rule, whose moment has come."""

    at: dt.datetime
    pk: int
    name: str
    token_id: int
    case_id: int
    kind: str


def _attempt(work: Callable[[_Due], bool], due: _Due) -> str:
    """One case's trouble must not hold up the others'."""
    try:
        with transaction.atomic():
            return "done" if work(due) else "late"
    except Conflict:
        return "late"
    except Exception:  # noqa: BLE001 - logged, left undone, tried again in the next round
        _log.exception("workflow.timer_failed", extra={"case": due.case_id, "timer": due.name})
        return "failed"


def _fire_timer(due: _Due) -> bool:
    if not Timer.objects.filter(pk=due.pk, fired_at__isnull=True).update(fired_at=due.at):
        return False
    here = standing_token(due.case_id, due.token_id)
    row = tables(here.definition_id, here.checksum).move(here.step, due.name)
    if row is None:
        raise LookupError(f"timer {due.name} of step {here.step}")
    _run(here, row, due, silent=False)
    payload = {"case": due.case_id, "step": here.step, "timer": due.name}
    emit("workflow.timer_fired", str(due.case_id), payload)
    return True


def _apply_silence(due: _Due) -> bool:
    unanswered = Consultation.objects.filter(
        pk=due.pk, answered_at__isnull=True, silence_applied=False
    )
    if not unanswered.update(silence_applied=True):
        return False
    here = standing_token(due.case_id, due.token_id)
    if due.name == "consent":
        row = tables(here.definition_id, here.checksum).silent_move(here.step)
        _run(here, row, due, silent=True)
    payload = {
        "case": due.case_id, "step": here.step, "agency": here.agency_id, "rule": due.name
    }  # fmt: skip
    emit("workflow.consultation_silent", str(due.case_id), payload)
    return True


def _run(here: Standing, row: MoveRow, due: _Due, *, silent: bool) -> None:
    if row.interrupts:
        table = tables(here.definition_id, here.checksum)
        values = variables_for(due.kind, due.case_id)
        moved = Advance(table, here, row, SYSTEM.account_id, values, due.at, silent=silent).run()
    else:
        moved = Move(
            due.case_id, here.definition_id, here.step, row.id, row.verb, None, (), ended=False
        )
    run_verb(due.kind, due.case_id, moved, due.at)
