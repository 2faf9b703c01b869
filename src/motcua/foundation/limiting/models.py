"""One row for each thing that is being counted at the moment."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models


class Tally(models.Model):
    """How often something happened in the window that ends at ``until``.

    ``key`` is a keyed hash of the limit and of whom it counts: no address and no
    account can be read out of it.
    """

    legal_basis: ClassVar[str] = "Bảng kỹ thuật, không do văn bản pháp luật quy định"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "một giờ sau khi hết khoảng đếm"

    key: models.CharField[str, str] = models.CharField(max_length=64, primary_key=True)
    until: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    times: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()

    class Meta:
        verbose_name = "số lần trong khoảng"
        indexes = [models.Index(fields=["until"], name="limiting_tally_until")]

    def __str__(self) -> str:
        return f"{self.times}"
