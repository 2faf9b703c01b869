"""The legal clock of a case: from its ledger of acts to the due date, and what may be done.

Everything here is pure: entries and a calendar in, values out; no Django, no
clock. Law: Bộ luật Dân sự 91/2015/QH13 Điều 147, 148; Nghị định 118/2025/NĐ-CP.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from motcua.casework.calendar.rules import SAME_DAY_CUTOFF, WorkCalendar
from motcua.casework.clock.terms import MAIN, PHASE_TWO, Due, Entry
from motcua.casework.clock.walking import walk


def derive(entries: Sequence[Entry], calendar: WorkCalendar) -> Due:
    """The standing of one track after its entries, in order. No entries: state ``none``.

    Same entries and calendar, same answer. The date promised by the last entry
    holds even if today's calendar would give another: see ``Due.proposed``.
    """
    return walk(entries, calendar)


def active_track(entries: Sequence[Entry]) -> str:
    """The clock whose due date the case follows: the second phase's once it has begun."""
    begun = {entry.track for entry in entries}
    return PHASE_TWO if PHASE_TWO in begun else MAIN


def of_track(entries: Sequence[Entry], track: str) -> list[Entry]:
    """The entries of one track, in order."""
    return [entry for entry in entries if entry.track == track]


def forward_by(
    received_at: dt.datetime,
    calendar: WorkCalendar,
    *,
    online: bool,
    cutoff: dt.time = SAME_DAY_CUTOFF,
) -> dt.datetime:
    """By when the counter must forward a dossier (Nghị định 118/2025/NĐ-CP Điều 18).

    Online: at once. On paper: the same working day, or the start of the next one
    when received after ``cutoff``.
    """
    begin = calendar.next_slot_start(received_at.replace(microsecond=0))
    if online:
        return begin
    if begin.time() > cutoff:
        return calendar.next_day_start(begin.date())
    return calendar.end_of_working_day(begin.date())
