"""What is owed for a dossier, and the receipt that was given; money is whole đồng."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Charge(models.Model):
    """What a dossier costs, line by line, with the rule behind each line; 0 đ included."""

    legal_basis: ClassVar[str] = "Luật Phí và lệ phí 97/2015/QH13"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "ten years (Luật Kế toán 88/2015/QH13, Điều 41)"

    class State(models.TextChoices):
        OPEN = "open", "Chưa nộp"
        PAID = "paid", "Đã nộp"
        WAIVED = "waived", "Không phải nộp"

    case_id: int
    case = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.PROTECT, related_name="charge"
    )
    amount = models.BigIntegerField()
    lines = models.JSONField(default=list)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    assessed_at = models.DateTimeField()

    class Meta:
        verbose_name = "khoản thu"

    def __str__(self) -> str:
        return f"{self.amount} đ"


class Receipt(models.Model):
    """A numbered receipt, gap-free per agency and year; given also for 0 đ."""

    legal_basis: ClassVar[str] = "Nghị định 123/2020/NĐ-CP; Nghị quyết 411/NQ-HĐND (29/09/2025)"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "ten years (Luật Kế toán 88/2015/QH13, Điều 41)"

    class Method(models.TextChoices):
        NONE = "none", "Không phải nộp (0 đ)"
        CASH = "cash", "Tiền mặt tại quầy"
        TRANSFER = "transfer", "Chuyển khoản"
        PLATFORM = "platform", "Nền tảng thanh toán quốc gia"

    charge_id: int | None
    charge = models.OneToOneField(
        Charge, null=True, on_delete=models.PROTECT, related_name="receipt"
    )
    replaces_id: int | None
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replacement"
    )
    document_id: int | None
    document = models.OneToOneField(
        "issuing.IssuedDocument", null=True, on_delete=models.PROTECT, related_name="+"
    )
    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    amount = models.BigIntegerField()
    method = models.CharField(max_length=8, choices=Method.choices)
    payer = models.CharField(max_length=200)
    taken_by_id: int | None
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = "biên lai"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "number"], name="payments_receipt_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"BL {self.number:06d}/{self.year}"


class ReceiptVoid(models.Model):
    """A receipt taken back, with the reason; it stays in its book under its number."""

    legal_basis: ClassVar[str] = "Nghị định 123/2020/NĐ-CP"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "ten years (Luật Kế toán 88/2015/QH13, Điều 41)"

    receipt_id: int
    receipt = models.OneToOneField(
        Receipt, primary_key=True, on_delete=models.PROTECT, related_name="voided"
    )
    reason = models.CharField(max_length=500)
    by_id: int | None
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = "biên lai bị hủy"

    def __str__(self) -> str:
        return f"{self.receipt_id}"


class ReceiptBook(models.Model):
    """The last receipt number of an agency in a year."""

    legal_basis: ClassVar[str] = "Nghị định 123/2020/NĐ-CP"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "ten years (Luật Kế toán 88/2015/QH13, Điều 41)"

    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        verbose_name = "quyển biên lai"
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="payments_book_once")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.year}"
