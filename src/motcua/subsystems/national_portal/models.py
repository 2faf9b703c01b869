"""What was reported to the national portal, what came from there, and how both sides compare."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.fields import EncryptedTextField
from motcua.foundation.ids import new_uid

LAW = "Nghị định 118/2025/NĐ-CP; Nghị định 224/2026/NĐ-CP, Điều 15"


class SyncedDossier(models.Model):
    """How far the portal's knowledge of one dossier goes: present state of its messages."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "with the dossier"

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ gửi"
        SYNCED = "synced", "Đã đồng bộ"
        REFUSED = "refused", "Bị từ chối"

    case_id: int
    case = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.PROTECT, related_name="portal_sync"
    )
    portal_code = models.CharField(max_length=60, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    last_state = models.CharField(max_length=2, default="", blank=True)
    problem = models.CharField(max_length=300, default="", blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = "hồ sơ đồng bộ với Cổng Dịch vụ công quốc gia"
        indexes = [models.Index(fields=["state", "changed_at"], name="portal_sync_state")]

    def __str__(self) -> str:
        return f"{self.portal_code} {self.state}"


class SyncMessage(models.Model):
    """One message for the portal; its content is fixed when it is written, so that every try
    sends the same bytes under the same transaction number."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "content until taken; the record with the dossier"

    class Kind(models.TextChoices):
        DOSSIER = "dossier", "Hồ sơ"
        STEP = "step", "Tiến độ"

    dossier_id: int
    dossier = models.ForeignKey(SyncedDossier, on_delete=models.PROTECT, related_name="messages")
    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    mark = models.CharField(max_length=40)
    body = EncryptedTextField(default="", blank=True)
    written_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        verbose_name = "thông điệp gửi Cổng Dịch vụ công quốc gia"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "kind", "mark"], name="portal_message_once")
        ]
        indexes = [
            models.Index(
                fields=["dossier", "id"],
                condition=models.Q(taken_at__isnull=True),
                name="portal_message_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.mark}"


class InboundDossier(models.Model):
    """A dossier filed on the portal: kept as it came, then filed here or shown to a person."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the dossier; one that was never filed two years"

    class State(models.TextChoices):
        NEW = "new", _("Mới nhận")
        FILED = "filed", _("Đã vào sổ")
        NEEDS_PERSON = "person", _("Cần người xem")
        SET_ASIDE = "aside", _("Đã xử lý ngoài hệ thống")

    portal_code = models.CharField(max_length=60, unique=True)
    body = EncryptedTextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    problems = models.JSONField(default=list, blank=True)
    case_id: int | None
    case = models.OneToOneField(
        "cases.Case", null=True, on_delete=models.PROTECT, related_name="portal_origin"
    )
    came_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_note = models.CharField(max_length=300, default="", blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "hồ sơ nhận từ Cổng Dịch vụ công quốc gia"
        indexes = [models.Index(fields=["state", "id"], name="portal_inbound_state")]

    def __str__(self) -> str:
        return f"{self.portal_code} {self.state}"


class Reconciliation(models.Model):
    """One comparison of both sides over a stretch of days; codes and states only."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "five years"

    since = models.DateField()
    until = models.DateField()
    at = models.DateTimeField()
    ours = models.PositiveIntegerField()
    theirs = models.PositiveIntegerField()
    differing = models.JSONField(default=list, blank=True)
    requeued = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "đối soát với Cổng Dịch vụ công quốc gia"

    def __str__(self) -> str:
        return f"{self.since}–{self.until}"
