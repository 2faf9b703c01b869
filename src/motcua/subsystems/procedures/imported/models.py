"""Imported records of the national catalogue, import runs, and what changed in each."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.db import models

from motcua.foundation.ids import new_uid

LAW = "Nghị định 63/2010/NĐ-CP, Điều 24"


class ImportRun(models.Model):
    """One import: its files, how far it is, what it found. Finished runs never change."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "permanent"

    class State(models.TextChoices):
        WAITING = "waiting", "Đang chờ"
        RUNNING = "running", "Đang chạy"
        DONE = "done", "Đã xong"
        FAILED = "failed", "Không đọc được"

    uid: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        default=new_uid, unique=True, editable=False
    )
    state: models.CharField[str, str] = models.CharField(
        max_length=10, choices=State.choices, default=State.WAITING
    )
    started_by: models.CharField[str, str] = models.CharField(max_length=200)
    started_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    finished_at: models.DateTimeField[dt.datetime | None, dt.datetime | None] = (
        models.DateTimeField(null=True, blank=True)
    )
    total: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    done: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    counts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    broken: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        default=list
    )
    report: models.TextField[str, str] = models.TextField(default="", blank=True)

    class Meta:
        verbose_name = "lần nhập danh mục"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%d/%m/%Y %H:%M}"

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {self.State.DONE, self.State.FAILED}


class ImportFile(models.Model):
    """A file of an import, as it came (compressed when it came so)."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="files")
    name: models.CharField[str, str] = models.CharField(max_length=200)
    checksum: models.CharField[str, str] = models.CharField(max_length=64)
    content: models.BinaryField[bytes, bytes] = models.BinaryField()

    class Meta:
        verbose_name = "tệp danh mục"

    def __str__(self) -> str:
        return self.name


class ImportedRecord(models.Model):
    """A procedure as the national catalogue tells it: raw, read, and what needs a person."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    uid: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        default=new_uid, unique=True, editable=False
    )
    key: models.CharField[str, str] = models.CharField(max_length=60, unique=True)
    code: models.CharField[str, str] = models.CharField(max_length=20, blank=True, db_index=True)
    name: models.CharField[str, str] = models.CharField(max_length=1000)
    raw: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    data: models.JSONField[Any, Any] = models.JSONField()
    checksum: models.CharField[str, str] = models.CharField(max_length=64)
    reader: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField()
    doubt_count: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    unread_count: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    shown: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    run_id: int
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="records")
    imported_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    changed_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()

    class Meta:
        verbose_name = "thủ tục trong danh mục quốc gia"
        indexes = [models.Index(fields=["unread_count", "id"], name="procedures_imported_unread")]

    def __str__(self) -> str:
        return f"{self.key} {self.name}"


class ImportedDoubt(models.Model):
    """Something in a record that needs a person, beside the source's own words."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "as long as the reading it belongs to"

    record_id: int
    record = models.ForeignKey(ImportedRecord, on_delete=models.CASCADE, related_name="doubts")
    kind: models.CharField[str, str] = models.CharField(max_length=10)
    reason: models.CharField[str, str] = models.CharField(max_length=20)
    place: models.TextField[str, str] = models.TextField()
    raw: models.TextField[str, str] = models.TextField()

    class Meta:
        verbose_name = "chỗ cần người đọc"
        indexes = [models.Index(fields=["kind", "reason", "id"], name="procedures_doubt_kind")]

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


class ImportedChange(models.Model):
    """What one import changed in one record; appended, never edited."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    class Kind(models.TextChoices):
        NEW = "new", "Mới"
        CHANGED = "changed", "Thay đổi"

    record_id: int
    record = models.ForeignKey(ImportedRecord, on_delete=models.PROTECT, related_name="changes")
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="changes")
    kind: models.CharField[str, str] = models.CharField(max_length=10, choices=Kind.choices)
    at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    checksum: models.CharField[str, str] = models.CharField(max_length=64)
    before: models.JSONField[Any, Any] = models.JSONField(null=True)
    after: models.JSONField[Any, Any] = models.JSONField()

    class Meta:
        verbose_name = "thay đổi trong danh mục"
        constraints = [
            models.UniqueConstraint(fields=["run", "record"], name="procedures_change_once")
        ]
        indexes = [models.Index(fields=["run", "kind", "id"], name="procedures_change_kind")]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.kind}"


class CatalogueEntry(models.Model):
    """One procedure in the public catalogue: what lists and facets need, in one row.

    Derived from published versions and imported records; rebuilt at will. ``text`` holds the
    words without accents.
    """

    legal_basis: ClassVar[str] = "Nghị định 224/2026/NĐ-CP, Điều 15"
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "rebuilt from versions and imported records"

    key: models.CharField[str, str] = models.CharField(max_length=60, unique=True)
    name: models.CharField[str, str] = models.CharField(max_length=1000)
    name_en: models.CharField[str, str] = models.CharField(max_length=1000, blank=True)
    order: models.CharField[str, str] = models.CharField(max_length=120)
    text: models.TextField[str, str] = models.TextField()
    field: models.CharField[str, str] = models.CharField(max_length=80, blank=True)
    field_name: models.CharField[str, str] = models.CharField(max_length=200, blank=True)
    agency: models.CharField[str, str] = models.CharField(max_length=200, blank=True)
    levels: models.CharField[str, str] = models.CharField(max_length=60, blank=True)
    life_events: models.CharField[str, str] = models.CharField(max_length=300, blank=True)
    configured: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    online: models.CharField[str, str] = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name = "mục trong danh mục công khai"
        indexes = [
            models.Index(fields=["order", "id"], name="procedures_entry_order"),
            models.Index(fields=["field", "order", "id"], name="procedures_entry_field"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.name}"
