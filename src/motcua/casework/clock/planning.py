"""What may be done to a clock, as new entries not yet written. Pure.

Each ``plan_*`` takes the entries of the case (all tracks, in order), checks the
law's conditions and answers the entry to append and the due date it brings. It
raises a refusal of :mod:`clock.errors` instead of bending a rule.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from motcua.casework.calendar.rules import SAME_DAY_CUTOFF, WorkCalendar
from motcua.casework.clock.errors import (
    EXTENSION_BASIS,
    ClockAlreadyStarted,
    ClockNotPaused,
    ClockNotRunning,
    ExtensionTooLate,
    ExtensionUnit,
    ExtensionUsed,
    LegalBasisMissing,
)
from motcua.casework.clock.terms import MAIN, Due, Entry, Ground, Limit, Policy, Ruler
from motcua.casework.clock.tracks import Plan, Why, track_of
from motcua.casework.clock.wording import moment_in_words
from motcua.foundation.timesource import CITY_ZONE

__all__ = [
    "MAIN",
    "Plan",
    "Why",
    "plan_extend",
    "plan_recompute",
    "plan_restart",
    "plan_resume",
    "plan_start",
    "plan_stop",
    "plan_suspend",
]


def plan_start(
    entries: Sequence[Entry],
    *,
    calendar: WorkCalendar,
    at: dt.datetime,
    limit: Limit,
    why: Why,
    policy: Policy | None = None,
    track: str = MAIN,
    remote: Limit | None = None,
    remote_basis: str = "",
    cutoff: dt.time = SAME_DAY_CUTOFF,
) -> Plan:
    """Start a clock at the valid acceptance ``at``. Errors: ClockAlreadyStarted.

    ``remote`` adds the lawful days for a remote area; ``cutoff`` is the local time
    after which a same-day matter belongs to the next working day.
    """
    clock = track_of(entries, track, calendar)
    if clock.mine:
        raise ClockAlreadyStarted
    data: dict[str, Any] = {"limit": limit.stored(), "policy": (policy or Policy()).stored()}
    if remote:
        data |= {"remote": remote.stored(), "remote_basis": remote_basis}
    if limit.unit == "same_day":
        data["cutoff"] = cutoff.isoformat("minutes")
    return clock.append("start", at, why, data)


def plan_suspend(
    entries: Sequence[Entry],
    *,
    calendar: WorkCalendar,
    at: dt.datetime,
    why: Why,
    ground: Ground = "supplement",
    applicant: Limit | None = None,
    track: str = MAIN,
) -> Plan:
    """Pause: papers are asked for, a fee or tax is due, or the law allows verification.

    ``applicant`` is the time the applicant has; default: the policy's. Errors:
    ClockNotRunning.
    """
    clock = track_of(entries, track, calendar)
    _need_running(clock.due)
    if applicant is None and ground == "supplement":
        applicant = clock.due.policy.applicant
    data: dict[str, Any] = {"ground": ground}
    if applicant:
        data["applicant"] = applicant.stored()
    return clock.append("suspend", at, why, data)


def plan_resume(
    entries: Sequence[Entry],
    *,
    calendar: WorkCalendar,
    at: dt.datetime,
    why: Why,
    track: str = MAIN,
) -> Plan:
    """Run again; what that does to the due date is the policy's matter. Errors: ClockNotPaused."""
    clock = track_of(entries, track, calendar)
    due = clock.due
    if due.state != "paused":
        raise ClockNotPaused
    return clock.append("resume", at, why, {})


def plan_extend(
    entries: Sequence[Entry],
    *,
    calendar: WorkCalendar,
    at: dt.datetime,
    limit: Limit,
    why: Why,
    by_law: bool = False,
    notice_days: int = 1,
    times: int = 1,
    track: str = MAIN,
) -> Plan:
    """Move the return date once, with an apology, ``notice_days`` or more before it.

    ``by_law`` is for prolongations the sector's law itself provides (verification):
    they are not apologies and do not use up the one extension. Errors:
    ClockNotRunning, ExtensionUsed, ExtensionTooLate, ExtensionUnit,
    LegalBasisMissing. Law: Nghị định 118/2025/NĐ-CP (2018: Nghị định 61 Điều 19(9)).
    """
    clock = track_of(entries, track, calendar)
    due = clock.due
    _need_running(due)
    _need_basis(why)
    if not by_law:
        _need_free_extension(clock.mine, due, at, notice_days, times)
    try:
        Ruler(calendar, due.total.unit).ticks(limit)
    except ValueError as error:
        raise ExtensionUnit from error
    data = {"limit": limit.stored(), "ground": "law" if by_law else "apology"}
    return clock.append("extend", at, why, data)


