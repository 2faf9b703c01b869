"""The legal clock as a ledger of acts, and the dated numbers of the law it uses."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class ClockEntry(models.Model):
    """One act on a case's clock: appended, never edited. The due date is derived from them.

    ``due_at`` and ``state`` are what held right after the act: the promise made.
    """

    legal_basis: ClassVar[str] = (
        "Nghị định 118/2025/NĐ-CP; Bộ luật Dân sự 91/2015/QH13, Điều 147–148"
    )
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the case"
    case_id: int
    agency_id: int | None

    class Act(models.TextChoices):
        START = "start", "Bắt đầu tính"
        SUSPEND = "suspend", "Tạm dừng"
        RESUME = "resume", "Tính tiếp"
        EXTEND = "extend", "Gia hạn"
        STOP = "stop", "Kết thúc"
        RECOMPUTE = "recompute", "Tính lại theo lịch"
        RESTART = "restart", "Tính lại từ đầu"

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="clock_entries")
    seq = models.PositiveIntegerField()
    track = models.CharField(max_length=20, default="main")
    act = models.CharField(max_length=10, choices=Act.choices)
    at = models.DateTimeField()
    agency = models.ForeignKey(
        "agencies.Agency", null=True, on_delete=models.PROTECT, related_name="+"
    )
    account_id: int | None
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField(max_length=200)
    reason = models.TextField(default="", blank=True)
    evidence = models.CharField(max_length=300, default="", blank=True)
    basis = models.CharField(max_length=300, default="", blank=True)
    data = models.JSONField(default=dict, blank=True)
    due_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "mốc thời hạn"
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="clock_entry_once")]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state="running"),
                name="clock_entry_running",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.seq} {self.act}"


class ClockParameter(models.Model):
    """A number of the law the clock uses, dated. The newest row in force on a day holds."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP"
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    name = models.CharField(max_length=40)
    value = models.CharField(max_length=20)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=300)
    reason = models.CharField(max_length=500, default="", blank=True)
    recorded_at = models.DateTimeField()
    account_id: int | None
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        verbose_name = "tham số thời hạn"
        indexes = [models.Index(fields=["name", "valid_from"], name="clock_parameter_name")]

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"
