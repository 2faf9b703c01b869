"""What is reported: categories as a tree with dates, and the time limits for them."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models

LAW = "Quyết định 1478/QĐ-UBND ngày 04/5/2020 của Uỷ ban nhân dân Thành phố (1022)"


class Category(models.Model):
    """One thing that can be reported, between two dates.

    A category is never edited while reports name it: a change ends the row and opens another
    with the same code. ``form`` is a form document of the kernel with the further questions,
    ``{}`` when there are none.
    """

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    class Privacy(models.TextChoices):
        EXACT = "exact", "Công khai đúng điểm"
        GRID = "grid", "Công khai ô lưới"
        NEVER = "never", "Không công khai vị trí"

    class Urgency(models.TextChoices):
        EMERGENCY = "emergency", "Khẩn cấp"
        URGENT = "urgent", "Gấp"
        NORMAL = "normal", "Thông thường"
        COMPLEX = "complex", "Phức tạp"

    parent_id: int | None

    code: models.SlugField[str, str] = models.SlugField(max_length=40)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    path: models.JSONField[Any, Any] = models.JSONField(default=list)
    """Codes from the root to this one."""
    name: models.CharField[str, str] = models.CharField(max_length=120)
    name_en: models.CharField[str, str] = models.CharField(max_length=120)
    hint: models.CharField[str, str] = models.CharField(max_length=300, default="", blank=True)
    hint_en: models.CharField[str, str] = models.CharField(max_length=300, default="", blank=True)
    words: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    form: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    urgency: models.CharField[str, str] = models.CharField(
        max_length=10, choices=Urgency.choices, default=Urgency.NORMAL
    )
    needs_proof: models.BooleanField[bool, bool] = models.BooleanField(default=True)
    privacy: models.CharField[str, str] = models.CharField(
        max_length=6, choices=Privacy.choices, default=Privacy.EXACT
    )
    needs_place: models.BooleanField[bool, bool] = models.BooleanField(default=True)
    same_within_metres: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(
        default=100
    )
    same_within_days: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(
        default=30
    )
    order: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    valid_from: models.DateField[dt.date, dt.date] = models.DateField()
    valid_to: models.DateField[dt.date | None, dt.date | None] = models.DateField(
        null=True, blank=True
    )

    class Meta:
        verbose_name = "lĩnh vực phản ánh"
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="reports_category_once")
        ]

    def __str__(self) -> str:
        return self.code


class ReportLimit(models.Model):
    """By when a report must be answered: category (and below) × urgency, between two dates.

    ``confirmed`` says that somebody has read the limit in the act named by ``basis``; without
    it the row is a default setting that no text may call the law.
    """

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    category_code: models.CharField[str, str] = models.CharField(
        max_length=40, default="", blank=True
    )
    urgency: models.CharField[str, str] = models.CharField(
        max_length=10, choices=Category.Urgency.choices
    )
    amount: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    unit: models.CharField[str, str] = models.CharField(max_length=12, default="working_hour")
    basis: models.CharField[str, str] = models.CharField(max_length=300)
    confirmed: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    valid_from: models.DateField[dt.date, dt.date] = models.DateField()
    valid_to: models.DateField[dt.date | None, dt.date | None] = models.DateField(
        null=True, blank=True
    )

    class Meta:
        verbose_name = "thời hạn xử lý phản ánh"
        constraints = [
            models.UniqueConstraint(
                fields=["category_code", "urgency", "valid_from"], name="reports_limit_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.category_code or '*'} {self.urgency}"
