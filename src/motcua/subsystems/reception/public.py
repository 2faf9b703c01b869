"""The door of this slice: what others may call."""

from motcua.subsystems.reception.models import Appointment, Counter, Device, Ticket
from motcua.subsystems.reception.rules import PlanFacts
from motcua.subsystems.reception.selectors import DayFigures, day_figures, field_codes, slots_on
from motcua.subsystems.reception.services import (
    Booking,
    begin_service,
    book,
    call_next,
    finish,
    make_device,
    open_counter,
    set_counter,
    set_slot_plan,
    take_ticket,
)

__all__ = [
    "Appointment",
    "Booking",
    "Counter",
    "DayFigures",
    "Device",
    "PlanFacts",
    "Ticket",
    "begin_service",
    "book",
    "call_next",
    "day_figures",
    "field_codes",
    "finish",
    "make_device",
    "open_counter",
    "set_counter",
    "set_slot_plan",
    "slots_on",
    "take_ticket",
]
