"""Other organisations' systems: their keys, what they filed, and where they want to be told."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.fields import EncryptedTextField
from motcua.foundation.ids import new_uid

LAW = "Nghị định 224/2026/NĐ-CP, Điều 15; Luật Giao dịch điện tử 20/2023/QH15"


class Partner(models.Model):
    """An organisation's system that uses the API under an account of its own."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "five years after its last key ended"

    account_id: int
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="partner"
    )
    name = models.CharField(max_length=200)
    contact = EncryptedTextField(default="", blank=True)
    since = models.DateTimeField()

    class Meta:
        verbose_name = "hệ thống kết nối"

    def __str__(self) -> str:
        return self.name


class AccessKey(models.Model):
    """A key of a partner. Only a keyed hash of its secret is kept; it is shown once."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "secret"
    retention: ClassVar[str] = "five years after it ended"

    partner_id: int
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="keys")
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    valid_to = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "khoá truy cập"

    def __str__(self) -> str:
        return self.prefix


class FiledDossier(models.Model):
    """Which partner filed a dossier: it may follow and supplement that one for the applicant."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "with the dossier"

    case_id: int
    case = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    partner_id: int
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="filed")

    class Meta:
        verbose_name = "hồ sơ do hệ thống kết nối nộp"

    def __str__(self) -> str:
        return f"{self.partner_id}/{self.case_id}"


class Webhook(models.Model):
    """An address of a partner that is told of changes, with the secret that signs them."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "secret"
    retention: ClassVar[str] = "one year after it was switched off"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    partner_id: int
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="webhooks")
    url = models.CharField(max_length=500)
    topics = models.JSONField(default=list)
    secret = EncryptedTextField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "địa chỉ nhận thông báo"

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """One event for one webhook: told once, retried with growing waits, visible when given up."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "ninety days"

    class State(models.TextChoices):
        WAITING = "waiting", _("Đang chờ")
        DELIVERED = "delivered", _("Đã nhận")
        GIVEN_UP = "given_up", _("Không gửi được")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    webhook_id: int
    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    event_id = models.BigIntegerField()
    body = models.TextField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(max_length=60, default="", blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "thông báo gửi hệ thống kết nối"
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event_id"], name="partners_delivery_once")
        ]
        indexes = [models.Index(fields=["state", "-id"], name="partners_delivery_state")]

    def __str__(self) -> str:
        return f"{self.webhook_id} {self.event_id} {self.state}"
