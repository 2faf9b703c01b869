"""Drafts of a slip's words with every revision, and the published versions."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.foundation.ids import new_uid

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

LAW = "Thông tư 03/2025/TT-VPCP, Phụ lục I"


class SlipDraft(models.Model):
    """Words in the making for one slip of the city (no agency) or of an agency."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "five years"

    class State(models.TextChoices):
        OPEN = "open", "Đang soạn"
        SUBMITTED = "submitted", "Chờ công bố"
        PUBLISHED = "published", "Đã công bố"
        DROPPED = "dropped", "Đã bỏ"

    if TYPE_CHECKING:
        revisions: RelatedManager[Any]

    uid: models.UUIDField[UUID, UUID] = models.UUIDField(
        default=new_uid, unique=True, editable=False
    )
    form: models.CharField[str, str] = models.CharField(max_length=12)
    agency_id: int | None
    agency = models.ForeignKey(
        "agencies.Agency", null=True, on_delete=models.PROTECT, related_name="+"
    )
    state: models.CharField[str, str] = models.CharField(
        max_length=10, choices=State.choices, default=State.OPEN
    )
    revision: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=1)
    note: models.CharField[str, str] = models.CharField(max_length=300, default="", blank=True)
    opened_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()

    class Meta:
        verbose_name = "bản soạn mẫu phiếu"
        constraints = [
            models.UniqueConstraint(
                fields=["form", "agency"],
                condition=Q(state__in=["open", "submitted"], agency__isnull=False),
                name="slip_templates_one_draft",
            ),
            models.UniqueConstraint(
                fields=["form"],
                condition=Q(state__in=["open", "submitted"], agency__isnull=True),
                name="slip_templates_one_city_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.state}"


class SlipRevision(models.Model):
    """What a draft said after one saving, and who saved it. Only appended."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "five years"

    draft_id: int
    draft = models.ForeignKey(SlipDraft, on_delete=models.PROTECT, related_name="revisions")
    number: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    content: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    account_id: int
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()

    class Meta:
        verbose_name = "lần sửa mẫu phiếu"
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="slip_templates_revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}.{self.number}"


class SlipVersion(models.Model):
    """Published words, in force from a day until the next version. Only appended."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    uid: models.UUIDField[UUID, UUID] = models.UUIDField(
        default=new_uid, unique=True, editable=False
    )
    form: models.CharField[str, str] = models.CharField(max_length=12)
    agency_id: int | None
    agency = models.ForeignKey(
        "agencies.Agency", null=True, on_delete=models.PROTECT, related_name="+"
    )
    number: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    content: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    standard: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    valid_from: models.DateField[dt.date, dt.date] = models.DateField()
    draft = models.OneToOneField(SlipDraft, on_delete=models.PROTECT, related_name="version")
    written_by: models.CharField[str, str] = models.CharField(max_length=200)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()

    class Meta:
        verbose_name = "phiên bản mẫu phiếu"
        constraints = [
            models.UniqueConstraint(
                fields=["form", "agency", "number"],
                condition=Q(agency__isnull=False),
                name="slip_templates_version_once",
            ),
            models.UniqueConstraint(
                fields=["form", "number"],
                condition=Q(agency__isnull=True),
                name="slip_templates_city_version_once",
            ),
        ]
        indexes = [models.Index(fields=["form", "valid_from"], name="slip_templates_in_force")]

    def __str__(self) -> str:
        return f"{self.form}/{self.number}"
