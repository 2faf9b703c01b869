"""Orders to pay, money that arrived, refunds, and the accounts they run over."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.foundation.fields import EncryptedTextField
from motcua.foundation.ids import new_uid

LAW = "Luật Phí và lệ phí 97/2015/QH13; Nghị định 118/2025/NĐ-CP"
TEN_YEARS = "ten years (Luật Kế toán 88/2015/QH13, Điều 41)"


class BankAccount(models.Model):
    """The account of an agency that fees are paid to, from a day on."""

    legal_basis: ClassVar[str] = "decision of the agency; named in the row"
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = TEN_YEARS

    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    bank_bin = models.CharField(max_length=6)
    bank_name = models.CharField(max_length=120)
    number = models.CharField(max_length=19)
    holder = models.CharField(max_length=160)
    basis = models.CharField(max_length=300, default="", blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "tài khoản thu"
        constraints = [
            models.UniqueConstraint(fields=["agency", "valid_from"], name="payments_account_once")
        ]
        indexes = [models.Index(fields=["number"], name="payments_account_number")]

    def __str__(self) -> str:
        return f"{self.bank_name} {self.number}"


class NoticeKey(models.Model):
    """With which a bank signs its notices; money to an unknown account goes to its agency."""

    legal_basis: ClassVar[str] = "agreement with the bank"
    data_class: ClassVar[str] = "secret"
    retention: ClassVar[str] = "one year after it ended"

    key_id = models.SlugField(max_length=40, unique=True)
    bank = models.CharField(max_length=120)
    secret = EncryptedTextField()
    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "khoá báo có"

    def __str__(self) -> str:
        return self.key_id


class PaymentOrder(models.Model):
    """One way offered to pay one charge, until it runs out."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = TEN_YEARS

    class Way(models.TextChoices):
        VIETQR = "vietqr", "Chuyển khoản (VietQR)"
        PLATFORM = "platform", "Nền tảng thanh toán quốc gia"

    class State(models.TextChoices):
        OPEN = "open", "Chờ thanh toán"
        PAID = "paid", "Đã thanh toán"
        EXPIRED = "expired", "Hết hạn"
        REFUSED = "refused", "Không thành công"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    charge_id: int
    charge = models.ForeignKey("payments.Charge", on_delete=models.PROTECT, related_name="orders")
    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    account_id: int | None
    account = models.ForeignKey(BankAccount, null=True, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=Way.choices)
    reference = models.CharField(max_length=25, unique=True)
    amount = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    remote_id = models.CharField(max_length=80, default="", blank=True)
    pay_url = models.CharField(max_length=500, default="", blank=True)
    problem = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        verbose_name = "lệnh thanh toán"
        constraints = [
            models.UniqueConstraint(
                fields=["charge", "way"], condition=Q(state="open"), name="payments_order_open_once"
            )
        ]

    def __str__(self) -> str:
        return self.reference

    def ran_out(self, at: dt.datetime) -> bool:
        """Whether money that comes at this moment comes late."""
        return at > self.expires_at


class Arrival(models.Model):
    """Money that arrived, told once by a bank or the platform; never dropped."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = TEN_YEARS

    class Verdict(models.TextChoices):
        EXACT = "exact", "Đúng số tiền"
        LATE = "late", "Đến muộn"
        DOUBLE = "double", "Nộp trùng"
        SHORT = "short", "Nộp thiếu"
        OVER = "over", "Nộp thừa"
        UNMATCHED = "unmatched", "Chưa rõ hồ sơ"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    source = models.CharField(max_length=40)
    transaction_id = models.CharField(max_length=80)
    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    account_number = models.CharField(max_length=19, default="", blank=True)
    amount = models.BigIntegerField()
    content = EncryptedTextField(default="", blank=True)
    order_id: int | None
    order = models.ForeignKey(
        PaymentOrder, null=True, on_delete=models.PROTECT, related_name="arrivals"
    )
    charge_id: int | None
    charge = models.ForeignKey(
        "payments.Charge", null=True, on_delete=models.PROTECT, related_name="arrivals"
    )
    verdict = models.CharField(max_length=9, choices=Verdict.choices)
    left = models.BigIntegerField(default=0)
    occurred_at = models.DateTimeField()
    told_at = models.DateTimeField()

    class Meta:
        verbose_name = "khoản tiền về"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "transaction_id"], name="payments_arrival_once"
            ),
            models.CheckConstraint(
                condition=Q(left__gte=0) & Q(left__lte=models.F("amount")),
                name="payments_arrival_left",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "id"], condition=Q(left__gt=0), name="payments_arrivals_left"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.transaction_id}"


class Refund(models.Model):
    """Money given back: asked by one person, approved by another, then paid out."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = TEN_YEARS

    class Way(models.TextChoices):
        CASH = "cash", "Tiền mặt"
        TRANSFER = "transfer", "Chuyển khoản"
        PLATFORM = "platform", "Nền tảng thanh toán quốc gia"

    class State(models.TextChoices):
        ASKED = "asked", "Chờ duyệt"
        APPROVED = "approved", "Đã duyệt, chờ chi"
        REFUSED = "refused", "Không duyệt"
        PAID = "paid", "Đã chi"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    arrival_id: int | None
    arrival = models.ForeignKey(
        Arrival, null=True, on_delete=models.PROTECT, related_name="refunds"
    )
    receipt_id: int | None
    receipt = models.ForeignKey(
        "payments.Receipt", null=True, on_delete=models.PROTECT, related_name="refunds"
    )
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=500)
    way = models.CharField(max_length=8, choices=Way.choices)
    payee = EncryptedTextField(default="", blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    asked_by_id: int | None
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    decided_by_id: int | None
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    proof = models.CharField(max_length=120, default="", blank=True)

    class Meta:
        verbose_name = "khoản hoàn trả"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_refund_positive")
        ]
        indexes = [models.Index(fields=["agency", "state", "id"], name="payments_refunds")]

    def __str__(self) -> str:
        return f"{self.amount}"
