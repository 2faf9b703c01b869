"""What the night takes away: cards read at the kiosk, contacts of old appointments."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from motcua.casework.access.public import SYSTEM
from motcua.casework.ledger.public import record
from motcua.foundation.timesource import now, today
from motcua.subsystems.reception.models import Appointment, Ticket

KEEP_CONTACTS = dt.timedelta(days=30)


@transaction.atomic
def wipe_personal_data() -> int:
    """Empty cards of days gone by and names of appointments older than 30 days.

    Appointments still booked yesterday become *missed*. Returns how many rows were wiped.
    """
    at = now()
    cards = Ticket.objects.filter(day__lt=today()).exclude(card="").update(card="")
    old = Appointment.objects.filter(starts_at__lt=at - KEEP_CONTACTS).exclude(name="")
    contacts = old.update(name="", phone="", email="", identity_hash="")
    late = Appointment.objects.filter(
        state=Appointment.State.BOOKED, ends_at__lt=at - dt.timedelta(hours=6)
    )
    missed = late.update(state=Appointment.State.MISSED, changed_at=at)
    if cards or contacts or missed:
        record(
            actor=SYSTEM,
            chain="hall:wiping",
            verb="reception.wipe",
            after={"cards": cards, "contacts": contacts, "missed": missed},
        )
    return cards + contacts
