"""Every write of the hall: counters, tickets, appointments, devices, ratings."""

from motcua.subsystems.reception.services.booking import (
    Booking,
    book,
    cancel_appointment,
    move_appointment,
    set_slot_plan,
)
from motcua.subsystems.reception.services.counters import (
    close_counter,
    open_counter,
    set_counter,
)
from motcua.subsystems.reception.services.devices import end_device, make_device
from motcua.subsystems.reception.services.nightly import wipe_personal_data
from motcua.subsystems.reception.services.rating import rate_service
from motcua.subsystems.reception.services.tickets import (
    begin_service,
    bring_back,
    call_next,
    finish,
    link_case,
    mark_missed,
    recall,
    take_ticket,
    transfer,
)

__all__ = [
    "Booking",
    "begin_service",
    "book",
    "bring_back",
    "call_next",
    "cancel_appointment",
    "close_counter",
    "end_device",
    "finish",
    "link_case",
    "make_device",
    "mark_missed",
    "move_appointment",
    "open_counter",
    "rate_service",
    "recall",
    "set_counter",
    "set_slot_plan",
    "take_ticket",
    "transfer",
    "wipe_personal_data",
]
