"""One approval of many papers, its exact list, and what became of each: all appended."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.ids import new_uid

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Batch(models.Model):
    """One approval: who, when, proved how. Written once; what follows are marks and outcomes.

    ``approval`` authenticates the list (HMAC with the installation's key): an item that
    somebody put into the table by hand is never signed.
    """

    legal_basis: ClassVar[str] = "Nghị định 30/2020/NĐ-CP, Điều 13, Điều 32"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "as the papers it covers"

    class Purpose(models.TextChoices):
        SIGN = "sign", _("Ký")
        SEAL = "seal", _("Đóng dấu, ban hành")

    uid: models.UUIDField[UUID, UUID] = models.UUIDField(
        default=new_uid, unique=True, editable=False
    )
    account_id: int
    account: models.ForeignKey[Any, Any] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    purpose: models.CharField[str, str] = models.CharField(max_length=4, choices=Purpose.choices)
    language: models.CharField[str, str] = models.CharField(max_length=5, default="vi")
    proof: models.CharField[str, str] = models.CharField(max_length=8)
    total: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    approval: models.CharField[str, str] = models.CharField(max_length=64)
    approved_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    if TYPE_CHECKING:
        items: RelatedManager[BatchItem]
        marks: RelatedManager[BatchMark]

        def get_purpose_display(self) -> str: ...

    class Meta:
        verbose_name = "đợt ký"
        indexes = [models.Index(fields=["account", "-id"], name="batches_own")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.uid}"


class BatchItem(models.Model):
    """One paper of the list, as it was when it was approved."""

    legal_basis: ClassVar[str] = "Nghị định 30/2020/NĐ-CP, Điều 13, Điều 32"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "as the papers it covers"

    batch_id: int
    batch: models.ForeignKey[Batch, Batch] = models.ForeignKey(
        Batch, on_delete=models.PROTECT, related_name="items"
    )
    position: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    case_id: int
    case: models.ForeignKey[Any, Any] = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="+"
    )
    document_id: int
    document: models.ForeignKey[Any, Any] = models.ForeignKey(
        "issuing.IssuedDocument", on_delete=models.PROTECT, related_name="+"
    )
    version: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    digest: models.CharField[str, str] = models.CharField(max_length=64)

    class Meta:
        verbose_name = "văn bản của đợt ký"
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="batches_position_once"),
            models.UniqueConstraint(fields=["batch", "case"], name="batches_case_once"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}#{self.position}"


class BatchOutcome(models.Model):
    """What became of one paper: written with the act itself, once."""

    legal_basis: ClassVar[str] = "Nghị định 30/2020/NĐ-CP, Điều 13, Điều 32"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "as the papers it covers"

    class Kind(models.TextChoices):
        DONE = "done", _("Đã xong")
        DROPPED = "dropped", _("Không ký")
        FAILED = "failed", _("Không thành")

    item_id: int
    item: models.OneToOneField[BatchItem, BatchItem] = models.OneToOneField(
        BatchItem, primary_key=True, on_delete=models.PROTECT, related_name="outcome"
    )
    kind: models.CharField[str, str] = models.CharField(max_length=8, choices=Kind.choices)
    at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    number: models.CharField[str, str] = models.CharField(max_length=60, default="", blank=True)
    code: models.CharField[str, str] = models.CharField(max_length=60, default="", blank=True)
    reason: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(
        default=dict, blank=True
    )
    if TYPE_CHECKING:

        def get_kind_display(self) -> str: ...

    class Meta:
        verbose_name = "kết quả trong đợt ký"

    def __str__(self) -> str:
        return f"{self.item_id} {self.kind}"


class BatchMark(models.Model):
    """A batch was stopped by its owner, broken off, or came to its end; each once."""

    legal_basis: ClassVar[str] = "Nghị định 30/2020/NĐ-CP, Điều 13, Điều 32"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "as the papers it covers"

    class What(models.TextChoices):
        STOPPED = "stopped", _("Đã dừng")
        BROKEN = "broken", _("Dừng vì sự cố")
        FINISHED = "finished", _("Đã xong")

    batch_id: int
    batch: models.ForeignKey[Batch, Batch] = models.ForeignKey(
        Batch, on_delete=models.PROTECT, related_name="marks"
    )
    what: models.CharField[str, str] = models.CharField(max_length=8, choices=What.choices)
    at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    reason: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(
        default=dict, blank=True
    )

    class Meta:
        verbose_name = "dấu mốc của đợt ký"
        constraints = [models.UniqueConstraint(fields=["batch", "what"], name="batches_mark_once")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.what}"
