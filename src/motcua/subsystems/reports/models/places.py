"""Where: layers of areas (wards, drainage basins, school districts) as polygons."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models


class AreaLayer(models.Model):
    """A way of dividing the city. ``coarse``: sketched, good for trying out, said so on pages."""

    legal_basis: ClassVar[str] = "Luật Tổ chức chính quyền địa phương 72/2025/QH15"
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    code: models.SlugField[str, str] = models.SlugField(max_length=30, unique=True)
    name: models.CharField[str, str] = models.CharField(max_length=120)
    name_en: models.CharField[str, str] = models.CharField(max_length=120)
    source: models.CharField[str, str] = models.CharField(max_length=300, default="", blank=True)
    coarse: models.BooleanField[bool, bool] = models.BooleanField(default=False)

    class Meta:
        verbose_name = "lớp khu vực"

    def __str__(self) -> str:
        return self.code


class Area(models.Model):
    """One area of a layer between two dates, with its box to find it by and its polygons.

    ``agency``: who answers for it, when that is one authority (the ward's committee).
    """

    legal_basis: ClassVar[str] = "Luật Tổ chức chính quyền địa phương 72/2025/QH15"
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    layer_id: int
    agency_id: int | None

    layer = models.ForeignKey(AreaLayer, on_delete=models.PROTECT, related_name="areas")
    code: models.CharField[str, str] = models.CharField(max_length=30)
    name: models.CharField[str, str] = models.CharField(max_length=120)
    name_en: models.CharField[str, str] = models.CharField(max_length=120, default="", blank=True)
    agency = models.ForeignKey(
        "agencies.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    west: models.FloatField[float, float] = models.FloatField()
    south: models.FloatField[float, float] = models.FloatField()
    east: models.FloatField[float, float] = models.FloatField()
    north: models.FloatField[float, float] = models.FloatField()
    polygons: models.JSONField[Any, Any] = models.JSONField()
    """Polygons, each an outer ring and its holes, points as ``[longitude, latitude]``."""
    valid_from: models.DateField[dt.date, dt.date] = models.DateField()
    valid_to: models.DateField[dt.date | None, dt.date | None] = models.DateField(
        null=True, blank=True
    )

    class Meta:
        verbose_name = "khu vực"
        constraints = [
            models.UniqueConstraint(
                fields=["layer", "code", "valid_from"], name="reports_area_once"
            )
        ]
        indexes = [
            models.Index(fields=["layer", "west", "east"], name="reports_area_box"),
        ]

    def __str__(self) -> str:
        return f"{self.layer_id}:{self.code}"
