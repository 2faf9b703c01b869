"""Queries that both services and selectors use."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from motcua.subsystems.reception.models import Counter, Ticket


def served_at(counter: Counter, day: dt.date) -> QuerySet[Ticket]:
    """The waiting tickets a counter may call, in the order of calling."""
    here = (
        Q(only_counter=None, field__in=counter.fields) if counter.fields else Q(only_counter=None)
    )
    return Ticket.objects.filter(
        here | Q(only_counter=counter),
        agency_id=counter.agency_id,
        day=day,
        state=Ticket.State.WAITING,
    ).order_by("order_at", "pk")
