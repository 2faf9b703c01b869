"""A paper on its way from the scanner to a signed file with data."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.fields import EncryptedTextField
from motcua.foundation.ids import new_uid
from motcua.subsystems.papers.models.store import LAW


class PaperScan(models.Model):
    """One paper that an official digitises: its sheets, its data, and the signed file.

    The sheets are files of the official's own draft (``draft_key``); ``sheets`` says in which
    order and which way up they go into the signed file.
    """

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the dossier the paper came from; unsigned ones thirty days"

    class State(models.TextChoices):
        OPEN = "open", _("Đang số hóa")
        SIGNED = "signed", _("Đã ký số")

    class Form(models.TextChoices):
        ORIGINAL = "original", _("Bản chính")
        CERTIFIED = "certified", _("Bản sao chứng thực")
        COPY = "copy", _("Bản chụp, bản sao")

    agency_id: int
    clerk_id: int

    uid: models.UUIDField[UUID, UUID] = models.UUIDField(
        default=new_uid, unique=True, editable=False
    )
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    draft_key: models.CharField[str, str] = models.CharField(max_length=64)
    component_code: models.CharField[str, str] = models.CharField(
        max_length=80, default="", blank=True
    )
    back: models.CharField[str, str] = models.CharField(max_length=300, default="", blank=True)
    state: models.CharField[str, str] = models.CharField(
        max_length=8, choices=State.choices, default=State.OPEN
    )
    name: models.CharField[str, str] = models.CharField(max_length=300)
    kind_code: models.CharField[str, str] = models.CharField(max_length=40, default="", blank=True)
    form: models.CharField[str, str] = models.CharField(
        max_length=10, choices=Form.choices, default=Form.ORIGINAL
    )
    number = EncryptedTextField(default="", blank=True)
    issued_on = models.DateField(null=True)
    issuer: models.CharField[str, str] = models.CharField(max_length=200, default="", blank=True)
    holder_name = EncryptedTextField(default="", blank=True)
    valid_until = models.DateField(null=True)
    language: models.CharField[str, str] = models.CharField(max_length=8, default="vi")
    compared = models.BooleanField(default=False)
    sheets = models.JSONField(default=list)
    started_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    blob_id: str | None
    blob = models.ForeignKey(
        "attachments.Blob", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "giấy tờ số hóa"
        constraints = [
            models.UniqueConstraint(
                fields=["clerk", "draft_key", "component_code"],
                condition=models.Q(state="open"),
                name="papers_scan_open_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.uid)
