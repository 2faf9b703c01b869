"""When a step or a timer is due, on the working calendar of the agency concerned."""

from __future__ import annotations

import datetime as dt

from motcua.casework.calendar.public import WorkCalendar, calendar_for
from motcua.casework.workflow.rules.document import After


def step_due(agency_id: int | None, at: dt.datetime, hours: float | None) -> dt.datetime | None:
    """The end of ``hours`` working hours from ``at``; None for steps without a time."""
    return None if hours is None else _calendar(agency_id).add_working_hours(at, hours)


def timer_due(agency_id: int | None, at: dt.datetime, after: After) -> dt.datetime:
    """The moment ``after`` has passed since ``at``."""
    if after.unit == "hour":
        return at + dt.timedelta(hours=after.amount)
    calendar = _calendar(agency_id)
    if after.unit == "working_hour":
        return calendar.add_working_hours(at, after.amount)
    if after.unit == "working_day":
        return calendar.add_working_days(at, after.amount)
    return calendar.add_calendar_days(at, after.amount)


def _calendar(agency_id: int | None) -> WorkCalendar:
    return calendar_for(agency_id)
