"""Drafts of procedure packages: what is being edited, every revision, every decision."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models

from motcua.foundation.errors import Conflict
from motcua.foundation.ids import new_uid
from motcua.subsystems.procedure_editor.rules.documents import pack_document, unpack_document


class ProcedureDraft(models.Model):
    """A procedure being edited. ``revision`` is the newest of its appended revisions.

    ``notes`` tell what could not be read of the record it was started from (``place``,
    ``reason``, ``raw``).

    ``drawing`` is the process as last drawn, with the places of its boxes; it counts only
    while ``drawing_of`` is the checksum of the process in the newest revision. With
    ``drawing_faulty`` it could not be read as a process, and nothing of it is in the revision.
    """

    legal_basis: ClassVar[str] = "Nghị định 63/2010/NĐ-CP, Điều 13, 15"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "10 years"

    class State(models.TextChoices):
        OPEN = "open", "Đang soạn"
        SUBMITTED = "submitted", "Chờ duyệt"
        PUBLISHED = "published", "Đã công bố"
        DISCARDED = "discarded", "Đã bỏ"

    class Origin(models.TextChoices):
        NEW = "new", "Soạn mới"
        VERSION = "version", "Từ phiên bản đã công bố"
        RECORD = "record", "Từ bản ghi cơ sở dữ liệu quốc gia"
        FILE = "file", "Từ tệp gói thủ tục"

    id: int
    uid: models.UUIDField[UUID, UUID] = models.UUIDField(
        default=new_uid, unique=True, editable=False
    )
    code: models.CharField[str, str] = models.CharField(max_length=20, default="", blank=True)
    name: models.CharField[str, str] = models.CharField(max_length=300, default="", blank=True)
    state: models.CharField[str, str] = models.CharField(
        max_length=10, choices=State.choices, default=State.OPEN
    )
    origin = models.CharField(max_length=10, choices=Origin.choices)
    origin_note = models.CharField(max_length=200, default="", blank=True)
    notes: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    revision: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    drawing: models.TextField[str, str] = models.TextField(default="", blank=True)
    drawing_of: models.CharField[str, str] = models.CharField(max_length=64, default="", blank=True)
    drawing_faulty: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    edited_by_id: int | None
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_by_id: int | None
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    edited_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "bản soạn thủ tục"
        indexes = [models.Index(fields=["state", "-edited_at"], name="procedure_editor_open")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


class DraftRevision(models.Model):
    """One state of a draft. Appended, never edited; undoing appends what stood before.

    ``before`` is the revision that undoing returns to; ``undone`` the one that was undone,
    to which redoing returns.
    """

    legal_basis: ClassVar[str] = "Nghị định 63/2010/NĐ-CP, Điều 13, 15"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "10 years"

    draft_id: int
    draft = models.ForeignKey(ProcedureDraft, on_delete=models.PROTECT, related_name="revisions")
    number: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    before: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    undone: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    place: models.CharField[str, str] = models.CharField(max_length=120, default="", blank=True)
    body: models.BinaryField[bytes, bytes] = models.BinaryField()
    edited_by_id: int | None
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    editor_name = models.CharField(max_length=200, default="", blank=True)
    at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()

    class Meta:
        verbose_name = "lần sửa bản soạn"
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="procedure_editor_revision")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} #{self.number}"

    @property
    def document(self) -> dict[str, Any]:
        """The package as it stood."""
        return unpack_document(bytes(self.body))

    @document.setter
    def document(self, value: dict[str, Any]) -> None:
        self.body = pack_document(value)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append only."""
        if self.pk:
            raise Conflict
        super().save(*args, **kwargs)


class DraftDecision(models.Model):
    """Who handed a draft in, sent it back or published it, and why. Appended."""

    legal_basis: ClassVar[str] = "Nghị định 63/2010/NĐ-CP, Điều 13, 15"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "10 years"

    class Verb(models.TextChoices):
        SUBMITTED = "submitted", "Trình duyệt"
        REJECTED = "rejected", "Trả lại"
        PUBLISHED = "published", "Duyệt, công bố"
        DISCARDED = "discarded", "Bỏ bản soạn"

    draft_id: int
    draft = models.ForeignKey(ProcedureDraft, on_delete=models.PROTECT, related_name="decisions")
    verb = models.CharField(max_length=10, choices=Verb.choices)
    revision = models.PositiveIntegerField()
    reason: models.CharField[str, str] = models.CharField(max_length=500, default="", blank=True)
    by_id: int | None
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=200, default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "quyết định về bản soạn"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.verb}"
