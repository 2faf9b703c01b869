"""The door of the calendar: what others may call."""

from motcua.casework.calendar.building import OFFICE_WEEK, Hours, build, parse_slots
from motcua.casework.calendar.rules import (
    DAY_TICKS,
    SAME_DAY_CUTOFF,
    OutsideCalendarError,
    Slots,
    SpecialDay,
    WorkCalendar,
)
from motcua.casework.calendar.seed import delivered_calendar
from motcua.casework.calendar.selectors import (
    calendar_for,
    effective_days,
    history_of,
    opening_hours_of,
)
from motcua.casework.calendar.services import (
    DAY_CHANGED,
    HOURS_CHANGED,
    DayChange,
    Decision,
    change_calendar_day,
    change_calendar_days,
    set_opening_hours,
)
from motcua.casework.calendar.years import decide_year, propose_year, seed_calendar

__all__ = [
    "DAY_CHANGED",
    "DAY_TICKS",
    "HOURS_CHANGED",
    "OFFICE_WEEK",
    "SAME_DAY_CUTOFF",
    "DayChange",
    "Decision",
    "Hours",
    "OutsideCalendarError",
    "Slots",
    "SpecialDay",
    "WorkCalendar",
    "build",
    "calendar_for",
    "change_calendar_day",
    "change_calendar_days",
    "decide_year",
    "delivered_calendar",
    "effective_days",
    "history_of",
    "opening_hours_of",
    "parse_slots",
    "propose_year",
    "seed_calendar",
    "set_opening_hours",
]
