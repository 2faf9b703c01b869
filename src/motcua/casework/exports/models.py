"""One asked-for file of a list: whose, what, how far, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.fields import EncryptedTextField
from motcua.foundation.ids import new_uid

if TYPE_CHECKING:
    from motcua.casework.people.public import Account


class Export(models.Model):
    """A list as a file, made in the background for one official and for nobody else.

    ``asked`` holds the filters; they may name a person, so they are encrypted. When the
    file has expired the row stays as the record of what left, without bytes.
    """

    legal_basis: ClassVar[str] = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "the file for export_keep_days; the row two years"

    class State(models.TextChoices):
        WAITING = "waiting", _("Đang chờ")
        RUNNING = "running", _("Đang làm")
        READY = "ready", _("Đã xong")
        FAILED = "failed", _("Không làm được")
        STOPPED = "stopped", _("Đã dừng")
        GONE = "gone", _("Đã hết hạn")

    uid: models.UUIDField[UUID, UUID] = models.UUIDField(
        default=new_uid, unique=True, editable=False
    )
    account_id: int
    account: models.ForeignKey[Account, Account] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    source: models.CharField[str, str] = models.CharField(max_length=60)
    format: models.CharField[str, str] = models.CharField(max_length=4)
    asked: models.TextField[str, str] = EncryptedTextField(default="", blank=True)
    language: models.CharField[str, str] = models.CharField(max_length=5, default="vi")
    state: models.CharField[str, str] = models.CharField(
        max_length=8, choices=State.choices, default=State.WAITING
    )
    rows_total = models.PositiveIntegerField(null=True)
    rows_done: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    blob_id: str | None
    blob = models.ForeignKey(
        "attachments.Blob", null=True, on_delete=models.PROTECT, related_name="+"
    )
    file_name = models.CharField(max_length=120, default="", blank=True)
    problem = models.JSONField(default=dict, blank=True)
    if TYPE_CHECKING:

        def get_state_display(self) -> str: ...

    class Meta:
        verbose_name = "tệp xuất"
        indexes = [
            models.Index(fields=["account", "-id"], name="exports_own"),
            models.Index(
                fields=["expires_at"],
                condition=models.Q(state="ready"),
                name="exports_expiring",
            ),
            models.Index(
                fields=["touched_at"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="exports_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.uid}"