def _need_free_extension(
    mine: Sequence[Entry], due: Due, at: dt.datetime, notice_days: int, times: int
) -> None:
    used = sum(e.act == "extend" and e.data.get("ground") == "apology" for e in mine)
    if used >= times:
        raise ExtensionUsed(basis=EXTENSION_BASIS)
    assert due.at is not None
    latest = due.at.astimezone(CITY_ZONE).date() - dt.timedelta(days=notice_days)
    if at.astimezone(CITY_ZONE).date() > latest:
        raise ExtensionTooLate(days=notice_days, due=moment_in_words(due.at), basis=EXTENSION_BASIS)


def plan_stop(
    entries: Sequence[Entry],
    *,
    calendar: WorkCalendar,
    at: dt.datetime,
    why: Why,
    outcome: str = "",
    track: str = MAIN,
) -> Plan:
    """End the clock: the result is ready, the case refused, withdrawn or stopped.

    Errors: ClockNotRunning when there is no clock or it has ended.
    """
    clock = track_of(entries, track, calendar)
    due = clock.due
    if due.state not in {"running", "paused"}:
        raise ClockNotRunning
    return clock.append("stop", at, why, {"outcome": outcome})


def plan_restart(
    entries: Sequence[Entry],
    *,
    calendar: WorkCalendar,
    at: dt.datetime,
    why: Why,
    limit: Limit | None = None,
    policy: Policy | None = None,
    track: str = MAIN,
) -> Plan:
    """Count the whole period again, or a new ``limit``. Errors: ClockNotRunning, LegalBasisMissing.

    Nothing of the time before counts. Extensions end with the old period.
    """
    clock = track_of(entries, track, calendar)
    due = clock.due
    if due.state == "none":
        raise ClockNotRunning
    _need_basis(why)
    data: dict[str, Any] = {}
    if limit:
        data = {"limit": limit.stored(), "policy": (policy or due.policy).stored()}
    return clock.append("restart", at, why, data)


def plan_recompute(
    entries: Sequence[Entry],
    *,
    calendar: WorkCalendar,
    at: dt.datetime,
    why: Why,
    confirm_earlier: bool = False,
    data: Mapping[str, Any] | None = None,
    track: str = MAIN,
) -> Plan | None:
    """Bring the promise into line with ``calendar``; ``None`` when nothing is to be recorded.

    A later date replaces the promise. An earlier one is recorded as proposed while
    the promise stays, unless ``confirm_earlier``.
    """
    clock = track_of(entries, track, calendar)
    due = clock.due
    if due.state != "running" or due.at is None or due.limit is None or due.missed:
        return None
    ruler = Ruler(calendar, due.limit.unit)
    base = due.run_tick + due.total.ticks - due.consumed.ticks
    earliest = due.stretches[-1].from_at
    plain = max(ruler.moment(base), earliest)
    kept = 0
    if plain < due.at and not confirm_earlier:
        kept = _hold(ruler, base, due.at, calendar)
    new = plain if kept == 0 else max(ruler.moment(base + kept), earliest)
    if new == due.at and not due.proposed:
        return None
    facts = {
        "old": due.at.isoformat(),
        "proposed": plain.isoformat(),
        "new": new.isoformat(),
        "kept": kept,
        "confirmed": confirm_earlier,
        **(data or {}),
    }
    return clock.append("recompute", at, why, facts)


def _hold(ruler: Ruler, base: int, promised: dt.datetime, calendar: WorkCalendar) -> int:
    """How far beyond ``base`` the promised moment lies; a promise on a day off moves on."""
    kept = ruler.place(promised) - base
    if ruler.moment(base + kept) < promised:
        end = calendar.end_of_working_day(promised.astimezone(CITY_ZONE).date())
        kept = ruler.place(end) - base
    return kept


def _need_running(due: Due) -> None:
    if due.state != "running":
        raise ClockNotRunning


def _need_basis(why: Why) -> None:
    if not (why.reason and why.legal_basis):
        raise LegalBasisMissing
