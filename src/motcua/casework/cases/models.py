"""Case: anything an agency must answer. Facts of a kind live in the slice that owns it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models

from motcua.foundation.ids import new_uid

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

FAR_FUTURE = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


class Case(models.Model):
    """One thing to be answered: its present state, mirrored from appended history.

    ``version`` grows with every change and is the optimistic lock; ``due_at``
    and ``clock_state`` mirror the legal clock; ``ledger_seq`` and
    ``ledger_head`` mirror the end of the case's ledger chain, so that a step
    writes its entry without reading the chain.
    """

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "by the kind of result (statutory list)"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=60, unique=True, null=True)
    subject_code = models.CharField(max_length=40, default="", blank=True)
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, default="", blank=True)
    state = models.CharField(max_length=30)
    state_since = models.DateTimeField()
    is_open = models.BooleanField(default=True)
    outcome = models.CharField(max_length=30, default="", blank=True)
    channel = models.CharField(max_length=12, default="online")
    applicant_id: int | None
    applicant = models.ForeignKey(
        "people.Party",
        null=True,
        on_delete=models.PROTECT,
        related_name="cases",
        db_index=False,
    )
    submitter_id: int | None
    submitter = models.ForeignKey(
        "people.Party",
        null=True,
        on_delete=models.PROTECT,
        related_name="submitted_cases",
        db_index=False,
    )
    receiving_agency_id: int
    receiving_agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="received_cases"
    )
    competent_agency_id: int
    competent_agency = models.ForeignKey(
        "agencies.Agency",
        on_delete=models.PROTECT,
        related_name="competent_cases",
        db_index=False,
    )
    holder_agency_id: int | None
    holder_agency = models.ForeignKey(
        "agencies.Agency",
        null=True,
        on_delete=models.PROTECT,
        related_name="held_cases",
        db_index=False,
    )
    holder_role = models.CharField(max_length=30, default="", blank=True)
    assignee_id: int | None
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    claimed_by_id: int | None
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_until = models.DateTimeField(null=True)
    parent_id: int | None
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    opened_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    sort_due = models.DateTimeField(default=FAR_FUTURE)
    clock_state = models.CharField(max_length=10, default="none")
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    ledger_seq = models.PositiveIntegerField(default=0)
    ledger_head = models.CharField(max_length=64, default="", blank=True)
    opening: str | None = None
    """Hash of the chain's first entry, where a read brought it along."""

    class Meta:
        verbose_name = "vụ việc"
        # One index per view and per half: "is_open" as a condition, not as a column, since
        # SQLite cannot look a bare boolean up in an index.
        indexes = [
            models.Index(
                fields=["holder_agency", "sort_due", "id"],
                condition=models.Q(is_open=True),
                name="cases_inbox_agency",
            ),
            models.Index(
                fields=["assignee", "sort_due", "id"],
                condition=models.Q(is_open=True),
                name="cases_inbox_person",
            ),
            models.Index(
                fields=["sort_due", "id"],
                condition=models.Q(is_open=True),
                name="cases_inbox_city",
            ),
            models.Index(
                fields=["holder_agency", "sort_due", "id"],
                condition=models.Q(is_open=False),
                name="cases_closed_agency",
            ),
            models.Index(
                fields=["sort_due", "id"],
                condition=models.Q(is_open=False),
                name="cases_closed_city",
            ),
            models.Index(fields=["applicant", "-id"], name="cases_applicant"),
            models.Index(fields=["submitter", "-id"], name="cases_submitter"),
            models.Index(fields=["competent_agency", "received_at"], name="cases_competent"),
        ]

    def __str__(self) -> str:
        return self.code or str(self.uid)


