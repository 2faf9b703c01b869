"""The hall of a service centre: counters, who sits there, tickets, appointments, devices."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.foundation.fields import EncryptedTextField
from motcua.foundation.ids import new_uid
from motcua.subsystems.reception.rules import PlanFacts, ticket_label

LAW = "Nghị định 118/2025/NĐ-CP"
DEVICE_PURPOSE = "reception-device"
CARD_PURPOSE = "reception-card"


class Counter(models.Model):
    """A place in the hall where people are served, for some fields or for all."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "permanent"

    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80, default="", blank=True)
    fields = models.JSONField(default=list, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        verbose_name = "quầy"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="reception_counter_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class Sitting(models.Model):
    """A clerk at a counter from opening it to closing it."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "five years"

    counter_id: int
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="sittings")
    account_id: int
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "phiên trực quầy"
        constraints = [
            models.UniqueConstraint(
                fields=["counter"], condition=Q(closed_at=None), name="reception_counter_open_once"
            ),
            models.UniqueConstraint(
                fields=["account"], condition=Q(closed_at=None), name="reception_clerk_sits_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.counter_id}/{self.account_id}"


class PriorityGroup(models.Model):
    """A city's own row for a group served earlier; replaces the delivered one of its code."""

    legal_basis: ClassVar[str] = "the row's own basis"
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    code = models.SlugField(max_length=30)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    minutes_ahead = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=300, default="", blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "đối tượng ưu tiên"
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="reception_group_once")
        ]

    def __str__(self) -> str:
        return self.code


class TicketSeries(models.Model):
    """The last ticket number of a letter in a centre on a day."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "one year"

    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    letter = models.CharField(max_length=1)
    last = models.PositiveIntegerField()

    class Meta:
        verbose_name = "dãy số thứ tự"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "day", "letter"], name="reception_series_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.day}/{self.letter}"


class SlotPlan(models.Model):
    """How a centre gives appointments, from a date: slot length, places, how far ahead."""

    legal_basis: ClassVar[str] = "decision of the centre; named in the row"
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField(default=30)
    counters = models.PositiveSmallIntegerField(default=1)
    per_counter = models.PositiveSmallIntegerField(default=2)
    days_ahead = models.PositiveSmallIntegerField(default=14)
    minutes_before = models.PositiveSmallIntegerField(default=60)
    basis = models.CharField(max_length=300, default="", blank=True)
    valid_from = models.DateField()

    class Meta:
        verbose_name = "kế hoạch đặt lịch"
        constraints = [
            models.UniqueConstraint(fields=["agency", "valid_from"], name="reception_plan_once")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.valid_from}"

    @property
    def facts(self) -> PlanFacts:
        """What the rules take."""
        return PlanFacts(
            self.minutes, self.counters, self.per_counter, self.days_ahead, self.minutes_before
        )


class Appointment(models.Model):
    """A place in a slot, held for a person who said when they will come."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "one year; name and contact are wiped 30 days after the day"

    class State(models.TextChoices):
        BOOKED = "booked", "Đã đặt"
        ARRIVED = "arrived", "Đã đến"
        MISSED = "missed", "Không đến"
        CANCELLED = "cancelled", "Đã hủy"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.PositiveSmallIntegerField()
    field = models.CharField(max_length=40, default="", blank=True)
    procedure_code = models.CharField(max_length=40, default="", blank=True)
    name = EncryptedTextField(default="", blank=True)
    phone = EncryptedTextField(default="", blank=True)
    email = EncryptedTextField(default="", blank=True)
    identity_hash = models.CharField(max_length=64, default="", blank=True)
    party_id: int | None
    party = models.ForeignKey("people.Party", null=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=5, default="vi")
    state = models.CharField(max_length=10, choices=State.choices, default=State.BOOKED)
    sequence = models.PositiveSmallIntegerField(default=0)
    mailed = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = "lịch hẹn"
        ordering = ["starts_at", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "starts_at", "place"],
                condition=~Q(state="cancelled"),
                name="reception_place_once",
            )
        ]
        indexes = [
            models.Index(fields=["agency", "starts_at"], name="reception_appointments"),
            models.Index(fields=["identity_hash"], name="reception_appointment_card"),
        ]

    def __str__(self) -> str:
        return f"{self.uid}"


class Ticket(models.Model):
    """A number drawn in the hall, from the kiosk to the end of the service."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "five years; the card's data are wiped the same night"

    class State(models.TextChoices):
        WAITING = "waiting", "Đang chờ"
        CALLED = "called", "Đang gọi"
        SERVING = "serving", "Đang phục vụ"
        DONE = "done", "Đã xong"
        MISSED = "missed", "Vắng mặt"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    letter = models.CharField(max_length=1)
    number = models.PositiveIntegerField()
    field = models.CharField(max_length=40)
    procedure_code = models.CharField(max_length=40, default="", blank=True)
    group = models.CharField(max_length=30, default="", blank=True)
    card = EncryptedTextField(default="", blank=True)
    appointment_id: int | None
    appointment = models.OneToOneField(
        Appointment, null=True, on_delete=models.PROTECT, related_name="ticket"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    order_at = models.DateTimeField()
    issued_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    calls = models.PositiveSmallIntegerField(default=0)
    only_counter_id: int | None
    only_counter = models.ForeignKey(
        Counter, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    counter_id: int | None
    counter = models.ForeignKey(
        Counter, null=True, on_delete=models.PROTECT, related_name="tickets", db_index=False
    )
    served_by_id: int | None
    served_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    case_id: int | None
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "số thứ tự"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "day", "letter", "number"], name="reception_ticket_once"
            ),
            models.UniqueConstraint(
                fields=["counter"],
                condition=Q(state__in=["called", "serving"]),
                name="reception_one_at_a_counter",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "day", "state", "order_at"], name="reception_queue"),
            models.Index(fields=["counter", "ended_at"], name="reception_tablet"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What stands on the slip and on the screen."""
        return ticket_label(self.letter, self.number)

    @property
    def waited(self) -> dt.timedelta | None:
        """From drawing the number to the first call."""
        return self.called_at - self.issued_at if self.called_at else None


class Device(models.Model):
    """A screen, kiosk, tablet or calendar of a centre, let in by a secret address."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "secret"
    retention: ClassVar[str] = "one year after it was switched off"

    class Kind(models.TextChoices):
        KIOSK = "kiosk", "Máy lấy số"
        SCREEN = "screen", "Màn hình gọi số"
        TABLET = "tablet", "Máy tính bảng đánh giá"
        CALENDAR = "calendar", "Lịch hẹn (iCalendar)"

    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    counter_id: int | None
    counter = models.ForeignKey(Counter, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80, default="", blank=True)
    key = EncryptedTextField()
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "thiết bị ở sảnh"

    def __str__(self) -> str:
        return f"{self.kind}/{self.agency_id}"


class TicketRating(models.Model):
    """What a person tapped on the tablet after being served; shown only as totals."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP; Thông tư 03/2025/TT-VPCP"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "five years; published only as totals"

    ticket_id: int
    ticket = models.OneToOneField(
        Ticket, primary_key=True, on_delete=models.PROTECT, related_name="rating"
    )
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "đánh giá tại quầy"

    def __str__(self) -> str:
        return f"{self.score}"
