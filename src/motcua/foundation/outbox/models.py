"""Two tables: what happened (events) and what is still to be done about it (jobs)."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from motcua.foundation.outbox.rules import NORMAL


class Event(models.Model):
    """A fact, written in the transaction that made it true; a worker hands it on afterwards."""

    legal_basis: ClassVar[str] = "Bảng kỹ thuật, không do văn bản pháp luật quy định"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "90 ngày sau khi đã chuyển đến mọi nơi nhận"

    topic: models.CharField[str, str] = models.CharField(max_length=80)
    key: models.CharField[str, str] = models.CharField(max_length=120)
    payload: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder
    )
    emitted_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    dispatched_at: models.DateTimeField[dt.datetime | None, dt.datetime | None] = (
        models.DateTimeField(null=True)
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                name="outbox_event_waiting",
                condition=models.Q(dispatched_at__isnull=True),
            ),
            models.Index(fields=["dispatched_at"], name="outbox_event_dispatched"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"


class Job(models.Model):
    """One piece of work for a worker, with its lease, its tries and its end."""

    legal_basis: ClassVar[str] = "Bảng kỹ thuật, không do văn bản pháp luật quy định"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "7 ngày sau khi xong; việc hỏng giữ đến khi có người xử lý"

    class State(models.TextChoices):
        QUEUED = "queued"
        LEASED = "leased"
        DONE = "done"
        DEAD = "dead"

    queue: models.CharField[str, str] = models.CharField(max_length=80)
    payload: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder
    )
    state: models.CharField[str, str] = models.CharField(
        max_length=8, choices=State, default=State.QUEUED
    )
    priority: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField(
        default=NORMAL
    )
    run_after: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    attempts: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField(
        default=0
    )
    max_attempts: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField()
    lease_until: models.DateTimeField[dt.datetime | None, dt.datetime | None] = (
        models.DateTimeField(null=True)
    )
    lease_by: models.CharField[str, str] = models.CharField(max_length=80, default="", blank=True)
    dedupe_key: models.CharField[str, str] = models.CharField(
        max_length=160, default="", blank=True
    )
    last_error: models.CharField[str, str] = models.CharField(
        max_length=500, default="", blank=True
    )
    created_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    finished_at: models.DateTimeField[dt.datetime | None, dt.datetime | None] = (
        models.DateTimeField(null=True)
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe_key"],
                name="outbox_job_dedupe",
                condition=~models.Q(dedupe_key=""),
            )
        ]
        indexes = [
            models.Index(
                fields=["priority", "run_after", "id"],
                name="outbox_job_waiting",
                condition=models.Q(state="queued"),
            ),
            models.Index(
                fields=["lease_until"],
                name="outbox_job_leased",
                condition=models.Q(state="leased"),
            ),
            models.Index(
                fields=["finished_at"],
                name="outbox_job_finished",
                condition=models.Q(state="done"),
            ),
            models.Index(fields=["id"], name="outbox_job_dead", condition=models.Q(state="dead")),
        ]

    def __str__(self) -> str:
        return f"{self.queue} #{self.pk} ({self.state})"
