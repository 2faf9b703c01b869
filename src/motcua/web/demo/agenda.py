"""Whose turn comes when: a heap of everything that is still to happen in the demo's past."""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.db import transaction

from motcua.casework.access.public import Actor
from motcua.casework.calendar.public import WorkCalendar
from motcua.foundation.timesource import at_time
from motcua.web.demo.casting import Cast

BATCH = 400


@dataclass(order=True, slots=True)
class Turn:
    """One thing that will happen at a moment."""

    at: dt.datetime
    order: int
    run: Callable[[dt.datetime], None] = field(compare=False)
    alone: bool = field(default=False, compare=False)
    """Whether its transaction ends with it: what it changed is remembered only afterwards."""


@dataclass(slots=True)
class History:
    """The running of all agendas up to a moment."""

    cast: Cast
    until: dt.datetime
    chance: Random
    calendar: WorkCalendar
    drawing: Callable[[Actor, str], None]
    seed: str = ""
    merged: dict[int, int] = field(default_factory=dict[int, int])
    agenda: list[Turn] = field(default_factory=list[Turn])
    filed: int = 0
    acts: int = 0
    refused: list[str] = field(default_factory=list[str])
    counter: Any = field(default_factory=itertools.count)

    def plan(
        self, at: dt.datetime, run: Callable[[dt.datetime], None], *, alone: bool = False
    ) -> None:
        """Let something happen, unless it lies beyond the end of the history."""
        if at < self.until:
            heapq.heappush(self.agenda, Turn(at, next(self.counter), run, alone))

    def office_time(self, at: dt.datetime) -> dt.datetime:
        """The moment itself in office hours, else a little after the next opening."""
        opens = self.calendar.next_slot_start(at.replace(microsecond=0))
        return opens if opens == at else opens + dt.timedelta(minutes=self.chance.randint(1, 50))

    def run(self, progress: Callable[[int, int], None], total: int) -> None:
        """Live through everything that is planned, many acts to a transaction."""
        while self.agenda:
            with transaction.atomic():
                for _ in range(BATCH):
                    if not self.agenda:
                        break
                    turn = heapq.heappop(self.agenda)
                    with at_time(turn.at):
                        turn.run(turn.at)
                    self.acts += 1
                    if turn.alone:
                        break
            progress(self.filed, total)
