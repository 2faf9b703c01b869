"""The walk along a clock's entries. Pure; called by :func:`clock.rules.derive`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from motcua.casework.calendar.rules import SAME_DAY_CUTOFF, WorkCalendar
from motcua.casework.clock.terms import (
    Due,
    Entry,
    Limit,
    Part,
    Policy,
    Ruler,
    Span,
    State,
    Stretch,
    due_at,
    started_at,
)
from motcua.foundation.timesource import CITY_ZONE


def walk(entries: Sequence[Entry], calendar: WorkCalendar) -> Due:
    """See :func:`clock.rules.derive`."""
    if not entries:
        return Due("none", calendar=calendar)
    walker = _Walker(entries[0], calendar)
    for before, entry in pairwise(entries):
        walker.take(entry, before)
    return walker.due(entries[-1])


class _Walker:
    """Holds the running sums of one track. Lives for one call."""

    def __init__(self, start: Entry, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self.state: State = "running"
        self.stretches: list[Stretch] = []
        self.stopped_at: dt.datetime | None = None
        self.applicant_due: dt.datetime | None = None
        self.cause: Entry | None = None
        self.late: dt.datetime | None = None
        self.stopped_while: State = "none"
        self.used_at_stop: int | None = None
        self._begin(start, start)

    def _begin(self, terms: Entry, entry: Entry) -> None:
        """Count from zero under ``terms``, from the moment of ``entry``."""
        data = terms.data
        self.terms = terms
        self.limit = Limit.read(data["limit"])
        self.policy = Policy.read(data.get("policy") or {"kind": "pause"})
        self.ruler = Ruler(self.calendar, self.limit.unit)
        self.started_at = started_at(entry.at, self.limit.unit, self.calendar)
        self.run_tick = self.ruler.begin(self.started_at)
        self.run_from = self.started_at
        self.fresh = True
        self.cause = entry
        self.consumed = 0
        self.kept = 0
        self.parts = [Part("base", self._base_ticks(data.get("cutoff")), terms)]
        if remote := data.get("remote"):
            self.parts.append(Part("remote", self.ruler.ticks(Limit.read(remote)), terms))
        if entry.at < self.started_at:
            self.stretches.append(
                Stretch("wait", entry.at, self.started_at, self.run_tick, self.run_tick, entry)
            )

    def _base_ticks(self, cutoff: str | None) -> int:
        if self.limit.unit != "same_day":
            return self.ruler.ticks(self.limit)
        latest = dt.time.fromisoformat(cutoff) if cutoff else SAME_DAY_CUTOFF
        end = due_at(self.limit, self.started_at, self.calendar, latest)
        return self.ruler.place(end) - self.run_tick

    @property
    def total(self) -> int:
        return sum(part.ticks for part in self.parts)

    def due_tick(self) -> int:
        """Where the present run ends."""
        return self.run_tick + self.total - self.consumed + self.kept

    def present_due(self) -> dt.datetime:
        """The computed due date of a running clock."""
        if self.late:
            return self.late
        return max(self.ruler.moment(self.due_tick()), self.run_from)

    def take(self, entry: Entry, before: Entry) -> None:
        if entry.act == "suspend":
            self._suspend(entry, before.due_at)
        elif entry.act == "resume":
            self._resume(entry)
        elif entry.act == "extend":
            ticks = self.ruler.ticks(Limit.read(entry.data["limit"]))
            self.parts.append(Part("extension", ticks, entry))
            self.late = None
        elif entry.act == "restart":
            self._restart(entry)
        elif entry.act == "recompute":
            self.kept = int(entry.data.get("kept", 0))
        else:
            if self.state == "running":
                used = max(0, self.ruler.place(entry.at) - self.run_tick)
                self.used_at_stop = self.consumed + used
            self.stopped_at = entry.at
            self.stopped_while = self.state
            self.state = "stopped"

    def _suspend(self, entry: Entry, promised: dt.datetime | None) -> None:
        self.state = "paused"
        self.pause = entry
        self.applicant_due = None
        if limit := entry.data.get("applicant"):
            self.applicant_due = due_at(Limit.read(limit), entry.at, self.calendar)
        due = promised or self.present_due()
        if entry.at > due:
            # Asking for papers does not cure a delay: the missed date stays.
            self.late = due
            return
        at = max(entry.at, self.run_from)
        tick = max(self.run_tick, self.ruler.place(at))
        self._close_run(at, tick)
        self.consumed += tick - self.run_tick
        self.run_tick = tick
        self.run_from = at

    def _close_run(self, at: dt.datetime, tick: int) -> None:
        if at > self.run_from and self.cause:
            self.stretches.append(
                Stretch("run", self.run_from, at, self.run_tick, tick, self.cause, self.fresh)
            )
        # A start day that is not counted stays uncounted when the pause ends on it.
        self.fresh = self.fresh and tick == self.run_tick

    def _resume(self, entry: Entry) -> None:
        self.state = "running"
        self.applicant_due = None
        supplement = self.pause.data.get("ground", "supplement") == "supplement"
        if supplement and self.policy.kind == "restart":
            self._void(entry.at)
            self._begin(self.terms, entry)
            self.late = None
            return
        if self.late:
            return
        at = max(entry.at, self.run_from)
        if at > self.run_from:
            self.stretches.append(
                Stretch("pause", self.run_from, at, self.run_tick, self.run_tick, self.pause)
            )
        tick = self.ruler.place(at)
        on_start_day = at.astimezone(CITY_ZONE).date() == self.started_at.date()
        self.fresh = self.fresh and on_start_day
        self.run_tick = max(self.run_tick, tick)
        self.run_from = at
        self.cause = entry

    def _restart(self, entry: Entry) -> None:
        if self.state == "running":
            due = self.present_due()
            at = max(entry.at, self.run_from)
            self._close_run(at, max(self.run_tick, self.ruler.place(min(at, due))))
            self.run_from = at
        self.state = "running"
        self.stopped_at = None
        self.used_at_stop = None
        self._void(entry.at)
        terms = entry if "limit" in entry.data else self.terms
        self.late = None
        self._begin(terms, entry)

    def _void(self, upto: dt.datetime) -> None:
        """Everything so far no longer counts."""
        first = self.stretches[0].from_at if self.stretches else self.run_from
        if upto > first:
            self.stretches = [Stretch("void", first, upto, 0, 0, self.terms)]
        else:
            self.stretches = []

    def due(self, last: Entry) -> Due:
        """The standing after ``last``."""
        computed = None if self._is_paused else self.present_due()
        promised = last.due_at
        at = computed
        proposed = None
        if promised and computed and promised != computed and self.state == "running":
            at, proposed = promised, computed
        elif promised and self.state == "stopped":
            at = promised
        stretches = [*self.stretches, *self._last_stretch(computed)]
        unit = self.limit.unit
        return Due(
            state=self.state,
            at=at,
            started_at=self.started_at,
            limit=self.limit,
            policy=self.policy,
            total=Span(self.total, unit),
            consumed=Span(self.consumed if self.used_at_stop is None else self.used_at_stop, unit),
            stopped_at=self.stopped_at,
            applicant_due=self.applicant_due,
            proposed=proposed,
            provisional=bool(at and at.year not in self.calendar.known_years),
            extended=any(part.kind == "extension" for part in self.parts),
            promised=promised,
            last_act=last.act,
            computed=computed,
            missed=self.late is not None,
            run_tick=self.run_tick,
            kept=self.kept,
            stretches=tuple(stretches),
            parts=tuple(self.parts),
            calendar=self.calendar,
        )

    @property
    def _is_paused(self) -> bool:
        if self.late:
            return False
        return self.state == "paused" or (
            self.state == "stopped" and self.stopped_while == "paused"
        )

    def _last_stretch(self, computed: dt.datetime | None) -> list[Stretch]:
        if computed is None:
            return [
                Stretch(
                    "pause",
                    self.run_from,
                    self.stopped_at,
                    self.run_tick,
                    self.run_tick,
                    self.pause,
                )
            ]
        if not self.cause:
            return []
        end = self.due_tick() - self.kept
        return [Stretch("run", self.run_from, computed, self.run_tick, end, self.cause, self.fresh)]
