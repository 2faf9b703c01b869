"""Decisions of the hall: who is called next, how long it takes, which slots there are."""

from motcua.subsystems.reception.rules.ical import Event, calendar_text
from motcua.subsystems.reception.rules.queueing import (
    DEFAULT_SECONDS,
    LEVELS,
    REASONS,
    Ahead,
    estimated_minutes,
    letter_of,
    order_moment,
    ticket_label,
    typical_seconds,
)
from motcua.subsystems.reception.rules.slots import PlanFacts, Slot, day_slots, is_bookable

__all__ = [
    "DEFAULT_SECONDS",
    "LEVELS",
    "REASONS",
    "Ahead",
    "Event",
    "PlanFacts",
    "Slot",
    "calendar_text",
    "day_slots",
    "estimated_minutes",
    "is_bookable",
    "letter_of",
    "order_moment",
    "ticket_label",
    "typical_seconds",
]
