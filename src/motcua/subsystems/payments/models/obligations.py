"""What another law makes an applicant pay while a dossier waits; its money never comes here."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.foundation.ids import new_uid

TEN_YEARS = "ten years (Luật Kế toán 88/2015/QH13, Điều 41)"


class Obligation(models.Model):
    """One sum of another law (land tax, registration duty), by the notice that asks for it.

    It is paid to the treasury, so it is in none of the books here; what was paid of it is
    kept as proofs, and only the whole of it ends the wait of the dossier.
    """

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP, Điều 17; Nghị định 101/2024/NĐ-CP"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = TEN_YEARS

    class State(models.TextChoices):
        OPEN = "open", "Chưa nộp đủ"
        PAID = "paid", "Đã nộp đủ"
        VOID = "void", "Đã rút thông báo"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    case_id: int
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="obligations")
    name = models.CharField(max_length=200)
    notice = models.CharField(max_length=120, default="", blank=True)
    basis = models.CharField(max_length=300)
    amount = models.BigIntegerField()
    paid = models.BigIntegerField(default=0)
    state = models.CharField(max_length=4, choices=State.choices, default=State.OPEN)
    asked_at = models.DateTimeField()
    asked_by_id: int | None
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "nghĩa vụ tài chính"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) & Q(paid__gte=0), name="payments_obligation_amounts"
            )
        ]
        indexes = [models.Index(fields=["case", "state"], name="payments_obligations")]

    def __str__(self) -> str:
        return f"{self.name} {self.amount} đ"

    @property
    def left(self) -> int:
        """What is still to be paid, in đồng."""
        return max(0, self.amount - self.paid)


class ObligationProof(models.Model):
    """A payment made to the treasury, told once: by a paper shown here, or by the platform."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP, Điều 17"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = TEN_YEARS

    obligation_id: int
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="proofs")
    source = models.CharField(max_length=40)
    number = models.CharField(max_length=80)
    amount = models.BigIntegerField()
    by_id: int | None
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = "chứng từ nộp"
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="payments_proof_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_proof_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.number}"
