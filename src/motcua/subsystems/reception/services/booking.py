"""Appointments: a place in a slot, booked, moved, cancelled; and the plan behind the slots."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.casework.access.public import ANONYMOUS, Actor, require
from motcua.casework.ledger.public import record
from motcua.casework.people.public import clean_identity, identity_kind
from motcua.foundation.crypto import keyed_hash
from motcua.foundation.errors import Bilingual, InvalidInput, NotFound
from motcua.foundation.outbox.public import emit
from motcua.foundation.timesource import now, today
from motcua.subsystems.reception.errors import AppointmentOver, SlotClosed, SlotFull
from motcua.subsystems.reception.manifest import MANAGE
from motcua.subsystems.reception.models import CARD_PURPOSE, Appointment, SlotPlan
from motcua.subsystems.reception.rules import PlanFacts, is_bookable
from motcua.subsystems.reception.slotting import plan_of, slots_of_day

State = Appointment.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """Who comes, when and for what."""

    agency_id: int
    starts_at: dt.datetime
    name: str
    phone: str = ""
    email: str = ""
    identity: str = ""
    field: str = ""
    procedure_code: str = ""
    language: str = "vi"


def _problems(booking: Booking) -> dict[str, Bilingual]:
    found: dict[str, Bilingual] = {}
    if not booking.name.strip():
        found["name"] = Bilingual("Nhập họ tên người sẽ đến.", "Enter the name of who will come.")
    digits = sum(c.isdecimal() for c in booking.phone)
    if booking.phone and not 9 <= digits <= 12:
        found["phone"] = Bilingual(
            "Số điện thoại có 10 chữ số, ví dụ 0901234567.", "A phone number has 10 digits."
        )
    if booking.email and ("@" not in booking.email or " " in booking.email.strip()):
        found["email"] = Bilingual(
            "Địa chỉ thư điện tử cần có dạng ten@noi.vn.", "An e-mail address looks like a@b.vn."
        )
    if not booking.phone and not booking.email:
        found["phone"] = Bilingual(
            "Nhập số điện thoại hoặc thư điện tử.", "Enter a phone number or an e-mail address."
        )
    if booking.identity and identity_kind(clean_identity(booking.identity)) is None:
        found["identity"] = Bilingual(
            "Số định danh có 12 chữ số; có thể bỏ trống.",
            "The identity number has 12 digits; it may be left out.",
        )
    return found


@transaction.atomic
def book(*, actor: Actor, booking: Booking) -> Appointment:
    """Book a place. Emits ``reception.appointment_changed``; a confirmation goes by mail.

    Raises:
        InvalidInput: by field. SlotClosed: no such slot, too soon, too far, or a day off.
        SlotFull: the last place has just gone.
    """
    problems = _problems(booking)
    if problems:
        raise InvalidInput(problems)
    ends_at, plan = _open_slot(booking.agency_id, booking.starts_at)
    at = now()
    identity = clean_identity(booking.identity)
    appointment = Appointment(
        agency_id=booking.agency_id,
        starts_at=booking.starts_at,
        ends_at=ends_at,
        field=booking.field,
        procedure_code=booking.procedure_code,
        name=booking.name.strip()[:200],
        phone=booking.phone.strip()[:20],
        email=booking.email.strip()[:200],
        identity_hash=keyed_hash(identity, purpose=CARD_PURPOSE) if identity else "",
        party_id=actor.party_id,
        language=booking.language,
        made_at=at,
        changed_at=at,
    )
    _seat(appointment, plan)
    _tell(actor, appointment, "reception.book")
    return appointment


def _open_slot(agency_id: int, starts_at: dt.datetime) -> tuple[dt.datetime, PlanFacts]:
    """The end of the slot that begins then, if it is open."""
    plan = plan_of(agency_id, today())
    if plan is None or not is_bookable(starts_at, now(), plan):
        raise SlotClosed
    for begin, end in slots_of_day(agency_id, starts_at, plan):
        if begin == starts_at:
            return end, plan
    raise SlotClosed


def _seat(appointment: Appointment, plan: PlanFacts) -> None:
    """Give the appointment the lowest free place; the database refuses a place given twice."""
    for _try in range(plan.places + 1):
        taken = set(
            Appointment.objects.filter(
                agency_id=appointment.agency_id, starts_at=appointment.starts_at
            )
            .exclude(state=State.CANCELLED)
            .exclude(pk=appointment.pk)
            .values_list("place", flat=True)
        )
        free = [place for place in range(1, plan.places + 1) if place not in taken]
        if not free:
            raise SlotFull
        appointment.place = free[0]
        try:
            with transaction.atomic():
                appointment.save()
        except IntegrityError:
            continue
        return
    raise SlotFull


@transaction.atomic
def move_appointment(
    *, uid: UUID | str, starts_at: dt.datetime, actor: Actor = ANONYMOUS
) -> Appointment:
    """Move a booked appointment to another slot. The caller has checked who may.

    Raises:
        NotFound, AppointmentOver, SlotClosed, SlotFull.
    """
    appointment = _still_booked(uid)
    ends_at, plan = _open_slot(appointment.agency_id, starts_at)
    appointment.starts_at, appointment.ends_at = starts_at, ends_at
    appointment.sequence += 1
    appointment.changed_at = now()
    _seat(appointment, plan)
    _tell(actor, appointment, "reception.move_appointment")
    return appointment


@transaction.atomic
def cancel_appointment(*, uid: UUID | str, actor: Actor = ANONYMOUS) -> Appointment:
    """Give the place back. The caller has checked who may.

    Raises:
        NotFound. AppointmentOver: cancelled, kept or missed already.
    """
    appointment = _still_booked(uid)
    appointment.state = State.CANCELLED
    appointment.sequence += 1
    appointment.changed_at = now()
    appointment.save(update_fields=["state", "sequence", "changed_at"])
    _tell(actor, appointment, "reception.cancel_appointment")
    return appointment


def _still_booked(uid: UUID | str) -> Appointment:
    found = Appointment.objects.select_for_update().filter(uid=uid).first()
    if found is None:
        raise NotFound
    if found.state != State.BOOKED:
        raise AppointmentOver
    return found


def _tell(actor: Actor, appointment: Appointment, verb: str) -> None:
    record(
        actor=actor,
        chain=f"appointment:{appointment.pk}",
        verb=verb,
        after={
            "starts_at": appointment.starts_at.isoformat(),
            "state": appointment.state,
            "sequence": appointment.sequence,
        },
        agency_id=appointment.agency_id,
    )
    emit(
        "reception.appointment_changed",
        str(appointment.uid),
        {"appointment_id": appointment.pk, "sequence": appointment.sequence},
    )


@transaction.atomic
def set_slot_plan(
    *, actor: Actor, agency_id: int, facts: PlanFacts, valid_from: dt.date, basis: str = ""
) -> SlotPlan:
    """Decide how the centre gives appointments from a day on; earlier rows stay as they were.

    Raises:
        NotAllowed: the actor does not run this centre. InvalidInput: a figure out of bounds.
    """
    require(actor, MANAGE, agency_id=agency_id)
    bounds = {"minutes": (5, 240), "counters": (0, 50), "per_counter": (1, 50),
              "days_ahead": (1, 90), "minutes_before": (0, 2880)}  # fmt: skip
    wrong = {
        name: Bilingual(f"Nhập số từ {low} đến {high}.", f"Enter a number from {low} to {high}.")
        for name, (low, high) in bounds.items()
        if not low <= getattr(facts, name) <= high
    }
    if valid_from < today():
        wrong["valid_from"] = Bilingual(
            "Kế hoạch áp dụng từ hôm nay trở đi.", "A plan begins today or later."
        )
    if wrong:
        raise InvalidInput(wrong)
    values = {name: getattr(facts, name) for name in bounds}
    plan, _made = SlotPlan.objects.update_or_create(
        agency_id=agency_id, valid_from=valid_from, defaults={**values, "basis": basis[:300]}
    )
    record(
        actor=actor,
        chain=f"hall:{agency_id}",
        verb="reception.set_slot_plan",
        after={**values, "valid_from": valid_from.isoformat(), "basis": basis[:300]},
        agency_id=agency_id,
    )
    return plan
