"""Parties (who a case is about) and accounts (who logs in). Not officials' posts: see agencies."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from motcua.foundation.fields import EncryptedTextField
from motcua.foundation.ids import new_uid


class Party(models.Model):
    """A citizen or an organisation, as it stands in dossiers.

    The name is kept in clear because every list and slip shows it; everything
    that identifies or reaches the person is encrypted. ``identity_proven`` is
    false while a person has only said who they are (self-registration): such a
    party never receives what was filed for the real holder of the number.
    """

    legal_basis: ClassVar[str] = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "as long as the longest-kept case of the party"

    class Kind(models.TextChoices):
        PERSON = "person", "Cá nhân"
        ORGANISATION = "organisation", "Tổ chức"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PERSON)
    full_name = models.CharField(max_length=200)
    identity_kind = models.CharField(max_length=12, default="cccd")
    identity_number = EncryptedTextField(default="", blank=True)
    identity_hash = models.CharField(max_length=64, null=True, db_index=True, editable=False)
    identity_proven = models.BooleanField(default=True)
    birth_date = EncryptedTextField(default="", blank=True)
    gender = models.CharField(max_length=8, default="", blank=True)
    phone = EncryptedTextField(default="", blank=True)
    email = EncryptedTextField(default="", blank=True)
    address = EncryptedTextField(default="", blank=True)
    commune_code = models.CharField(max_length=5, default="", blank=True)
    classes = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "người, tổ chức"
        constraints = [
            models.UniqueConstraint(
                fields=["identity_hash"],
                condition=models.Q(identity_proven=True),
                name="people_proven_identity_once",
            )
        ]

    def __str__(self) -> str:
        return self.full_name


class AccountManager(BaseUserManager["Account"]):
    """Accounts are made by services; Django's log-in machinery only reads them."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=username)


class Account(AbstractBaseUser):
    """What somebody logs in with: a citizen, an official or another system."""

    legal_basis: ClassVar[str] = "Nghị định 69/2024/NĐ-CP"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "five years after the account is closed"

    class Kind(models.TextChoices):
        CITIZEN = "citizen", "Người dân"
        OFFICIAL = "official", "Cán bộ, công chức"
        CLIENT = "client", "Hệ thống của tổ chức khác"
        SYSTEM = "system", "Hệ thống"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    username = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.CITIZEN)
    display_name = models.CharField(max_length=200)
    party_id: int | None
    party = models.OneToOneField(Party, null=True, blank=True, on_delete=models.PROTECT)
    email = EncryptedTextField(default="", blank=True)
    language = models.CharField(max_length=5, default="vi")
    totp_secret = EncryptedTextField(default="", blank=True)
    totp_last_step = models.BigIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    failed_logins = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[AccountManager] = AccountManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "tài khoản"

    def __str__(self) -> str:
        return self.username


class Representation(models.Model):
    """One party may act for another: parent, guardian, authorised person, legal representative."""

    legal_basis: ClassVar[str] = "Bộ luật Dân sự 91/2015/QH13, Điều 134–143"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "as the cases in which it was used"

    principal_id: int
    principal = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="agents")
    agent_id: int
    agent = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="principals")
    basis = models.CharField(max_length=200)
    scope = models.JSONField(default=list, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "đại diện"
        indexes = [models.Index(fields=["agent", "principal"], name="people_repr_agent")]

    def __str__(self) -> str:
        return f"{self.agent_id}→{self.principal_id}"
