"""One clock of a case: where it stands, and the next entry on it. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from motcua.casework.calendar.rules import WorkCalendar
from motcua.casework.clock.errors import ClockGoesForward
from motcua.casework.clock.rules import derive, of_track
from motcua.casework.clock.terms import Act, Due, Entry
from motcua.casework.clock.wording import moment_in_words


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


@dataclass(frozen=True, slots=True)
class Track:
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


def track_of(entries: Sequence[Entry], name: str, calendar: WorkCalendar) -> Track:
    """The clock of this name among a case's entries."""
    mine = of_track(entries, name)
    last_seq = entries[-1].seq if entries else 0
    return Track(name, calendar, mine, last_seq, derive(mine, calendar))
