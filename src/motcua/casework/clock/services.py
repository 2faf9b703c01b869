"""Every act on the legal clock: one select (saved by passing ``entries``), one insert.

The acts belong to a larger one (accept, ask for papers, sign), whose service holds
the transaction, writes the ledger entry and mirrors the returned ``Due.at`` and
``Due.state`` to ``Case.due_at`` and ``Case.clock_state`` in its own update. Only
:func:`recompute` does all of that itself.

A list passed as ``entries`` must hold all entries of the case, and gets the new one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from motcua.casework.access.public import Actor
from motcua.casework.calendar.public import SAME_DAY_CUTOFF, calendar_for
from motcua.casework.clock.parameters import parameter
from motcua.casework.clock.planning import (
    MAIN,
    Plan,
    Why,
    plan_extend,
    plan_restart,
    plan_resume,
    plan_start,
    plan_stop,
    plan_suspend,
)
from motcua.casework.clock.rules import derive, of_track
from motcua.casework.clock.selectors import calendar_of, entries_of
from motcua.casework.clock.terms import Due, Entry, Ground, Limit, Policy
from motcua.casework.clock.writing import entry_row, write

__all__ = [
    "entry_row",
    "extend",
    "restart",
    "resume",
    "start",
    "start_first_answer",
    "stop",
    "suspend",
]

GOING = frozenset({"running", "paused"})


def start(
    *,
    actor: Actor,
    case_id: int,
    at: dt.datetime,
    limit: Limit,
    agency_id: int | None,
    legal_basis: str,
    policy: Policy | None = None,
    track: str = MAIN,
    remote_area: bool = False,
    reason: str = "",
    evidence: str = "",
    entries: list[Entry] | None = None,
    ends: Mapping[str, str] | None = None,
) -> Due:
    """Start the clock at the valid acceptance ``at``; outside hours it begins at the next slot.

    Args:
        agency_id: whose calendar counts; the city's for ``None``.
        remote_area: add the days in force for remote areas (one more statement).
        track: ``main``, ``first_answer``, ``supplement``, ``phase2``…
        ends: tracks that this act ends, if they still run, each with its outcome; the
            acts are written together.

    Raises ClockAlreadyStarted; Conflict when somebody else acted on the clock meanwhile.
    """
    known = entries_of(case_id) if entries is None else entries
    ended = [
        _plan_end(known, other, at, actor, outcome)
        for other, outcome in (ends or {}).items()
        if derive(of_track(known, other), calendar_of(known, other)).state in GOING
    ]
    before = [*known, *(plan.entry for plan in ended)]
    remote = parameter("remote_area", at) if remote_area else None
    cutoff = parameter("same_day_cutoff", at).time if limit.unit == "same_day" else SAME_DAY_CUTOFF
    plan = plan_start(
        before,
        calendar=calendar_for(agency_id),
        at=at,
        limit=limit,
        why=Why(reason, legal_basis, evidence, actor.name, agency_id),
        policy=policy,
        track=track,
        remote=remote.limit if remote else None,
        remote_basis=remote.basis if remote else "",
        cutoff=cutoff,
    )
    return write(actor, case_id, [*ended, plan], known)


def _plan_end(known: list[Entry], track: str, at: dt.datetime, actor: Actor, outcome: str) -> Plan:
    return plan_stop(
        known,
        calendar=calendar_of(known, track),
        at=at,
        why=Why(actor_name=actor.name),
        outcome=outcome,
        track=track,
    )


def start_first_answer(
    *,
    actor: Actor,
    case_id: int,
    at: dt.datetime,
    agency_id: int | None,
    online: bool,
    entries: list[Entry] | None = None,
) -> Due:
    """Start the track ``first_answer``: 8 working hours online, 1 working day otherwise.

    The periods are dated parameters (Nghị định 118/2025/NĐ-CP Điều 17). Raises as
    :func:`start`.
    """
    rule = parameter("first_answer_online" if online else "first_answer_direct", at)
    return start(
        actor=actor,
        case_id=case_id,
        at=at,
        limit=rule.limit,
        agency_id=agency_id,
        legal_basis=rule.basis,
        track="first_answer",
        entries=entries,
    )


def suspend(
    *,
    actor: Actor,
    case_id: int,
    at: dt.datetime,
    reason: str,
    legal_basis: str,
    ground: Ground = "supplement",
    applicant: Limit | None = None,
    evidence: str = "",
    track: str = MAIN,
    entries: list[Entry] | None = None,
) -> Due:
    """Pause for a supplement, a financial obligation or a lawful verification.

    ``Due.applicant_due`` tells until when the applicant may answer, if limited.
    Raises ClockNotRunning, ClockGoesForward, Conflict.
    """
    known = entries_of(case_id) if entries is None else entries
    plan = plan_suspend(
        known,
        calendar=calendar_of(known, track),
        at=at,
        why=Why(reason, legal_basis, evidence, actor.name),
        ground=ground,
        applicant=applicant,
        track=track,
    )
    return write(actor, case_id, [plan], known)


def resume(
    *,
    actor: Actor,
    case_id: int,
    at: dt.datetime,
    reason: str = "",
    legal_basis: str = "",
    evidence: str = "",
    track: str = MAIN,
    entries: list[Entry] | None = None,
) -> Due:
    """Run again; the policy decides whether the period begins anew or goes on.

    Raises ClockNotPaused, ClockGoesForward, Conflict.
    """
    known = entries_of(case_id) if entries is None else entries
    plan = plan_resume(
        known,
        calendar=calendar_of(known, track),
        at=at,
        why=Why(reason, legal_basis, evidence, actor.name),
        track=track,
    )
    return write(actor, case_id, [plan], known)


def extend(
    *,
    actor: Actor,
    case_id: int,
    at: dt.datetime,
    limit: Limit,
    reason: str,
    legal_basis: str,
    by_law: bool = False,
    evidence: str = "",
    track: str = MAIN,
    entries: list[Entry] | None = None,
) -> Due:
    """Apologise and move the return date: once, and at least a day before it.

    ``by_law`` marks a prolongation the sector's law itself gives. Raises
    ExtensionUsed, ExtensionTooLate, ExtensionUnit, LegalBasisMissing,
    ClockNotRunning, Conflict.
    """
    known = entries_of(case_id) if entries is None else entries
    plan = plan_extend(
        known,
        calendar=calendar_of(known, track),
        at=at,
        limit=limit,
        why=Why(reason, legal_basis, evidence, actor.name),
        by_law=by_law,
        notice_days=parameter("extension_notice_days", at).number,
        times=parameter("extension_times", at).number,
        track=track,
    )
    return write(actor, case_id, [plan], known)


def stop(
    *,
    actor: Actor,
    case_id: int,
    at: dt.datetime,
    reason: str = "",
    legal_basis: str = "",
    outcome: str = "",
    evidence: str = "",
    track: str = MAIN,
    entries: list[Entry] | None = None,
) -> Due:
    """End the clock. Raises ClockNotRunning, ClockGoesForward, Conflict."""
    known = entries_of(case_id) if entries is None else entries
    plan = plan_stop(
        known,
        calendar=calendar_of(known, track),
        at=at,
        why=Why(reason, legal_basis, evidence, actor.name),
        outcome=outcome,
        track=track,
    )
    return write(actor, case_id, [plan], known)


def restart(
    *,
    actor: Actor,
    case_id: int,
    at: dt.datetime,
    reason: str,
    legal_basis: str,
    limit: Limit | None = None,
    agency_id: int | None = None,
    evidence: str = "",
    track: str = MAIN,
    entries: list[Entry] | None = None,
) -> Due:
    """Count the whole period again (or a new ``limit``) from ``at``.

    Raises ClockNotRunning, LegalBasisMissing, ClockGoesForward, Conflict.
    """
    known = entries_of(case_id) if entries is None else entries
    calendar = calendar_for(agency_id) if agency_id else calendar_of(known, track)
    plan = plan_restart(
        known,
        calendar=calendar,
        at=at,
        why=Why(reason, legal_basis, evidence, actor.name, agency_id),
        limit=limit,
        track=track,
    )
    return write(actor, case_id, [plan], known)
