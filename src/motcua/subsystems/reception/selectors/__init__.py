"""Every read of the hall. Those for officials are limited to the actor's own agencies."""

from motcua.subsystems.reception.selectors.appointments import (
    appointment_by_uid,
    appointment_of_card,
    appointments_on,
    bookable_days,
    centres_with_appointments,
    feed_of,
    slots_on,
)
from motcua.subsystems.reception.selectors.devices import (
    device_by_key,
    ticket_by_uid,
    to_rate,
)
from motcua.subsystems.reception.selectors.figures import (
    DayFigures,
    day_figures,
)
from motcua.subsystems.reception.selectors.halls import (
    CounterNow,
    Hall,
    Screen,
    ScreenLine,
    Wait,
    hall,
    screen_of,
    wait_of,
)
from motcua.subsystems.reception.selectors.places import (
    Setup,
    agency_by_id,
    centre_of,
    field_codes,
    field_names,
    setup_of,
)

__all__ = [
    "CounterNow",
    "DayFigures",
    "Hall",
    "Screen",
    "ScreenLine",
    "Setup",
    "Wait",
    "agency_by_id",
    "appointment_by_uid",
    "appointment_of_card",
    "appointments_on",
    "bookable_days",
    "centre_of",
    "centres_with_appointments",
    "day_figures",
    "device_by_key",
    "feed_of",
    "field_codes",
    "field_names",
    "hall",
    "screen_of",
    "setup_of",
    "slots_on",
    "ticket_by_uid",
    "to_rate",
    "wait_of",
]
