"""Who gets a report: sets of rules, tried before they are put in force."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models

from motcua.subsystems.reports.models.categories import LAW


class RuleSet(models.Model):
    """Rules in their order, with sample reports. Once in force it is never edited.

    ``rules``: ``[{name, category, areas, when, to}]``; ``samples``: ``[{name, category, area,
    urgency, at, answers, expects}]``. ``triage``: who sorts what no rule sends anywhere.
    """

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "permanent"

    class State(models.TextChoices):
        DRAFT = "draft", "Bản nháp"
        ACTIVE = "active", "Đang dùng"
        RETIRED = "retired", "Đã thay"

    triage_id: int

    number: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(unique=True)
    state: models.CharField[str, str] = models.CharField(
        max_length=8, choices=State.choices, default=State.DRAFT
    )
    rules: models.JSONField[Any, Any] = models.JSONField(default=list)
    samples: models.JSONField[Any, Any] = models.JSONField(default=list)
    triage = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    written_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    activated_at: models.DateTimeField[dt.datetime | None, dt.datetime | None] = (
        models.DateTimeField(null=True)
    )

    class Meta:
        verbose_name = "bộ quy tắc chuyển phản ánh"
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=models.Q(state="active"),
                name="reports_one_active_rule_set",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"
