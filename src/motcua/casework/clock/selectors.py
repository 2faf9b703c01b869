"""Reads of the legal clock. One statement each, besides the remembered calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from motcua.casework.calendar.public import WorkCalendar, calendar_for
from motcua.casework.clock.models import ClockEntry
from motcua.casework.clock.parameters import parameter
from motcua.casework.clock.planning import MAIN
from motcua.casework.clock.rules import derive, of_track
from motcua.casework.clock.terms import ClockLine, Due, Entry, due_at
from motcua.foundation.statements import Prepared
from motcua.foundation.timesource import local

_ENTRIES = Prepared(lambda case_id: ClockEntry.objects.filter(case_id=case_id).order_by("seq"), int)


def entry_value(row: ClockEntry) -> Entry:
    """The row as the pure rules want it."""
    return Entry(
        seq=row.seq,
        track=row.track,
        act=row.act,
        at=local(row.at),
        data=row.data,
        reason=row.reason,
        legal_basis=row.basis,
        evidence=row.evidence,
        actor_name=row.actor_name,
        agency_id=row.agency_id,
        due_at=local(row.due_at) if row.due_at else None,
        state=row.state,
    )


def entries_of(case_id: int) -> list[Entry]:
    """Every act on every track of a case, in order."""
    return [entry_value(row) for row in _ENTRIES.all(case_id)]


def entries_of_many(case_ids: Iterable[int]) -> dict[int, list[Entry]]:
    """The acts of several cases, each in order; cases without a clock are absent."""
    found: dict[int, list[Entry]] = {}
    rows = ClockEntry.objects.filter(case_id__in=list(case_ids)).order_by("case_id", "seq")
    for row in rows:
        found.setdefault(row.case_id, []).append(entry_value(row))
    return found


def calendar_of(entries: Sequence[Entry], track: str) -> WorkCalendar:
    """The calendar by which a track counts: that of the agency named last."""
    mine = of_track(entries, track)
    return calendar_for(mine[-1].agency_id if mine else None)


def due_of(case_id: int, track: str = MAIN, *, entries: Sequence[Entry] | None = None) -> Due:
    """The standing of a track; state ``none`` when it has no clock."""
    known = entries_of(case_id) if entries is None else entries
    return derive(of_track(known, track), calendar_of(known, track))


def dues_of_many(case_ids: Iterable[int], track: str = MAIN) -> dict[int, Due]:
    """The standing of several cases, with one statement; those without a clock are absent."""
    return {
        case_id: due_of(case_id, track, entries=entries)
        for case_id, entries in entries_of_many(case_ids).items()
        if of_track(entries, track)
    }


def first_answer_due(agency_id: int | None, at: dt.datetime, *, online: bool) -> dt.datetime:
    """By when somebody who files at a moment must have the first answer."""
    rule = parameter("first_answer_online" if online else "first_answer_direct", at)
    return due_at(rule.limit, at, calendar_for(agency_id))


def explanation(case_id: int, track: str = MAIN) -> list[ClockLine]:
    """Why a case is due when it is due, as ordered lines."""
    return due_of(case_id, track).lines