class StateChange(models.Model):
    """One step of a case's public history: appended, never edited."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the case"

    case_id: int
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="changes", db_index=False)
    seq = models.PositiveIntegerField()
    verb = models.CharField(max_length=60)
    from_state = models.CharField(max_length=30)
    to_state = models.CharField(max_length=30)
    at = models.DateTimeField()
    account_id: int | None
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    actor_name = models.CharField(max_length=200)
    actor_title = models.CharField(max_length=120, default="", blank=True)
    agency_id: int | None
    agency = models.ForeignKey(
        "agencies.Agency",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    note = models.TextField(default="", blank=True)
    public = models.BooleanField(default=True)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "bước xử lý"
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="cases_change_once")]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.seq} {self.to_state}"


class Looking(models.Model):
    """Who has a case open right now, so that two officers see each other."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "one day"

    case_id: int
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="lookers")
    account_id: int
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "đang xem"
        constraints = [
            models.UniqueConstraint(fields=["case", "account"], name="cases_looking_once")
        ]

    def __str__(self) -> str:
        return f"{self.account_id}@{self.case_id}"


class Correction(models.Model):
    """One complete request for everything missing, and what came back.

    A second request needs a supervisor and a reason: the law lets an agency ask once.
    """

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP, Điều 17"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the case"

    case_id: int
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="corrections")
    seq = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    asked_by_id: int | None
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    message = models.TextField()
    repeat_reason = models.TextField(default="", blank=True)
    approved_by = models.CharField(max_length=200, default="", blank=True)
    answer_by = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer_note = models.TextField(default="", blank=True)
    if TYPE_CHECKING:
        items: RelatedManager[CorrectionItem]

    class Meta:
        verbose_name = "yêu cầu bổ sung"
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="cases_correction_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.seq}"


class CorrectionItem(models.Model):
    """One field or paper that must be mended, why, and how it was answered."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP, Điều 17"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the case"

    class Problem(models.TextChoices):
        MISSING = "missing", "Còn thiếu"
        WRONG = "wrong", "Chưa đúng"
        UNCLEAR = "unclear", "Không đọc rõ"
        EXPIRED = "expired", "Hết giá trị"

    correction_id: int
    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="items")
    target_kind = models.CharField(max_length=8)
    target = models.CharField(max_length=80)
    label = models.CharField(max_length=300)
    problem = models.CharField(max_length=8, choices=Problem.choices)
    reason = models.TextField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    mended = models.BooleanField(default=False)
    if TYPE_CHECKING:

        def get_problem_display(self) -> str: ...

    class Meta:
        verbose_name = "mục cần bổ sung"

    def __str__(self) -> str:
        return f"{self.target_kind}:{self.target}"


class SavedView(models.Model):
    """A way of looking at the inbox that an official named and keeps, perhaps for the unit.

    ``asked`` is the query string of the inbox (filters and columns); ``place`` orders the
    owner's own views.
    """

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "until its owner deletes it"

    uid: models.UUIDField[UUID, UUID] = models.UUIDField(
        default=new_uid, unique=True, editable=False
    )
    account_id: int
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    shared_with_id: int | None
    shared_with = models.ForeignKey(
        "agencies.Agency", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    name: models.CharField[str, str] = models.CharField(max_length=60)
    asked: models.CharField[str, str] = models.CharField(max_length=600, default="", blank=True)
    place: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = "chế độ xem"

    def __str__(self) -> str:
        return self.name


class DoneOnce(models.Model):
    """The answer to a command that must not be done twice, by its idempotency key."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "thirty days"

    key = models.CharField(max_length=100)
    account_key = models.CharField(max_length=24)
    command = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    result = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "lệnh đã thực hiện"
        constraints = [
            models.UniqueConstraint(fields=["key", "account_key"], name="cases_done_once")
        ]

    def __str__(self) -> str:
        return self.key


class DailyCounter(models.Model):
    """The last number given by a receiving unit on a day, for dossier codes."""

    legal_basis: ClassVar[str] = "Thông tư 03/2025/TT-VPCP"
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    prefix = models.CharField(max_length=30)
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        verbose_name = "số thứ tự trong ngày"
        constraints = [models.UniqueConstraint(fields=["prefix", "day"], name="cases_counter_once")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.day}"
