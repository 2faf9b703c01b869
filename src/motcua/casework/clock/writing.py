"""Planned acts become rows."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError

from motcua.casework.access.public import Actor
from motcua.casework.clock.models import ClockEntry
from motcua.casework.clock.terms import Due, Entry
from motcua.casework.clock.tracks import Plan
from motcua.foundation.errors import Conflict
from motcua.foundation.statements import fresh, insert
from motcua.foundation.timesource import now


def entry_row(actor: Actor, case_id: int, entry: Entry) -> ClockEntry:
    """The unsaved row of a planned entry, for callers that insert several at once."""
    return fresh(
        ClockEntry,
        case_id=case_id,
        seq=entry.seq,
        track=entry.track,
        act=entry.act,
        at=entry.at,
        agency_id=entry.agency_id,
        account_id=actor.account_id,
        actor_name=actor.name,
        reason=entry.reason,
        evidence=entry.evidence,
        basis=entry.legal_basis,
        data=dict(entry.data),
        due_at=entry.due_at,
        state=entry.state,
        recorded_at=now(),
    )


def write(actor: Actor, case_id: int, plans: Sequence[Plan], known: list[Entry]) -> Due:
    """Write what was planned, in its order, with one insert; the standing after the last."""
    try:
        insert(*(entry_row(actor, case_id, plan.entry) for plan in plans))
    except IntegrityError as error:
        raise Conflict from error
    known += [plan.entry for plan in plans]
    return plans[-1].due
