"""Slots of a centre as its plan and its working calendar make them."""

from __future__ import annotations

import datetime as dt

from motcua.casework.calendar.public import calendar_for
from motcua.foundation.remembering import remembered
from motcua.foundation.timesource import local
from motcua.subsystems.reception.models import SlotPlan
from motcua.subsystems.reception.rules import PlanFacts, day_slots


@remembered("reception.SlotPlan")
def plan_of(agency_id: int, on: dt.date) -> PlanFacts | None:
    """The plan in force on a day; None when the centre gives no appointments."""
    rows = SlotPlan.objects.filter(agency_id=agency_id, valid_from__lte=on)
    row = rows.order_by("-valid_from").first()
    return row.facts if row is not None and row.counters else None


def slots_of_day(
    agency_id: int, day: dt.date | dt.datetime, plan: PlanFacts
) -> list[tuple[dt.datetime, dt.datetime]]:
    """Begin and end of each slot on a day; none on a day off."""
    on = local(day).date() if isinstance(day, dt.datetime) else day
    hours = calendar_for(agency_id).slots_on(on)
    return day_slots(on, hours.spans, plan.minutes) if hours else []
