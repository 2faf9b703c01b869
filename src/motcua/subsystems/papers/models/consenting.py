"""What owners allow: a clerk who may look, a code that another system may use."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models

from motcua.foundation.ids import new_uid
from motcua.subsystems.papers.models.store import StoredPaper

LAW = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"


class Consent(models.Model):
    """An owner agreed at a counter that a clerk looks into their store for one dossier."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the papers"

    owner_id: int
    uid: models.UUIDField[UUID, UUID] = models.UUIDField(
        default=new_uid, unique=True, editable=False
    )
    owner = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    draft_key: models.CharField[str, str] = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    ends_on = models.DateField()
    withdrawn_at: models.DateTimeField[dt.datetime | None, dt.datetime | None] = (
        models.DateTimeField(null=True)
    )

    class Meta:
        verbose_name = "đồng ý cho xem kho giấy tờ"
        indexes = [models.Index(fields=["owner", "-id"], name="papers_consent_owner")]

    def __str__(self) -> str:
        return str(self.uid)


class ShareCode(models.Model):
    """A code by which another system may use one paper once, made by its owner."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "secret"
    retention: ClassVar[str] = "with the paper"

    used_by_id: int | None
    paper = models.ForeignKey(StoredPaper, on_delete=models.PROTECT, related_name="codes")
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "mã dùng lại giấy tờ"

    def __str__(self) -> str:
        return str(self.pk)
