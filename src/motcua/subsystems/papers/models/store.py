"""What the house keeps for a person so that nobody asks for it twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.fields import EncryptedTextField
from motcua.foundation.ids import new_uid

LAW = "Nghị định 107/2021/NĐ-CP; Thông tư 01/2023/TT-VPCP; Luật 91/2025/QH15"


class StoredPaper(models.Model):
    """One paper of one proven person: the file of a dossier taken in, or a sealed result.

    The bytes stay where they were received; this row says what they are and what the
    owner allows.
    """

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the dossier the paper came from"

    class Source(models.TextChoices):
        GIVEN = "given", _("Nộp trong hồ sơ")
        SCANNED = "scanned", _("Số hóa tại quầy")
        RESULT = "result", _("Kết quả giải quyết")

    owner_id: int
    attachment_id: int | None
    document_id: int | None
    case_id: int | None

    uid: models.UUIDField[UUID, UUID] = models.UUIDField(
        default=new_uid, unique=True, editable=False
    )
    owner = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")
    attachment = models.ForeignKey(
        "attachments.Attachment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    document = models.ForeignKey(
        "issuing.IssuedDocument", null=True, on_delete=models.PROTECT, related_name="+"
    )
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=300)
    kind: models.CharField[str, str] = models.CharField(max_length=10)
    source: models.CharField[str, str] = models.CharField(max_length=8, choices=Source.choices)
    kind_code: models.CharField[str, str] = models.CharField(max_length=40, default="", blank=True)
    number = EncryptedTextField(default="", blank=True)
    issued_on = models.DateField(null=True)
    issuer: models.CharField[str, str] = models.CharField(max_length=200, default="", blank=True)
    holder_name = EncryptedTextField(default="", blank=True)
    valid_until = models.DateField(null=True)
    language: models.CharField[str, str] = models.CharField(max_length=8, default="vi")
    compared = models.BooleanField(null=True)
    signed_at = models.DateTimeField(null=True)
    digitised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    kept_at = models.DateTimeField()
    hidden = models.BooleanField(default=False)
    reuse_forbidden = models.BooleanField(default=False)
    deleted_at = models.DateTimeField(null=True)
    if TYPE_CHECKING:

        def get_source_display(self) -> str: ...

    class Meta:
        verbose_name = "giấy tờ trong kho"
        constraints = [
            models.UniqueConstraint(fields=["owner", "sha256"], name="papers_stored_once")
        ]

    def __str__(self) -> str:
        return str(self.uid)


class Look(models.Model):
    """Somebody but the owner was shown a stored paper; once for each of them and day.

    ``looker`` names an account (``u:<pk>``) or another system (``s:<name>``); ``who`` is shown.
    """

    legal_basis: ClassVar[str] = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the paper"

    paper_id: int
    paper = models.ForeignKey(StoredPaper, on_delete=models.PROTECT, related_name="looks")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    looker: models.CharField[str, str] = models.CharField(max_length=80)
    who: models.CharField[str, str] = models.CharField(max_length=200)
    agency = models.ForeignKey("agencies.Agency", null=True, on_delete=models.PROTECT)
    day = models.DateField()

    class Meta:
        verbose_name = "lượt xem giấy tờ"
        constraints = [
            models.UniqueConstraint(fields=["paper", "looker", "day"], name="papers_look_once_each")
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.day}"
