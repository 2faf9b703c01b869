"""Drafts that people may change and throw away, and submitted answers that stay for ever."""

from __future__ import annotations

import json
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models

from motcua.foundation.crypto import decrypt, encrypt


class SealedJSONField(models.TextField):
    """A JSON value that is stored encrypted (AES-256-GCM) and read back decrypted."""

    description = "Encrypted JSON"

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        return None if value is None else json.loads(decrypt(value) or "null")

    def get_prep_value(self, value: Any) -> str | None:
        if value is None:
            return None
        return encrypt(json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.get_prep_value(self.value_from_object(obj)))

    def to_python(self, value: Any) -> Any:
        return value


class FormDraft(models.Model):
    """What somebody has filled in so far: one per account, form and purpose.

    ``context_key`` says what the draft is for, such as ``procedure:2.000635``, so that
    one form may be in hand twice. ``revision`` grows with each save: two windows never
    overwrite each other unseen.
    """

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "until submitted, discarded, or 90 days without a change"

    account_id: int
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="form_drafts"
    )
    form_key = models.CharField(max_length=80)
    form_version = models.CharField(max_length=40)
    context_key = models.CharField(max_length=120, default="", blank=True)
    content = SealedJSONField()
    current_step = models.CharField(max_length=40, default="", blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "form_key", "context_key"], name="forms_draft_once"
            )
        ]
        indexes = [models.Index(fields=["updated_at"], name="forms_draft_age")]

    def __str__(self) -> str:
        return f"{self.form_key} {self.form_version} [{self.context_key}]"


class AppendedRows(models.QuerySet["FormAnswers"]):
    """Rows that can be added and read, and nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        _refuse()

    def delete(self) -> NoReturn:
        _refuse()


class FormAnswers(models.Model):
    """The answers of one submission: appended per case and form, never edited.

    ``provenance`` tells per prefilled field its source and whether the person changed
    it; it holds no values.
    """

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the case"

    case_id: int
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="form_answers")
    form_key = models.CharField(max_length=80)
    form_version = models.CharField(max_length=40)
    form_checksum = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField()
    answers = SealedJSONField()
    provenance = models.JSONField(default=dict)
    submitted_by_id: int | None
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField()

    objects = AppendedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "form_key", "sequence"], name="forms_answers_sequence"
            )
        ]

    def __str__(self) -> str:
        return f"{self.form_key} #{self.sequence}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            _refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse()


def _refuse() -> NoReturn:
    raise TypeError("submitted answers are appended, never edited or deleted")
