"""Rows inserted as the next of their series, updated and read back, events held together."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.foundation.outbox.models import Event, Job
from motcua.foundation.outbox.public import emit, emitting_together
from motcua.foundation.statements import fresh, insert, insert_numbered, send, update_returning
from motcua.foundation.timesource import now

pytestmark = pytest.mark.django_db


def _job(queue: str) -> Job:
    return Job(
        queue=queue, payload={"a": [1, "ế"]}, run_after=now(), created_at=now(), max_attempts=3
    )


def test_a_numbered_row_is_the_next_of_its_series() -> None:
    rows = [_job("a"), _job("b"), _job("a")]
    for row in rows:
        insert_numbered(row, "attempts", within=("queue",))
    assert [row.attempts for row in rows] == [1, 1, 2]
    assert [Job.objects.get(pk=row.pk).attempts for row in rows] == [1, 1, 2]


def test_updated_rows_come_back_as_models_in_order_of_their_keys() -> None:
    rows = [_job("a"), _job("a"), _job("b")]
    insert(*rows)
    changed = update_returning(
        Job, {"queue": "a", "finished_at": None}, {"state": Job.State.DEAD, "attempts": 3}
    )
    assert [row.pk for row in changed] == [rows[0].pk, rows[1].pk]
    fresh = Job.objects.get(pk=rows[0].pk)
    assert (fresh.state, fresh.attempts) == (Job.State.DEAD, 3)
    for name in ("payload", "run_after", "state", "attempts", "finished_at"):
        assert getattr(changed[0], name) == getattr(fresh, name)
    assert update_returning(Job, {"queue": "none"}, {"attempts": 1}) == []


def test_events_of_one_act_are_written_with_one_insert_in_their_order() -> None:
    with CaptureQueriesContext(connection) as queries, emitting_together():
        emit("t.first", "k", {})
        with emitting_together():
            emit("t.second", "k", {})
    assert len(queries) == 1
    assert list(Event.objects.order_by("pk").values_list("topic", flat=True)) == [
        "t.first",
        "t.second",
    ]


def _emit_and_stumble() -> None:
    with emitting_together():
        emit("t.lost", "k", {})
        _ = 1 / 0


def test_what_a_savepoint_undoes_is_not_told_and_an_error_tells_nothing() -> None:
    with emitting_together():
        try:
            with transaction.atomic():
                emit("t.undone", "k", {})
                raise IntegrityError
        except IntegrityError:
            emit("t.kept", "k", {})
    with pytest.raises(ZeroDivisionError):
        _emit_and_stumble()
    assert list(Event.objects.values_list("topic", flat=True)) == ["t.kept"]


def test_a_fresh_row_is_what_the_model_would_have_made() -> None:
    at = now()
    given: dict[str, Any] = {"queue": "a", "payload": {}, "run_after": at, "created_at": at}
    plain, made = Job(**given, max_attempts=3), fresh(Job, **given, max_attempts=3)
    for column in Job._meta.concrete_fields:
        assert getattr(made, column.attname) == getattr(plain, column.attname)
    insert(made)
    assert made.pk
    assert Job.objects.get(pk=made.pk) == made
    made.attempts = 2
    made.save()
    assert Job.objects.get().attempts == 2
    with pytest.raises(TypeError, match="colour"):
        fresh(Job, colour="red")


def test_a_statement_sent_straight_fails_as_one_through_the_cursor() -> None:
    row = fresh(Job, queue="a", run_after=now(), created_at=now(), max_attempts=3, dedupe_key="x")
    insert(row)
    twin = fresh(Job, queue="a", run_after=now(), created_at=now(), max_attempts=3, dedupe_key="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(twin)
    rows, _ = send("SELECT '100%%', %s FROM outbox_job", ["a%"])
    assert [tuple(each) for each in rows] == [("100%", "a%")]
    assert send("UPDATE outbox_job SET attempts = %s", [4], rows=False)[1] == 1


def test_nothing_is_sent_in_a_transaction_that_is_lost() -> None:
    def lose() -> None:
        with transaction.atomic():
            transaction.set_rollback(True)
            send("SELECT 1")

    with pytest.raises(transaction.TransactionManagementError):
        lose()
