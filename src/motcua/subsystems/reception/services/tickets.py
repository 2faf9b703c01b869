"""Tickets: drawn at the kiosk, called by exactly one counter, ended."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from motcua.casework.access.public import Actor, require
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, InvalidInput, NotFound
from motcua.foundation.outbox.public import emit
from motcua.foundation.timesource import local, now, today
from motcua.subsystems.reception.errors import NotAtCounter, StillCalling, TicketMoved
from motcua.subsystems.reception.groups import group_in_force
from motcua.subsystems.reception.manifest import SERVE
from motcua.subsystems.reception.models import Appointment, Counter, Sitting, Ticket
from motcua.subsystems.reception.queries import served_at
from motcua.subsystems.reception.rules import Ahead, letter_of, order_moment

State = Ticket.State
AT_COUNTER = (State.CALLED, State.SERVING)

_NEXT_NUMBER = """
INSERT INTO reception_ticketseries (agency_id, day, letter, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (agency_id, day, letter) DO UPDATE SET last = reception_ticketseries.last + 1
RETURNING last
"""


@transaction.atomic
def take_ticket(
    *,
    actor: Actor,
    agency_id: int,
    field: str,
    fields: list[str],
    procedure_code: str = "",
    group: str = "",
    card: str = "",
    appointment_uid: UUID | str | None = None,
) -> Ticket:
    """Draw the next number of a field.

    Args:
        fields: every field of the centre in order; its place gives the letter.
        group: code of a priority group in force today; an unknown one counts as none.
        card: what was read from the identity card, for the counter; wiped the same night.
        appointment_uid: the appointment the person keeps; it becomes *arrived*.

    Raises:
        InvalidInput: no such field. NotFound: no such open appointment at this centre today.
    """
    if field not in fields:
        wrong = Bilingual("Hãy chọn lĩnh vực.", "Choose a field.")
        raise InvalidInput({"field": wrong})
    at, day = now(), today()
    appointment = _arrive(agency_id, appointment_uid, at) if appointment_uid else None
    chosen = group_in_force(group, day)
    ahead = Ahead(chosen.minutes_ahead if chosen else 0)
    letter = letter_of(field, fields)
    ticket = Ticket.objects.create(
        agency_id=agency_id,
        day=day,
        letter=letter,
        number=_next_number(agency_id, day, letter),
        field=field,
        procedure_code=procedure_code,
        group=chosen.code if chosen else "",
        card=card,
        appointment=appointment,
        issued_at=at,
        order_at=order_moment(at, ahead, appointment.starts_at if appointment else None),
    )
    _note(actor, ticket, "reception.take_ticket", field=field, group=ticket.group)
    return ticket


def _next_number(agency_id: int, day: dt.date, letter: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_NUMBER, [agency_id, day, letter])
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def _arrive(agency_id: int, uid: UUID | str, at: dt.datetime) -> Appointment:
    booked = Appointment.objects.filter(
        agency_id=agency_id, uid=uid, state=Appointment.State.BOOKED
    ).first()
    if booked is None or local(booked.starts_at).date() != local(at).date():
        raise NotFound
    kept = Appointment.objects.filter(pk=booked.pk, state=Appointment.State.BOOKED)
    if not kept.update(state=Appointment.State.ARRIVED, changed_at=at):
        raise NotFound
    return booked


def _own_counter(actor: Actor) -> Counter:
    """The counter the actor has open, locked: two presses of one clerk come one by one."""
    sitting = Sitting.objects.filter(account_id=actor.account_id, closed_at=None).first()
    if sitting is None:
        raise NotAtCounter
    counter = Counter.objects.select_for_update().get(pk=sitting.counter_id)
    require(actor, SERVE, agency_id=counter.agency_id)
    return counter


@transaction.atomic
def call_next(*, actor: Actor) -> Ticket | None:
    """Call the next ticket to the actor's counter; end the one being served there.

    Two counters never get the same ticket: PostgreSQL skips a row another counter holds,
    SQLite lets one writer at a time, and the change of state counts only once.

    Returns:
        The called ticket, or None when nobody waits. Emits ``reception.called``.

    Raises:
        NotAtCounter: no counter is open. StillCalling: a called person has not come yet.
    """
    counter = _own_counter(actor)
    present = Ticket.objects.filter(counter=counter, state__in=AT_COUNTER).first()
    if present is not None:
        if present.state == State.CALLED:
            raise StillCalling(label=present.label)
        _end(actor, present)
    waiting = served_at(counter, today()).select_for_update(skip_locked=True, of=("self",))
    ticket = waiting.first()
    if ticket is None:
        return None
    return _call(actor, counter, ticket)


def _call(actor: Actor, counter: Counter, ticket: Ticket) -> Ticket:
    at = now()
    _change(
        ticket,
        (State.WAITING,),
        state=State.CALLED,
        counter_id=counter.pk,
        served_by_id=actor.account_id,
        called_at=ticket.called_at or at,
        calls=ticket.calls + 1,
    )
    _note(actor, ticket, "reception.call", counter=counter.number)
    emit("reception.called", str(ticket.uid), {"ticket_id": ticket.pk, "counter": counter.number})
    return ticket


def _at_own_counter(actor: Actor, uid: UUID | str) -> Ticket:
    counter = _own_counter(actor)
    ticket = Ticket.objects.filter(uid=uid, counter=counter).first()
    if ticket is None:
        raise NotFound
    return ticket


@transaction.atomic
def recall(*, actor: Actor, uid: UUID | str) -> Ticket:
    """Call the same ticket again; the screen says it anew.

    Raises:
        NotFound: not at the actor's counter. TicketMoved: it is being served or over.
    """
    ticket = _at_own_counter(actor, uid)
    _change(ticket, (State.CALLED,), calls=ticket.calls + 1)
    _note(actor, ticket, "reception.recall", calls=ticket.calls)
    return ticket


@transaction.atomic
def begin_service(*, actor: Actor, uid: UUID | str) -> Ticket:
    """The person came: serving begins. Raises as :func:`recall`."""
    ticket = _at_own_counter(actor, uid)
    _change(ticket, (State.CALLED,), state=State.SERVING, began_at=now())
    _note(actor, ticket, "reception.begin")
    return ticket


@transaction.atomic
def mark_missed(*, actor: Actor, uid: UUID | str) -> Ticket:
    """The called person did not come. Raises as :func:`recall`."""
    ticket = _at_own_counter(actor, uid)
    _change(ticket, (State.CALLED,), state=State.MISSED, ended_at=now())
    _note(actor, ticket, "reception.miss", calls=ticket.calls)
    return ticket


@transaction.atomic
def finish(*, actor: Actor, uid: UUID | str) -> Ticket:
    """The service is over; the tablet asks how it went. Emits ``reception.finished``."""
    ticket = _at_own_counter(actor, uid)
    _end(actor, ticket)
    return ticket


def _end(actor: Actor, ticket: Ticket) -> None:
    at = now()
    _change(ticket, AT_COUNTER, state=State.DONE, ended_at=at, began_at=ticket.began_at or at)
    _note(actor, ticket, "reception.finish")
    emit(
        "reception.finished",
        str(ticket.uid),
        {"ticket_id": ticket.pk, "case_id": ticket.case_id},
    )


@transaction.atomic
def transfer(
    *, actor: Actor, uid: UUID | str, field: str = "", counter_id: int | None = None
) -> Ticket:
    """Send the person on to another field or counter; they keep their place in time.

    Raises:
        InvalidInput: neither field nor counter. NotFound: no such counter here.
    """
    ticket = _at_own_counter(actor, uid)
    if not field and counter_id is None:
        wrong = Bilingual("Chọn lĩnh vực hoặc quầy chuyển đến.", "Choose a field or a counter.")
        raise InvalidInput({"to": wrong})
    other = None
    if counter_id is not None:
        other = Counter.objects.filter(
            pk=counter_id, agency_id=ticket.agency_id, active=True
        ).first()
        if other is None:
            raise NotFound
    _change(
        ticket,
        AT_COUNTER,
        state=State.WAITING,
        field=field or ticket.field,
        only_counter_id=counter_id,
        counter_id=None,
        served_by_id=None,
    )
    to = other.number if other else 0
    _note(actor, ticket, "reception.transfer", field=ticket.field, counter=to)
    return ticket


@transaction.atomic
def bring_back(*, actor: Actor, uid: UUID | str) -> Ticket:
    """Somebody marked absent came after all: they wait again, from now on.

    Raises:
        NotFound: no such ticket of today at a centre where the actor serves.
    """
    ticket = Ticket.objects.filter(uid=uid, day=today(), agency_id__in=actor.agency_ids).first()
    if ticket is None:
        raise NotFound
    require(actor, SERVE, agency_id=ticket.agency_id)
    _change(
        ticket,
        (State.MISSED,),
        state=State.WAITING,
        order_at=now(),
        counter_id=None,
        served_by_id=None,
        ended_at=None,
    )
    _note(actor, ticket, "reception.bring_back")
    return ticket


@transaction.atomic
def link_case(*, actor: Actor, account_id: int, case_id: int) -> Ticket | None:
    """Lay a dossier just filed at a counter to the ticket that clerk is serving."""
    ticket = Ticket.objects.filter(
        served_by_id=account_id, day=today(), state__in=AT_COUNTER, case=None
    ).first()
    if ticket is None:
        return None
    _change(ticket, AT_COUNTER, case_id=case_id)
    _note(actor, ticket, "reception.link_case", case=case_id)
    return ticket


def _change(ticket: Ticket, expected: tuple[str, ...], **values: Any) -> None:
    """Change a ticket only if it is still in the expected state.

    Raises:
        TicketMoved: somebody else changed it first.
    """
    if not Ticket.objects.filter(pk=ticket.pk, state__in=expected).update(**values):
        raise TicketMoved
    for name, value in values.items():
        setattr(ticket, name, value)


def _note(actor: Actor, ticket: Ticket, verb: str, **facts: object) -> None:
    record(
        actor=actor,
        chain=f"ticket:{ticket.pk}",
        verb=verb,
        after={"ticket": ticket.label, **facts},
        agency_id=ticket.agency_id,
    )
