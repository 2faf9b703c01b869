"""Periods of evaluation, what people enter for them with evidence, and their frozen results."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

LAW = "Nghị định 61/2018/NĐ-CP, Điều 28-32; Nghị định 118/2025/NĐ-CP"


class Appended(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused."""
        if not self._state.adding:
            raise TypeError("rows of this table are appended, never edited")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refused."""
        raise TypeError("rows of this table are never deleted")


class Period(models.Model):
    """A quarter or a year that is evaluated; closing it freezes its results."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    code: models.CharField[str, str] = models.CharField(max_length=12, unique=True)
    since: models.DateField[dt.date, dt.date] = models.DateField()
    until: models.DateField[dt.date, dt.date] = models.DateField()
    closing_asked_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "kỳ đánh giá"

    def __str__(self) -> str:
        return self.code


class UnitFact(Appended):
    """What no data gives for a unit's criterion, entered with evidence; the newest holds."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "permanent"

    period_id: int
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="facts")
    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    criterion: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField()
    facts = models.JSONField(default=dict)
    evidence: models.CharField[str, str] = models.CharField(max_length=500)
    account_id: int | None
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name: models.CharField[str, str] = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "số liệu đánh giá đơn vị"

    def __str__(self) -> str:
        return f"{self.period_id}/{self.agency_id}/{self.criterion}"


class AttitudeFinding(Appended):
    """Whether a complaint about attitude in a dossier is substantiated; the newest holds."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the case"

    case_id: int
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    substantiated: models.BooleanField[bool, bool] = models.BooleanField()
    evidence: models.CharField[str, str] = models.CharField(max_length=500)
    account_id: int | None
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name: models.CharField[str, str] = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "kết luận phản ánh thái độ"

    def __str__(self) -> str:
        return f"{self.case_id} {self.substantiated}"


class FrozenScore(Appended):
    """A result as it stood when its period was closed: of a unit, or of a person in it.

    ``indices`` is a list of ``[criterion, score, count, sum of points]``. A person's row is
    confidential: only the person, the head of the unit and the supervisor see it.
    """

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "permanent"

    period_id: int
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="scores")
    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    account_id: int | None
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    dossiers: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    indices = models.JSONField(default=list)
    total = models.DecimalField(max_digits=4, decimal_places=1)
    grade: models.CharField[str, str] = models.CharField(max_length=10)

    class Meta:
        verbose_name = "kết quả đánh giá đã chốt"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "agency", "account"], name="supervision_score_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.period_id}/{self.agency_id}/{self.account_id or '-'} {self.total}"


class FrozenDossier(Appended):
    """The points of one dossier as they stood when its period was closed.

    ``points`` is a list of ``[criterion, points, agency or null, why in Vietnamese, in English]``.
    """

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the case"

    period_id: int
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="dossiers")
    case_id: int
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    points = models.JSONField(default=list)

    class Meta:
        verbose_name = "điểm hồ sơ đã chốt"
        constraints = [
            models.UniqueConstraint(fields=["period", "case"], name="supervision_dossier_once")
        ]

    def __str__(self) -> str:
        return f"{self.period_id}/{self.case_id}"


class CaseMark(models.Model):
    """Where the roll-up counts an open case: its holder, officer and due day."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "while the case is open; can be made anew at any time"

    case_id: int
    case = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    agency_id: int
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    officer: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)
    due_on: models.DateField[dt.date, dt.date] = models.DateField()

    class Meta:
        verbose_name = "vị trí trong bảng giám sát"

    def __str__(self) -> str:
        return f"{self.case_id}@{self.agency_id}"


class LoadCell(models.Model):
    """How many open cases an officer (0: nobody) of an agency holds that are due on a day.

    Cases whose clock does not run count under the last day of the calendar.
    """

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "none; can be made anew at any time"

    agency_id: int
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    officer: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)
    due_on: models.DateField[dt.date, dt.date] = models.DateField()
    n: models.IntegerField[int, int] = models.IntegerField(default=0)

    class Meta:
        verbose_name = "khối lượng việc"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "officer", "due_on"], name="supervision_cell_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.officer}/{self.due_on}: {self.n}"


class QualityDay(models.Model):
    """What happened at an agency on a day: rework, second supplements, ratings."""

    legal_basis: ClassVar[str] = LAW
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "five years"

    agency_id: int
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    day: models.DateField[dt.date, dt.date] = models.DateField()
    rework: models.IntegerField[int, int] = models.IntegerField(default=0)
    second: models.IntegerField[int, int] = models.IntegerField(default=0)
    ratings: models.IntegerField[int, int] = models.IntegerField(default=0)
    rating_sum: models.IntegerField[int, int] = models.IntegerField(default=0)

    class Meta:
        verbose_name = "chất lượng theo ngày"
        constraints = [
            models.UniqueConstraint(fields=["day", "agency"], name="supervision_quality_once")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.day}"
