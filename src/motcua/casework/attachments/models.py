"""Files as received: bytes known by their hash, and the record of who gave them for what."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.ids import new_uid

LAW = "Nghị định 118/2025/NĐ-CP; Luật Giao dịch điện tử 20/2023/QH15"


class Blob(models.Model):
    """Some bytes, once, whoever sent them. The bytes are never rewritten."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "as long as the longest-kept case that holds it"

    class Scan(models.TextChoices):
        PENDING = "pending", _("Đang chờ quét mã độc")
        CLEAN = "clean", _("Đã quét mã độc, an toàn")
        INFECTED = "infected", _("Bị nhiễm mã độc")
        UNSCANNED = "unscanned", _("Chưa quét mã độc")
        MADE = "made", _("Do hệ thống tạo")

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    mime = models.CharField(max_length=100)
    created_at = models.DateTimeField()
    scan_state: models.CharField[str, str] = models.CharField(max_length=9, choices=Scan.choices)
    scanned_at = models.DateTimeField(null=True)
    scanner: models.CharField[str, str] = models.CharField(max_length=120, default="", blank=True)

    class Meta:
        verbose_name = "nội dung tệp"
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(scan_state="pending"),
                name="attachments_blob_pending",
            )
        ]

    def __str__(self) -> str:
        return self.sha256


class Attachment(models.Model):
    """A file in a case or in a draft: what it stands for, from whom, when.

    Appended, never edited: a better scan is another attachment, a mistake is
    withdrawn. Only the way from a draft into its case is written afterwards.
    """

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the case; an abandoned draft thirty days"

    class Kind(models.TextChoices):
        ORIGINAL = "original", _("Bản chính")
        CERTIFIED = "certified", _("Bản sao chứng thực")
        COPY = "copy", _("Bản chụp, bản sao")
        ELECTRONIC = "electronic", _("Bản điện tử")
        RESULT = "result", _("Kết quả giải quyết")
        SLIP = "slip", _("Phiếu")

    class Source(models.TextChoices):
        UPLOAD = "upload", _("Người nộp tải lên")
        SCAN = "scan", _("Số hoá tại bộ phận một cửa")
        STORE = "store", _("Lấy từ kho của tổ chức, cá nhân")
        DATABASE = "database", _("Khai thác từ cơ sở dữ liệu")

    blob_id: str
    case_id: int | None
    owner_id: int | None

    uid: models.UUIDField[UUID, UUID] = models.UUIDField(
        default=new_uid, unique=True, editable=False
    )
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="attachments")
    case = models.ForeignKey(
        "cases.Case", null=True, on_delete=models.PROTECT, related_name="attachments"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    draft_key: models.CharField[str, str] = models.CharField(max_length=64, default="", blank=True)
    component_code: models.CharField[str, str] = models.CharField(
        max_length=80, default="", blank=True
    )
    name: models.CharField[str, str] = models.CharField(max_length=200)
    kind: models.CharField[str, str] = models.CharField(max_length=10, choices=Kind.choices)
    source: models.CharField[str, str] = models.CharField(max_length=8, choices=Source.choices)
    digitised_by_id: int | None
    digitised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    reused_from_id: int | None
    reused_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="reuses"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "tệp đính kèm"
        indexes = [
            models.Index(
                fields=["owner", "draft_key"],
                condition=models.Q(case__isnull=True),
                name="attachments_draft",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class Derivative(models.Model):
    """A copy made for showing or searching: no EXIF, no scripts; can be made anew at any time."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with its original"

    class Kind(models.TextChoices):
        THUMBNAIL = "thumbnail", _("Ảnh nhỏ")
        PREVIEW = "preview", _("Ảnh xem trước")
        TEXT = "text", _("Văn bản")
        PAGE = "page", _("Trang")

    blob_id: str

    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="derivatives")
    kind: models.CharField[str, str] = models.CharField(max_length=9, choices=Kind.choices)
    page = models.PositiveSmallIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    mime = models.CharField(max_length=100)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "bản dẫn xuất"
        constraints = [
            models.UniqueConstraint(
                fields=["blob", "kind", "page"], name="attachments_derivative_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.blob_id[:12]}"
