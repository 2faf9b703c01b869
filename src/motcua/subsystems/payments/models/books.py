"""The books and the cash drawer of a clerk and day."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from motcua.foundation.ids import new_uid

TEN_YEARS = "ten years (Luật Kế toán 88/2015/QH13, Điều 41)"


class CashDrawer(models.Model):
    """The money of one clerk on one day: float, takings, count, approval."""

    legal_basis: ClassVar[str] = "Luật Kế toán 88/2015/QH13"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = TEN_YEARS

    class State(models.TextChoices):
        OPEN = "open", "Đang thu"
        COUNTED = "counted", "Đã kiểm đếm, chờ duyệt"
        APPROVED = "approved", "Đã duyệt và bàn giao"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    clerk_id: int
    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    opening = models.BigIntegerField(default=0)
    pieces = models.JSONField(default=dict, blank=True)
    expected = models.BigIntegerField(null=True)
    counted = models.BigIntegerField(null=True)
    explanation = models.CharField(max_length=500, default="", blank=True)
    opened_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by_id: int | None
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "quỹ tiền mặt"
        constraints = [
            models.UniqueConstraint(fields=["agency", "clerk", "day"], name="payments_drawer_once")
        ]

    def __str__(self) -> str:
        return f"{self.clerk_id}/{self.day}"

    @property
    def difference(self) -> int:
        """Counted less expected: negative when money is missing."""
        return (self.counted or 0) - (self.expected or 0)


class Posting(models.Model):
    """One event of money; its lines add up to zero. Appended, never edited."""

    legal_basis: ClassVar[str] = "Luật Kế toán 88/2015/QH13"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = TEN_YEARS

    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80, unique=True)
    case_id: int | None
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")
    by_id: int | None
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    note = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        verbose_name = "bút toán"
        indexes = [models.Index(fields=["agency", "day", "id"], name="payments_day_book")]

    def __str__(self) -> str:
        return self.key


class PostingLine(models.Model):
    """An account and an amount in đồng: debit positive, credit negative."""

    legal_basis: ClassVar[str] = "Luật Kế toán 88/2015/QH13"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = TEN_YEARS

    posting_id: int
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="lines")
    account = models.CharField(max_length=12)
    amount = models.BigIntegerField()
    drawer_id: int | None
    drawer = models.ForeignKey(
        CashDrawer, null=True, on_delete=models.PROTECT, related_name="lines"
    )

    class Meta:
        verbose_name = "dòng bút toán"

    def __str__(self) -> str:
        return f"{self.account} {self.amount}"
