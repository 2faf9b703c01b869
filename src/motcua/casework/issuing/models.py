"""Registers and their numbers, signing keys, issued documents, remembered checks."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from motcua.foundation.fields import EncryptedTextField
from motcua.foundation.ids import new_uid


class Register(models.Model):
    """One series of numbers of an agency in a year; numbers start at 01 on 1 January."""

    legal_basis: ClassVar[str] = "Nghị định 30/2020/NĐ-CP, Điều 15"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "permanent"
    agency_id: int

    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="registers"
    )
    code = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "sổ đăng ký văn bản"
        constraints = [
            models.UniqueConstraint(fields=["agency", "code", "year"], name="issuing_register_once")
        ]

    def __str__(self) -> str:
        return f"{self.code}/{self.year}"


class IssuedNumber(models.Model):
    """A number taken from a register: used once, kept visible when void."""

    legal_basis: ClassVar[str] = "Nghị định 30/2020/NĐ-CP, Điều 15"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "permanent"
    register_id: int

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="numbers")
    number = models.PositiveIntegerField()
    allocated_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        verbose_name = "số văn bản"
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="issuing_number_once")
        ]

    def __str__(self) -> str:
        return str(self.number)


class SigningKey(models.Model):
    """Where a key is and whose it is; the key itself never enters the database.

    ``secret`` is the passphrase or PIN, encrypted; empty when it is derived
    from the installation's data key.
    """

    legal_basis: ClassVar[str] = "Luật Giao dịch điện tử 20/2023/QH15"
    data_class: ClassVar[str] = "secret"
    retention: ClassVar[str] = "ten years after the certificate ends"
    agency_id: int
    account_id: int | None

    class Purpose(models.TextChoices):
        PERSON = "person", "Chữ ký người ký"
        ORGANISATION = "organisation", "Dấu cơ quan"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    backend = models.CharField(max_length=20)
    reference = models.CharField(max_length=500)
    secret = EncryptedTextField(default="", blank=True)
    certificate = models.TextField()
    algorithm = models.CharField(max_length=12)
    picture = models.BinaryField(default=bytes, blank=True)
    demo = models.BooleanField(default=False)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "khóa ký số"
        indexes = [
            models.Index(fields=["account", "valid_to"], name="issuing_key_account"),
            models.Index(fields=["agency", "purpose", "valid_to"], name="issuing_key_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.backend}"


class IssuedDocument(models.Model):
    """An official answer on its way from draft to sealed file.

    ``content`` (what the template prints) is encrypted and erased once the
    document is sealed: from then on the signed file is the record.

    ``agency`` issued it and stays. ``sealing_agency`` is set when that agency was merged
    between signature and seal: its successor seals in its stead.
    """

    legal_basis: ClassVar[str] = "Nghị định 30/2020/NĐ-CP; Nghị định 118/2025/NĐ-CP"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "by the kind of result (statutory list)"
    agency_id: int
    case_id: int | None
    drafted_by_id: int | None
    signer_id: int | None
    sealed_by_id: int | None
    sealing_agency_id: int | None
    replaces_id: int | None

    class State(models.TextChoices):
        DRAFT = "draft", "Dự thảo"
        SIGNED = "signed", "Đã ký"
        SEALED = "sealed", "Đã phát hành"
        VOID = "void", "Đã hủy"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    code = models.CharField(max_length=16, unique=True)
    case = models.ForeignKey(
        "cases.Case", null=True, on_delete=models.PROTECT, related_name="documents"
    )
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="documents"
    )
    sealing_agency = models.ForeignKey(
        "agencies.Agency", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    template = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    confidentiality = models.CharField(max_length=10, default="personal")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    register_code = models.CharField(max_length=40)
    notation = models.CharField(max_length=40)
    number_id: int | None
    number = models.OneToOneField(IssuedNumber, null=True, on_delete=models.PROTECT)
    full_number = models.CharField(max_length=60, default="", blank=True)
    issued_on = models.DateField(null=True, blank=True)
    content = EncryptedTextField(default="", blank=True)
    seal_room = models.JSONField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, default="", blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField()
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signer_name = models.CharField(max_length=200, default="", blank=True)
    signer_lines = models.JSONField(default=list, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sealed_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=500, default="", blank=True)
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    demo = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "văn bản"
        indexes = [
            models.Index(fields=["agency", "state", "-id"], name="issuing_doc_queue"),
            models.Index(fields=["case", "-id"], name="issuing_doc_case"),
            models.Index(fields=["sha256"], name="issuing_doc_file"),
            models.Index(
                fields=["sealing_agency", "state"],
                condition=models.Q(sealing_agency__isnull=False),
                name="issuing_doc_inherited",
            ),
        ]

    def __str__(self) -> str:
        return self.full_number or self.code


class FileVerification(models.Model):
    """The outcome of checking one file against one set of trust anchors."""

    legal_basis: ClassVar[str] = "Nghị định 30/2020/NĐ-CP, Điều 21"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "thirty days"

    sha256 = models.CharField(max_length=64)
    anchors = models.CharField(max_length=64)
    report = models.JSONField()
    checked_at = models.DateTimeField()

    class Meta:
        verbose_name = "kết quả kiểm tra chữ ký số"
        constraints = [
            models.UniqueConstraint(fields=["sha256", "anchors"], name="issuing_check_once")
        ]
        indexes = [models.Index(fields=["checked_at"], name="issuing_check_age")]

    def __str__(self) -> str:
        return self.sha256[:12]
