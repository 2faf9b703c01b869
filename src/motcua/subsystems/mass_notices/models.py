"""A notice to many, and each person it goes to."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models

from motcua.foundation.ids import new_uid

LAW = "Nghị định 118/2025/NĐ-CP; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"


class MassNotice(models.Model):
    """One text in two languages for everybody a filter finds at an agency."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "two years"

    class State(models.TextChoices):
        DRAFT = "draft", "Đang soạn"
        WAITING = "waiting", "Chờ duyệt"
        SENDING = "sending", "Đang gửi"
        DONE = "done", "Đã gửi xong"
        STOPPED = "stopped", "Đã dừng"

    uid: models.UUIDField[UUID, UUID] = models.UUIDField(
        default=new_uid, unique=True, editable=False
    )
    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    audience: models.CharField[str, str] = models.CharField(max_length=12)
    chosen: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    texts: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    legal: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    basis: models.CharField[str, str] = models.CharField(max_length=200, default="", blank=True)
    state: models.CharField[str, str] = models.CharField(
        max_length=8, choices=State.choices, default=State.DRAFT
    )
    people: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    author_id: int
    approver_id: int | None
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "thông báo hàng loạt"
        indexes = [models.Index(fields=["agency", "-id"], name="mass_notices_of_agency")]

    def __str__(self) -> str:
        return f"{self.audience} {self.state}"


class MassRecipient(models.Model):
    """One person of a notice, once: as fixed when it was sent for approval."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "two years"

    notice_id: int
    notice = models.ForeignKey(MassNotice, on_delete=models.PROTECT, related_name="recipients")
    account_id: int | None
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    party_id: int | None
    party = models.ForeignKey("people.Party", null=True, on_delete=models.PROTECT, related_name="+")
    case_id: int | None
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True)
    language: models.CharField[str, str] = models.CharField(max_length=5, default="vi")
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "người nhận thông báo hàng loạt"
        constraints = [
            models.UniqueConstraint(fields=["notice", "party"], name="mass_notices_party_once"),
            models.UniqueConstraint(fields=["notice", "account"], name="mass_notices_account_once"),
        ]
        indexes = [
            models.Index(
                fields=["notice", "id"],
                name="mass_notices_waiting",
                condition=models.Q(told_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.notice_id}/{self.pk}"

    @property
    def reader(self) -> str:
        """The key under which notices know this person."""
        return f"p:{self.party_id}" if self.party_id else f"u:{self.account_id}"
