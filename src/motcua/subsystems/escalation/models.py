"""Dated ladders, what is watched, which rungs were passed, who was told, what was explained."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models

from motcua.foundation.fields import EncryptedTextField

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class LadderRow(models.Model):
    """A ladder in force from a day, for the city, a field, an agency or both; never edited."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "permanent"

    field: models.CharField[str, str] = models.CharField(max_length=40, default="", blank=True)
    agency_id: int | None
    agency: models.ForeignKey[Any, Any] = models.ForeignKey(
        "agencies.Agency", null=True, on_delete=models.PROTECT, related_name="+"
    )
    valid_from: models.DateField[dt.date, dt.date] = models.DateField()
    rungs: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField()
    reason: models.CharField[str, str] = models.CharField(max_length=500)
    recorded_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    account: models.ForeignKey[Any, Any] = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name: models.CharField[str, str] = models.CharField(max_length=200, default="")

    class Meta:
        verbose_name = "thang nhắc hạn"
        indexes = [models.Index(fields=["valid_from"], name="escalation_ladder_from")]

    def __str__(self) -> str:
        return f"{self.field or '*'} {self.valid_from}"


class Watch(models.Model):
    """When a running case passes its next rung: a note for the sweep, made anew at any time."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "while the case is open"

    case_id: int
    case: models.OneToOneField[Any, Any] = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    due_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    stamp: models.CharField[str, str] = models.CharField(max_length=16)
    points: models.JSONField[list[list[str]], list[list[str]]] = models.JSONField(default=list)
    next_at: models.DateTimeField[dt.datetime | None, dt.datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        verbose_name = "mốc nhắc kế tiếp"
        indexes = [models.Index(fields=["next_at", "case"], name="escalation_next")]

    def __str__(self) -> str:
        return f"{self.case_id}"


class Passed(models.Model):
    """A case passed a rung for one due date: once, told or (if a higher one was) not."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "with the case"

    case_id: int
    case: models.ForeignKey[Any, Any] = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="+"
    )
    due_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    key: models.CharField[str, str] = models.CharField(max_length=40)
    passed_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    noticed_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    told: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    explain: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    if TYPE_CHECKING:
        tellings: RelatedManager[Telling]
        explanations: RelatedManager[Explanation]

    class Meta:
        verbose_name = "bậc nhắc đã qua"
        constraints = [
            models.UniqueConstraint(fields=["case", "due_at", "key"], name="escalation_passed_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.key}"


class Telling(models.Model):
    """One official to be told of one passed rung: at once, or in the morning's digest."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "with the case"

    passed_id: int
    passed: models.ForeignKey[Passed, Passed] = models.ForeignKey(
        Passed, on_delete=models.PROTECT, related_name="tellings"
    )
    account_id: int
    account: models.ForeignKey[Any, Any] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    told_at: models.DateTimeField[dt.datetime | None, dt.datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        verbose_name = "người được nhắc"
        constraints = [
            models.UniqueConstraint(fields=["passed", "account"], name="escalation_told_once")
        ]
        indexes = [
            models.Index(
                fields=["account", "id"],
                condition=models.Q(told_at__isnull=True),
                name="escalation_digest",
            ),
            models.Index(fields=["account", "asked_at"], name="escalation_today"),
        ]

    def __str__(self) -> str:
        return f"{self.passed_id}→{self.account_id}"


class Explanation(models.Model):
    """What whoever handles a late case said about it; appended."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the case"

    passed_id: int
    passed: models.ForeignKey[Passed, Passed] = models.ForeignKey(
        Passed, on_delete=models.PROTECT, related_name="explanations"
    )
    account: models.ForeignKey[Any, Any] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    actor_name: models.CharField[str, str] = models.CharField(max_length=200)
    text: models.TextField[str, str] = EncryptedTextField()
    at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()

    class Meta:
        verbose_name = "giải trình"

    def __str__(self) -> str:
        return f"{self.passed_id}"
