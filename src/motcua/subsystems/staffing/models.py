"""Absences, standing rules of assignment, what officers handle, and distributions."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models

from motcua.foundation.ids import new_uid

LAW = "Nghị định 118/2025/NĐ-CP; Luật Cán bộ, công chức 80/2025/QH15"


class Absence(models.Model):
    """Days on which an official is away, and who does the work meanwhile."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "five years"

    class Kind(models.TextChoices):
        LEAVE = "leave", "Nghỉ phép"
        TRIP = "trip", "Công tác"
        COURSE = "course", "Học tập, bồi dưỡng"
        OTHER = "other", "Lý do khác"

    class State(models.TextChoices):
        ASKED = "asked", "Chờ duyệt"
        APPROVED = "approved", "Đã duyệt"
        REFUSED = "refused", "Không duyệt"
        ENDED = "ended", "Đã kết thúc sớm"

    uid: models.UUIDField[UUID, UUID] = models.UUIDField(
        default=new_uid, unique=True, editable=False
    )
    account_id: int
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    begins: models.DateField[dt.date, dt.date] = models.DateField()
    ends: models.DateField[dt.date, dt.date] = models.DateField()
    kind: models.CharField[str, str] = models.CharField(max_length=8, choices=Kind.choices)
    substitute_id: int | None
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    state: models.CharField[str, str] = models.CharField(
        max_length=8, choices=State.choices, default=State.ASKED
    )
    asked_at = models.DateTimeField()
    decided_by_id: int | None
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "vắng mặt"
        indexes = [
            models.Index(fields=["agency", "ends"], name="staffing_absence_agency"),
            models.Index(fields=["account", "ends"], name="staffing_absence_account"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.begins}–{self.ends}"


class Handles(models.Model):
    """An officer of an agency handles a subject (a procedure) between two dates."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "five years after it ends"

    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    account_id: int
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    subject_code = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        verbose_name = "lĩnh vực phụ trách"
        indexes = [models.Index(fields=["agency", "valid_to"], name="staffing_handles_agency")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.subject_code}"


class StandingRule(models.Model):
    """From a moment on, new cases of an agency are given to officers by this way."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "five years after it ends"

    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    way: models.CharField[str, str] = models.CharField(max_length=12)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "quy tắc tự phân công"
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=models.Q(until=None), name="staffing_rule_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.way}"


class GivenByRule(models.Model):
    """A case was given to an officer by a standing rule: once, so that a change by hand stays."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "with the case"

    rule_id: int
    rule = models.ForeignKey(StandingRule, on_delete=models.PROTECT, related_name="given")
    case = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    account_id: int
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = "phân công tự động"

    def __str__(self) -> str:
        return f"{self.pk}→{self.account_id}"


class Distribution(models.Model):
    """Many cases given at once; done one by one in the background."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "five years"

    uid: models.UUIDField[UUID, UUID] = models.UUIDField(
        default=new_uid, unique=True, editable=False
    )
    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    way: models.CharField[str, str] = models.CharField(max_length=12)
    account_id: int
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "đợt phân công"
        indexes = [models.Index(fields=["agency", "-id"], name="staffing_runs_of_agency")]

    def __str__(self) -> str:
        return str(self.uid)


class DistributionItem(models.Model):
    """One case of a distribution: for whom, and how it ended."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "five years"

    distribution_id: int
    distribution = models.ForeignKey(Distribution, on_delete=models.PROTECT, related_name="items")
    case_id: int
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    account_id: int
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(null=True)
    refused: models.CharField[str, str] = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        verbose_name = "hồ sơ trong đợt phân công"
        constraints = [
            models.UniqueConstraint(fields=["distribution", "case"], name="staffing_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.distribution_id}/{self.case_id}"
