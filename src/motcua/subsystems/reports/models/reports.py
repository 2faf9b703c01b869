"""The report itself, who supports it, its photos and how it ended for the reporter."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models

from motcua.foundation.fields import EncryptedTextField
from motcua.foundation.ids import new_uid
from motcua.subsystems.reports.models.categories import LAW, Category

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Report(models.Model):
    """What a citizen reported, beside its case: the state, the holder and the clock are there.

    What was written and where it was stays encrypted; what the public reads is kept apart
    (``public_text``, ``public_place``, ``public_longitude``), made by rule at intake.
    """

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "five years after it is closed (a setting, no law read); contact one"

    case_id: int
    category_id: int
    area_id: int | None
    merged_into_id: int | None

    case = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.PROTECT, related_name="report"
    )
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    urgency: models.CharField[str, str] = models.CharField(
        max_length=10, choices=Category.Urgency.choices
    )
    description = EncryptedTextField()
    address = EncryptedTextField(default="", blank=True)
    longitude: models.FloatField[float | None, float | None] = models.FloatField(null=True)
    latitude: models.FloatField[float | None, float | None] = models.FloatField(null=True)
    area = models.ForeignKey(
        "reports.Area", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    public_text: models.TextField[str, str] = models.TextField(default="", blank=True)
    public_place: models.CharField[str, str] = models.CharField(
        max_length=250, default="", blank=True
    )
    public_longitude: models.FloatField[float | None, float | None] = models.FloatField(null=True)
    public_latitude: models.FloatField[float | None, float | None] = models.FloatField(null=True)
    hidden: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    reporter_name = EncryptedTextField(default="", blank=True)
    reporter_phone = EncryptedTextField(default="", blank=True)
    reporter_email = EncryptedTextField(default="", blank=True)
    hide_name: models.BooleanField[bool, bool] = models.BooleanField(default=True)
    language: models.CharField[str, str] = models.CharField(max_length=5, default="vi")
    sounds_like: models.CharField[str, str] = models.CharField(
        max_length=14, default="", blank=True
    )
    rule: models.CharField[str, str] = models.CharField(max_length=120, default="", blank=True)
    transfers: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField(
        default=0
    )
    supporters: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged"
    )
    merged_from_state: models.CharField[str, str] = models.CharField(
        max_length=30, default="", blank=True
    )
    requested_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    expected_at: models.DateTimeField[dt.datetime | None, dt.datetime | None] = (
        models.DateTimeField(null=True)
    )
    replied_at: models.DateTimeField[dt.datetime | None, dt.datetime | None] = models.DateTimeField(
        null=True
    )
    resolved_at: models.DateTimeField[dt.datetime | None, dt.datetime | None] = (
        models.DateTimeField(null=True)
    )
    status_note: models.TextField[str, str] = models.TextField(default="", blank=True)
    """The last public answer."""
    if TYPE_CHECKING:
        support: RelatedManager[Support]
        photos: RelatedManager[Photo]
        ratings: RelatedManager[Rating]
        merged: RelatedManager[Report]

    class Meta:
        verbose_name = "phản ánh"
        indexes = [
            models.Index(fields=["category", "latitude", "longitude"], name="reports_near"),
            models.Index(fields=["area", "-case"], name="reports_by_area"),
            models.Index(fields=["category", "-case"], name="reports_by_category"),
            models.Index(fields=["requested_at"], name="reports_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"


class Support(models.Model):
    """Somebody has the same trouble: one tap, once each. ``who`` is a keyed hash."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the report"

    report_id: int
    carried_from_id: int | None
    party_id: int | None

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="support")
    who: models.CharField[str, str] = models.CharField(max_length=64)
    party = models.ForeignKey(
        "people.Party", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    carried_from = models.ForeignKey(
        Report, null=True, on_delete=models.PROTECT, related_name="carried"
    )
    at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()

    class Meta:
        verbose_name = "cùng gặp vấn đề"
        constraints = [
            models.UniqueConstraint(fields=["report", "who"], name="reports_support_once")
        ]

    def __str__(self) -> str:
        return f"{self.report_id}"


class Photo(models.Model):
    """A picture for the public. It is shown only after somebody has looked at it.

    The public gets a copy of the pixels alone; the file as received stays with the case.
    """

    legal_basis: ClassVar[str] = LAW + "; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the report"

    class Role(models.TextChoices):
        REPORT = "report", "Ảnh phản ánh"
        PROOF = "proof", "Ảnh kết quả"

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ xem"
        SHOWN = "shown", "Công khai"
        KEPT = "kept", "Không công khai"

    report_id: int
    attachment_id: int
    decided_by_id: int | None

    uid: models.UUIDField[Any, Any] = models.UUIDField(default=new_uid, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="photos")
    attachment = models.ForeignKey(
        "attachments.Attachment", on_delete=models.PROTECT, related_name="+"
    )
    role: models.CharField[str, str] = models.CharField(max_length=6, choices=Role.choices)
    state: models.CharField[str, str] = models.CharField(
        max_length=7, choices=State.choices, default=State.WAITING
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    decided_at: models.DateTimeField[dt.datetime | None, dt.datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        verbose_name = "ảnh công khai"
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(state="waiting"), name="reports_photo_waiting"
            )
        ]

    def __str__(self) -> str:
        return str(self.uid)


class Rating(models.Model):
    """Whether the reporter finds it resolved; shown only in totals."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the report"

    report_id: int

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="ratings")
    round: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField(default=1)
    satisfied: models.BooleanField[bool, bool] = models.BooleanField()
    comment = EncryptedTextField(default="", blank=True)
    at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()

    class Meta:
        verbose_name = "đánh giá phản ánh"
        constraints = [
            models.UniqueConstraint(fields=["report", "round"], name="reports_rating_once")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.satisfied}"
