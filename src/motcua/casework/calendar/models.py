"""Days off, make-up days and opening hours as dated rows: appended, never edited."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models

LABOUR_CODE = "Bộ luật Lao động 45/2019/QH14, Điều 111, 112"


class CalendarDay(models.Model):
    """What a date is, by whose decision. The newest row of a date (and agency) holds.

    ``ordinary`` takes an earlier row back. A row with an agency is for that agency
    only and outranks the city's.
    """

    legal_basis: ClassVar[str] = LABOUR_CODE
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"
    agency_id: int | None

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", "Ngày lễ, tết"
        SWAP_OFF = "swap_off", "Nghỉ hoán đổi"
        MAKEUP = "makeup", "Ngày làm bù"
        LOCAL_OFF = "local_off", "Nghỉ tại cơ quan"
        ORDINARY = "ordinary", "Ngày bình thường"

    class Status(models.TextChoices):
        DECIDED = "decided", "Đã có quyết định"
        COMPUTED = "computed", "Dự kiến, chưa có quyết định"

    date: models.DateField[dt.date, dt.date] = models.DateField()
    kind: models.CharField[str, str] = models.CharField(max_length=10, choices=Kind.choices)
    agency = models.ForeignKey(
        "agencies.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name_vi: models.CharField[str, str] = models.CharField(max_length=200)
    name_en: models.CharField[str, str] = models.CharField(max_length=200)
    swapped_with: models.DateField[dt.date | None, dt.date | None] = models.DateField(
        null=True, blank=True
    )
    basis = models.CharField(max_length=300)
    reason = models.CharField(max_length=500, default="", blank=True)
    status: models.CharField[str, str] = models.CharField(
        max_length=8, choices=Status.choices, default=Status.DECIDED
    )
    decided_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    account_id: int | None
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField(max_length=200, default="", blank=True)
    supersedes_id: int | None
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        verbose_name = "ngày trong lịch"
        indexes = [models.Index(fields=["agency", "date"], name="calendar_day_agency_date")]

    def __str__(self) -> str:
        return f"{self.date} {self.kind}"


class OpeningHours(models.Model):
    """When an agency (or, without one, every agency) is open on a weekday, and for what.

    Only rows that ``counts_for_deadline`` make a weekday a working day: a centre
    may receive and return on Saturday morning without moving any deadline.
    """

    legal_basis: ClassVar[str] = "Bộ luật Dân sự 91/2015/QH13, Điều 147, 148"
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"
    agency_id: int | None

    agency = models.ForeignKey(
        "agencies.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    weekday = models.PositiveSmallIntegerField()
    slots = models.JSONField()
    accepts = models.BooleanField(default=True)
    returns = models.BooleanField(default=True)
    counts_for_deadline = models.BooleanField(default=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=300, default="", blank=True)
    recorded_at = models.DateTimeField()
    account_id: int | None
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        verbose_name = "giờ làm việc"
        indexes = [models.Index(fields=["agency", "weekday"], name="calendar_hours_agency")]

    def __str__(self) -> str:
        return f"{self.weekday}: {self.slots}"


class CalendarVersion(models.Model):
    """One row that changes with every change of the calendar, so that caches notice."""

    legal_basis: ClassVar[str] = LABOUR_CODE
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "permanent"

    number: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    stamp = models.UUIDField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = "phiên bản lịch"

    def __str__(self) -> str:
        return str(self.number)
