"""Published processes and the tokens that stand in their steps."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.foundation.errors import NotPossibleNow


class PublishedIsFinal(NotPossibleNow):
    """A published process never changes; a change is a new version."""

    code = "published-process-is-final"


class ProcessDefinition(models.Model):
    """One version of a process, as approved. Written once; cases keep the version they began with.

    ``document`` is what the author wrote, ``compiled`` the tables moves are
    looked up in, ``bpmn`` the drawing; ``checksum`` is the SHA-256 of the
    canonical document. ``valid_from`` (city date): cases opened from then on use it.
    """

    legal_basis: ClassVar[str] = "Thông tư 01/2018/TT-VPCP, Điều 8; Nghị định 118/2025/NĐ-CP"
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    key = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    document = models.JSONField()
    compiled = models.JSONField()
    bpmn = models.TextField(default="", blank=True)
    checksum = models.CharField(max_length=64)
    basis = models.TextField(default="", blank=True)
    valid_from = models.DateField()
    published_at = models.DateTimeField()
    published_by_id: int | None
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "quy trình"
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="workflow_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; refuses any later change (a database trigger refuses it too)."""
        if not self._state.adding:
            raise PublishedIsFinal
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused: old cases refer to it for ever."""
        raise PublishedIsFinal


class Token(models.Model):
    """Somebody's turn: one line of work of a case standing, or once standing, in a step.

    ``path`` and ``trail`` are those of ``rules.Token``. ``fork`` is the token
    whose leaving opened the innermost split, and ``arrivals`` counts, on that
    token, the branches that have reached the join.
    """

    legal_basis: ClassVar[str] = "Thông tư 01/2018/TT-VPCP, Điều 17"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "with the case"

    class State(models.TextChoices):
        ACTIVE = "active", "Đang xử lý"
        DONE = "done", "Đã xong"
        CANCELLED = "cancelled", "Đã huỷ"

    case_id: int
    definition_id: int
    agency_id: int | None
    assignee_id: int | None
    left_by_id: int | None
    fork_id: int | None

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="tokens")
    definition = models.ForeignKey(
        ProcessDefinition, on_delete=models.PROTECT, related_name="tokens", db_index=False
    )
    step = models.CharField(max_length=60)
    role = models.CharField(max_length=30)
    agency = models.ForeignKey(
        "agencies.Agency",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    entered_at = models.DateTimeField()
    entered_from = models.CharField(max_length=60, default="", blank=True)
    step_due_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    left_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    outcome = models.CharField(max_length=60, default="", blank=True)
    path = models.JSONField(default=list, blank=True)
    trail = models.JSONField(default=list, blank=True)
    fork = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="branches", db_index=False
    )
    arrivals = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "lượt xử lý"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step"], condition=Q(state="active"), name="workflow_held_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["agency", "role", "step_due_at"],
                condition=Q(state="active"),
                name="workflow_queue",
            ),
            models.Index(
                fields=["assignee", "step_due_at"],
                condition=Q(state="active", assignee__isnull=False),
                name="workflow_desk",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.step}"


class Timer(models.Model):
    """A moment at which something happens to a token that still stands in its step."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP, Điều 17"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "with the case"

    token_id: int

    token = models.ForeignKey(Token, on_delete=models.PROTECT, related_name="timers")
    timer = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    fired_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "mốc hẹn"
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(fired_at__isnull=True, dropped_at__isnull=True),
                name="workflow_timers_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.token_id}:{self.timer}"


class Consultation(models.Model):
    """A question put to another agency, its answer, or what its silence meant."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP, Điều 19"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "with the case"

    class Opinion(models.TextChoices):
        AGREE = "agree", "Thống nhất"
        AGREE_IF = "agree_if", "Thống nhất có điều kiện"
        DISAGREE = "disagree", "Không thống nhất"
        NO_OPINION = "no_opinion", "Không có ý kiến"

    case_id: int
    agency_id: int

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="consultations")
    token = models.OneToOneField(Token, on_delete=models.PROTECT, related_name="consultation")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    question = models.TextField(default="", blank=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    silence = models.CharField(max_length=10, default="", blank=True)
    silence_applied = models.BooleanField(default=False)
    answer = models.TextField(default="", blank=True)
    opinion = models.CharField(max_length=12, choices=Opinion.choices, default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_id: int | None
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "lấy ý kiến"
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(answered_at__isnull=True, silence_applied=False),
                name="workflow_silence_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.agency_id}"
