"""Notices, the log of their deliveries, what people opted out of, and the demo's mailbox."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from motcua.foundation.fields import EncryptedTextField
from motcua.foundation.ids import new_uid


class Notice(models.Model):
    """One message to one reader; the row itself is the in-app copy.

    ``reader`` is the viewer key of the account (``u:``) or party (``p:``): unread
    notices of somebody are one look-up in one index.
    """

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the case; two years when there is none"

    uid: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        default=new_uid, unique=True, editable=False
    )
    reader: models.CharField[str, str] = models.CharField(max_length=24)
    account: models.ForeignKey[Any, Any] = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="notices"
    )
    party: models.ForeignKey[Any, Any] = models.ForeignKey(
        "people.Party", null=True, on_delete=models.CASCADE, related_name="notices"
    )
    case: models.ForeignKey[Any, Any] = models.ForeignKey(
        "cases.Case", null=True, on_delete=models.CASCADE, related_name="notices"
    )
    caused_by: models.ForeignKey[Any, Any] = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    template: models.CharField[str, str] = models.CharField(max_length=60)
    language: models.CharField[str, str] = models.CharField(max_length=5)
    subject: models.CharField[str, str] = models.CharField(max_length=200)
    body: models.TextField[str, str] = models.TextField()
    link: models.CharField[str, str] = models.CharField(max_length=200, default="", blank=True)
    dedupe_key: models.CharField[str, str] = models.CharField(
        max_length=200, default="", blank=True
    )
    created_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    read_at: models.DateTimeField[dt.datetime | None, dt.datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        verbose_name = "thông báo"
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe_key"],
                name="notices_notice_once",
                condition=~models.Q(dedupe_key=""),
            )
        ]
        indexes = [
            models.Index(fields=["reader", "-id"], name="notices_of_reader"),
            models.Index(
                fields=["reader"],
                name="notices_unread",
                condition=models.Q(read_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} → {self.reader}"


class Delivery(models.Model):
    """What became of a notice on one channel; the address is never in clear."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the notice"

    class State(models.TextChoices):
        QUEUED = "queued", "Chờ gửi"
        SENDING = "sending", "Đang gửi"
        SENT = "sent", "Đã gửi"
        FAILED = "failed", "Không gửi được"
        SKIPPED = "skipped", "Không cần gửi"

    notice: models.ForeignKey[Notice, Notice] = models.ForeignKey(
        Notice, on_delete=models.CASCADE, related_name="deliveries"
    )
    channel: models.CharField[str, str] = models.CharField(max_length=8)
    address: models.TextField[str, str] = EncryptedTextField(default="", blank=True)
    address_hash: models.CharField[str, str] = models.CharField(
        max_length=64, default="", blank=True
    )
    state: models.CharField[str, str] = models.CharField(
        max_length=8, choices=State, default=State.QUEUED
    )
    attempts: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField(
        default=0
    )
    last_error: models.CharField[str, str] = models.CharField(
        max_length=300, default="", blank=True
    )
    provider_id: models.CharField[str, str] = models.CharField(
        max_length=200, default="", blank=True
    )
    created_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    sent_at: models.DateTimeField[dt.datetime | None, dt.datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        verbose_name = "lượt gửi"
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="notices_delivery_once")
        ]
        indexes = [
            models.Index(fields=["address_hash"], name="notices_delivery_address"),
            models.Index(
                fields=["id"],
                name="notices_delivery_failed",
                condition=models.Q(state="failed"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} #{self.pk} ({self.state})"


class OptOut(models.Model):
    """A reader's wish not to get one kind of optional notice on one channel."""

    legal_basis: ClassVar[str] = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "until taken back"

    reader: models.CharField[str, str] = models.CharField(max_length=24)
    template: models.CharField[str, str] = models.CharField(max_length=60)
    channel: models.CharField[str, str] = models.CharField(max_length=8)
    at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()

    class Meta:
        verbose_name = "từ chối nhận"
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "template", "channel"], name="notices_optout_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reader} {self.template} {self.channel}"


class MailMessage(models.Model):
    """A mail that the demo kept instead of sending it."""

    legal_basis: ClassVar[str] = "Chỉ dùng cho bản trình diễn"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "until the demo is reset"

    uid: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        default=new_uid, unique=True, editable=False
    )
    message_id: models.CharField[str, str] = models.CharField(max_length=200, unique=True)
    sender: models.CharField[str, str] = models.CharField(max_length=200)
    recipients: models.CharField[str, str] = models.CharField(max_length=1000)
    subject: models.CharField[str, str] = models.CharField(max_length=300)
    body: models.TextField[str, str] = models.TextField()
    at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()

    class Meta:
        verbose_name = "thư mẫu"

    def __str__(self) -> str:
        return self.subject
