"""Slots and appointments."""

from __future__ import annotations

import datetime as dt
from collections import Counter as Tally
from uuid import UUID

from motcua.casework.access.public import Actor, allowed
from motcua.casework.agencies.public import Agency, agencies_as_of
from motcua.foundation.crypto import keyed_hash
from motcua.foundation.errors import NotAllowed, NotFound
from motcua.foundation.timesource import CITY_ZONE, now, today
from motcua.subsystems.reception.manifest import SERVE
from motcua.subsystems.reception.models import CARD_PURPOSE, Appointment, SlotPlan
from motcua.subsystems.reception.rules import Slot, is_bookable
from motcua.subsystems.reception.slotting import plan_of, slots_of_day


def centres_with_appointments() -> list[Agency]:
    """The centres that give appointments today, by name."""
    ids = SlotPlan.objects.filter(valid_from__lte=today()).values_list("agency_id", flat=True)
    chosen = [pk for pk in set(ids) if plan_of(pk, today())]
    return list(agencies_as_of(today()).filter(pk__in=chosen).order_by("level", "name"))


def bookable_days(agency_id: int) -> list[tuple[dt.date, int]]:
    """The days with slots, each with the places left. One statement."""
    plan = plan_of(agency_id, today())
    if plan is None:
        return []
    days = [today() + dt.timedelta(days=n) for n in range(plan.days_ahead + 1)]
    taken = _taken(agency_id, days[0], days[-1])
    found: list[tuple[dt.date, int]] = []
    for day in days:
        slots = [b for b, _e in slots_of_day(agency_id, day, plan) if is_bookable(b, now(), plan)]
        if slots:
            found.append((day, sum(max(0, plan.places - taken[begin]) for begin in slots)))
    return found


def slots_on(agency_id: int, day: dt.date) -> list[Slot]:
    """The slots of a day that may be booked now, full ones included. One statement."""
    plan = plan_of(agency_id, today())
    if plan is None:
        return []
    taken = _taken(agency_id, day, day)
    return [
        Slot(begin, end, max(0, plan.places - taken[begin]))
        for begin, end in slots_of_day(agency_id, day, plan)
        if is_bookable(begin, now(), plan)
    ]


def _taken(agency_id: int, first: dt.date, last: dt.date) -> Tally[dt.datetime]:
    begin, end = _bounds(first)[0], _bounds(last)[1]
    rows = Appointment.objects.filter(
        agency_id=agency_id, starts_at__gte=begin, starts_at__lt=end
    ).exclude(state=Appointment.State.CANCELLED)
    return Tally(rows.values_list("starts_at", flat=True))


def _bounds(day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    begin = dt.datetime.combine(day, dt.time(), CITY_ZONE)
    return begin, begin + dt.timedelta(days=1)


def appointments_on(actor: Actor, agency: Agency, day: dt.date) -> list[Appointment]:
    """The appointments of a day in order, cancelled ones left out. One statement.

    Raises:
        NotAllowed: the actor does not serve at this centre.
    """
    if not allowed(actor, SERVE, agency_id=agency.pk):
        raise NotAllowed
    begin, end = _bounds(day)
    return list(
        Appointment.objects.filter(agency=agency, starts_at__gte=begin, starts_at__lt=end)
        .exclude(state=Appointment.State.CANCELLED)
        .select_related("ticket")
    )


def feed_of(agency_id: int) -> list[Appointment]:
    """The appointments of a centre from a week ago on, for its calendar."""
    since = now() - dt.timedelta(days=7)
    return list(Appointment.objects.filter(agency_id=agency_id, starts_at__gte=since)[:2000])


def appointment_by_uid(uid: UUID | str) -> Appointment:
    """An appointment; the caller has checked who asks. Raises NotFound."""
    found = Appointment.objects.select_related("agency").filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def appointment_of_card(agency_id: int, identity: str) -> Appointment | None:
    """Today's open appointment of the person with this identity number."""
    begin, end = _bounds(today())
    return Appointment.objects.filter(
        agency_id=agency_id,
        identity_hash=keyed_hash(identity, purpose=CARD_PURPOSE),
        starts_at__gte=begin,
        starts_at__lt=end,
        state=Appointment.State.BOOKED,
    ).first()
