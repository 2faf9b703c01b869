"""The catalogue: procedures and their published versions, fields, life events, city rules."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models

from motcua.foundation.ids import new_uid
from motcua.subsystems.procedures.errors import PublishedForGood


class Field(models.Model):
    """A field of administration (lĩnh vực) under which procedures are published."""

    legal_basis: ClassVar[str] = "Thông tư 03/2025/TT-VPCP"
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    icon = models.CharField(max_length=40, default="", blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "lĩnh vực"
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class LifeEvent(models.Model):
    """What happened in somebody's life, as people look for procedures."""

    legal_basis: ClassVar[str] = "Nghị định 224/2026/NĐ-CP, Điều 15"
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    icon = models.CharField(max_length=40, default="", blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "sự kiện cuộc đời"
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """An administrative procedure under its national code; all that changes is in its versions."""

    legal_basis: ClassVar[str] = "Nghị định 63/2010/NĐ-CP, Điều 8"
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    code: models.CharField[str, str] = models.CharField(max_length=20, unique=True)
    field_id: int
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="procedures")
    level = models.CharField(max_length=10)
    retired_on = models.DateField(null=True, blank=True)
    retired_reason = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        verbose_name = "thủ tục hành chính"

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """One version of a procedure's package. Once published it never changes: cases rest on it."""

    legal_basis: ClassVar[str] = "Nghị định 63/2010/NĐ-CP, Điều 15, 24"
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    procedure_id: int
    procedure: models.ForeignKey[Procedure, Procedure] = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="versions"
    )
    version: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    document: models.JSONField[Any, Any] = models.JSONField()
    checksum: models.CharField[str, str] = models.CharField(max_length=64)
    process_id: int | None
    process = models.ForeignKey(
        "workflow.ProcessDefinition", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decision: models.CharField[str, str] = models.CharField(max_length=120, default="", blank=True)
    valid_from: models.DateField[dt.date, dt.date] = models.DateField()
    valid_to: models.DateField[dt.date | None, dt.date | None] = models.DateField(
        null=True, blank=True
    )
    published_by: models.CharField[str, str] = models.CharField(
        max_length=200, default="", blank=True
    )
    published_at: models.DateTimeField[dt.datetime | None, dt.datetime | None] = (
        models.DateTimeField(null=True, blank=True)
    )
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "phiên bản thủ tục"
        constraints = [
            models.UniqueConstraint(fields=["procedure", "version"], name="procedures_version_once")
        ]
        indexes = [models.Index(fields=["procedure", "valid_from"], name="procedures_version_from")]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to touch a published version; only its end (``valid_to``) may be set."""
        published = self.pk and type(self).objects.filter(pk=self.pk, published_at__isnull=False)
        if (
            published
            and published.exists()
            and set(kwargs.get("update_fields") or ()) != {"valid_to"}
        ):
            raise PublishedForGood
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.published_at is not None:
            raise PublishedForGood
        return super().delete(*args, **kwargs)


class CityRule(models.Model):
    """A dated rule of the city that cuts across procedures: zero charges, amounts it decides.

    ``confirmed`` is false while the text or the amount has not been seen in an
    official source: it then serves as a default and is never told to citizens.
    """

    legal_basis: ClassVar[str] = "Thông tư 85/2019/TT-BTC"
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    class Kind(models.TextChoices):
        ZERO = "zero", "Mức thu 0 đồng"
        AMOUNT = "amount", "Mức thu do thành phố quyết định"

    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    document = models.JSONField()
    basis = models.CharField(max_length=200)
    confirmed = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "quy định của thành phố"
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="procedures_rule_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.valid_from:%d/%m/%Y})"


from motcua.subsystems.procedures.imported.models import (  # noqa: E402 - tables of the sub-part
    CatalogueEntry,
    ImportedChange,
    ImportedDoubt,
    ImportedRecord,
    ImportFile,
    ImportRun,
)

__all__ = [
    "CatalogueEntry",
    "CityRule",
    "Field",
    "ImportFile",
    "ImportRun",
    "ImportedChange",
    "ImportedDoubt",
    "ImportedRecord",
    "LifeEvent",
    "Procedure",
    "ProcedureVersion",
]
