"""The hall now: counters, the queue, the calling screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from motcua.casework.access.public import Actor, allowed
from motcua.casework.agencies.public import Agency
from motcua.foundation.errors import NotAllowed
from motcua.foundation.timesource import today
from motcua.subsystems.reception.manifest import SERVE
from motcua.subsystems.reception.models import Counter, Sitting, Ticket
from motcua.subsystems.reception.rules import estimated_minutes, typical_seconds

State = Ticket.State
LATEST = 20


@dataclass(frozen=True, slots=True)
class CounterNow:
    """A counter with who sits there and the ticket it has."""

    counter: Counter
    sitting: Sitting | None
    ticket: Ticket | None


@dataclass(frozen=True, slots=True)
class Hall:
    """The hall of a centre at a moment. Four statements."""

    agency: Agency
    counters: Sequence[CounterNow]
    waiting: Sequence[Ticket]
    missed: Sequence[Ticket]
    own: CounterNow | None
    next_here: Ticket | None
    seconds_each: float

    @property
    def open_counters(self) -> int:
        """How many counters are staffed."""
        return sum(1 for c in self.counters if c.sitting)


def hall(actor: Actor, agency: Agency) -> Hall:
    """The hall as its clerks see it.

    Raises:
        NotAllowed: the actor does not serve at this centre.
    """
    if not allowed(actor, SERVE, agency_id=agency.pk):
        raise NotAllowed
    counters = _counters_now(agency.pk)
    mine = next((c for c in counters if _sits(c, actor)), None)
    live = list(
        Ticket.objects.filter(
            agency=agency, day=today(), state__in=(State.WAITING, State.MISSED)
        ).order_by("order_at", "pk")
    )
    waiting = [t for t in live if t.state == State.WAITING]
    here = mine.counter if mine else None
    return Hall(
        agency,
        counters,
        waiting,
        [t for t in live if t.state == State.MISSED],
        mine,
        next((t for t in waiting if here and _served_by(t, here)), None),
        typical_seconds(_latest_seconds(agency.pk)),
    )


def _sits(place: CounterNow, actor: Actor) -> bool:
    return place.sitting is not None and place.sitting.account_id == actor.account_id


def _served_by(ticket: Ticket, counter: Counter) -> bool:
    if ticket.only_counter_id:
        return ticket.only_counter_id == counter.pk
    return not counter.fields or ticket.field in counter.fields


def _counters_now(agency_id: int) -> list[CounterNow]:
    sittings = {
        s.counter_id: s
        for s in Sitting.objects.filter(
            counter__agency_id=agency_id, closed_at=None
        ).select_related("account")
    }
    at_counters = {
        t.counter_id: t
        for t in Ticket.objects.filter(
            agency_id=agency_id, day=today(), state__in=(State.CALLED, State.SERVING)
        ).select_related("case", "appointment")
    }
    rows = Counter.objects.filter(agency_id=agency_id, active=True)
    return [CounterNow(c, sittings.get(c.pk), at_counters.get(c.pk)) for c in rows]


def _latest_seconds(agency_id: int) -> list[float]:
    rows = Ticket.objects.filter(
        agency_id=agency_id, day=today(), state=State.DONE, began_at__isnull=False
    ).order_by("-ended_at")[:LATEST]
    return [
        (end - begin).total_seconds() for begin, end in rows.values_list("began_at", "ended_at")
    ]


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a ticket will wait: people before it, counters that may call it, minutes."""

    ahead: int
    counters: int
    minutes: int | None


def wait_of(ticket: Ticket) -> Wait:
    """The estimate for a waiting ticket. Four statements."""
    open_here = [
        s.counter
        for s in Sitting.objects.filter(
            counter__agency_id=ticket.agency_id, counter__active=True, closed_at=None
        ).select_related("counter")
        if _served_by(ticket, s.counter)
    ]
    fields = {f for c in open_here for f in c.fields} if all(c.fields for c in open_here) else None
    before = Ticket.objects.filter(
        Q(order_at__lt=ticket.order_at) | Q(order_at=ticket.order_at, pk__lt=ticket.pk),
        agency_id=ticket.agency_id,
        day=ticket.day,
        state=State.WAITING,
    )
    if fields is not None:
        before = before.filter(field__in=fields | {ticket.field})
    ahead = before.count()
    each = typical_seconds(_latest_seconds(ticket.agency_id))
    return Wait(ahead, len(open_here), estimated_minutes(ahead, len(open_here), each))


@dataclass(frozen=True, slots=True)
class ScreenLine:
    """One counter on the calling screen: its number, the ticket's label, how often called."""

    counter: int
    label: str
    calls: int
    calling: bool


@dataclass(frozen=True, slots=True)
class Screen:
    """What the calling screen shows: no person, only numbers. Two statements."""

    lines: Sequence[ScreenLine]
    waiting: Sequence[str]
    waiting_count: int
    version: str


def screen_of(agency_id: int) -> Screen:
    """The calling screen of a centre now, the latest call first."""
    called = Ticket.objects.filter(
        agency_id=agency_id, day=today(), state__in=(State.CALLED, State.SERVING)
    ).select_related("counter")
    rows = sorted(called, key=lambda t: (t.state != State.CALLED, -_seconds(t.called_at)))
    lines = [
        ScreenLine(t.counter.number if t.counter else 0, t.label, t.calls, t.state == State.CALLED)
        for t in rows
    ]
    waiting = list(
        Ticket.objects.filter(agency_id=agency_id, day=today(), state=State.WAITING)
        .order_by("order_at", "pk")
        .only("letter", "number")
    )
    labels = [t.label for t in waiting[:12]]
    mark = ";".join(f"{x.counter}{x.label}{x.calls}{x.calling:d}" for x in lines)
    return Screen(lines, labels, len(waiting), f"{mark}|{','.join(labels)}|{len(waiting)}")


def _seconds(moment: dt.datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
