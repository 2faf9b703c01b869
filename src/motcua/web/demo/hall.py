"""The hall of the flagship ward: counters and devices once, tickets and appointments each day."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from motcua.casework.access.public import ANONYMOUS, Actor, actor_of
from motcua.casework.agencies.public import Agency, holders_of
from motcua.foundation.errors import DomainError
from motcua.foundation.timesource import today
from motcua.subsystems.reception.public import (
    Booking,
    Counter,
    PlanFacts,
    Ticket,
    begin_service,
    book,
    call_next,
    field_codes,
    make_device,
    open_counter,
    set_counter,
    set_slot_plan,
    slots_on,
    take_ticket,
)

FLAGSHIP_CENTRE = "tt-26740"
NAMES = ("Nguyễn Thị Hạnh", "Trần Văn Lộc", "Lê Minh Châu", "Phạm Quốc Bảo", "Võ Thị Mai",
         "Đặng Hữu Phước")  # fmt: skip
COUNTERS = ((1, "Hộ tịch, chứng thực", 2), (2, "Kinh doanh, xây dựng", 0), (3, "Mọi thủ tục", 0),
            (4, "Trả kết quả", 0))  # fmt: skip
WAITING = ("", "elderly", "", "", "pregnant", "", "")


def open_hall() -> None:
    """Set the hall up when it is missing, and fill today's when nobody drew a number yet."""
    centre = Agency.objects.filter(code=FLAGSHIP_CENTRE).first()
    if centre is None:
        return
    head = _holder(centre, "centre_head")
    if head is None:
        return
    if not Counter.objects.filter(agency=centre).exists():
        _furnish(head, centre)
    if not Ticket.objects.filter(agency=centre, day=today()).exists():
        _fill(centre)


def _holder(centre: Agency, role: str) -> Actor | None:
    held = holders_of(centre.pk, role, today())
    return actor_of(held[0].account) if held else None


def _furnish(head: Actor, centre: Agency) -> None:
    fields = field_codes()
    for number, name, serves in COUNTERS:
        set_counter(
            actor=head, agency_id=centre.pk, number=number, name=name, fields=fields[:serves]
        )
    first = Counter.objects.filter(agency=centre).order_by("number")[0]
    for kind in ("kiosk", "screen", "tablet", "calendar"):
        make_device(actor=head, agency_id=centre.pk, kind=kind, counter_id=first.pk)
    set_slot_plan(
        actor=head, agency_id=centre.pk, facts=PlanFacts(30, 2, 2, 14, 0), valid_from=today()
    )


def _fill(centre: Agency) -> None:
    """A few people wait, one is being served, some will come by appointment."""
    fields = field_codes()
    for place, group in enumerate(WAITING):
        take_ticket(
            actor=ANONYMOUS,
            agency_id=centre.pk,
            field=fields[place % min(3, len(fields))],
            fields=fields,
            group=group,
        )
    _serve_one(centre)
    _book_some(centre)


def _serve_one(centre: Agency) -> None:
    clerks = holders_of(centre.pk, "receiving_clerk", today())
    third = Counter.objects.filter(agency=centre, number=3).first()
    if len(clerks) < 2 or third is None:
        return
    clerk = actor_of(clerks[1].account)
    with suppress(DomainError):  # perhaps left open yesterday
        open_counter(actor=clerk, counter_id=third.pk)
    ticket = call_next(actor=clerk)
    if ticket is not None:
        begin_service(actor=clerk, uid=ticket.uid)


def _book_some(centre: Agency) -> None:
    """Today's later slots, or the next working day's after hours."""
    for ahead in range(8):
        day = today() + dt.timedelta(days=ahead)
        slots = [slot for slot in slots_on(centre.pk, day) if slot.left]
        for name, slot in zip(NAMES, slots[::2], strict=False):
            book(
                actor=ANONYMOUS,
                booking=Booking(
                    agency_id=centre.pk,
                    starts_at=slot.starts_at,
                    name=name,
                    phone="0100123456",
                    procedure_code="1.004873",
                    field=field_codes()[0],
                ),
            )
        if slots and ahead:
            return
