"""What may be done to a clock, as new entries not yet written. Pure.

Each ``plan_*`` takes the entries of the case (all tracks, in order), checks the
law's conditions and answers the entry to append and the due date it brings. It
raises a refusal of :mod:`clock.errors` instead of bending a rule.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from motcua.casework.calendar.rules import SAME_DAY_CUTOFF, WorkCalendar
from motcua.casework.clock.errors import (
    EXTENSION_BASIS,
    ClockAlreadyStarted,
    ClockGoesForward,
    ClockNotPaused,
    ClockNotRunning,
    ExtensionTooLate,
    ExtensionUnit,
    ExtensionUsed,
    LegalBasisMissing,
)
from motcua.casework.clock.rules import derive, of_track
from motcua.casework.clock.terms import Act, Due, Entry, Ground, Limit, Policy, Ruler
from motcua.casework.clock.wording import moment_in_words
from motcua.foundation.timesource import CITY_ZONE

MAIN = "main"


@dataclass(frozen=True, slots=True)
class Plan:
    """An entry to append and the standing after it."""

    entry: Entry
    due: Due


@dataclass(frozen=True, slots=True)
class Why:
    """What every act carries: the reason, its proof, its law, who did it.

    ``agency_id`` says by whose calendar to count from now on; default: as before.
    """

    reason: str = ""
    legal_basis: str = ""
    evidence: str = ""
    actor_name: str = ""
    agency_id: int | None = None


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
    clock = _track(entries, track, calendar)
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
    clock = _track(entries, track, calendar)
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
    clock = _track(entries, track, calendar)
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
    clock = _track(entries, track, calendar)
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
    clock = _track(entries, track, calendar)
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
    clock = _track(entries, track, calendar)
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
    clock = _track(entries, track, calendar)
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


@dataclass(frozen=True, slots=True)
class _Track:
    """One clock of a case, and what stood on the others before."""

    name: str
    calendar: WorkCalendar
    mine: Sequence[Entry]
    last_seq: int
    due: Due

    def append(self, act: Act, at: dt.datetime, why: Why, data: Mapping[str, Any]) -> Plan:
        """The next entry, with the standing it brings."""
        at = at.replace(microsecond=0)
        last = self.mine[-1] if self.mine else None
        if last and at < last.at:
            raise ClockGoesForward(last=moment_in_words(last.at))
        bare = Entry(
            seq=self.last_seq + 1,
            track=self.name,
            act=act,
            at=at,
            data=data,
            reason=why.reason,
            legal_basis=why.legal_basis,
            evidence=why.evidence,
            actor_name=why.actor_name,
            agency_id=why.agency_id or (last.agency_id if last else None),
            due_at=last.due_at if act == "stop" and last else None,
        )
        due = derive([*self.mine, bare], self.calendar)
        return Plan(replace(bare, due_at=due.at, state=due.state), due)


def _track(entries: Sequence[Entry], name: str, calendar: WorkCalendar) -> _Track:
    mine = of_track(entries, name)
    last_seq = entries[-1].seq if entries else 0
    return _Track(name, calendar, mine, last_seq, derive(mine, calendar))
