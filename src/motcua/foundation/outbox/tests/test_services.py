"""Emitting, enqueueing, dead letters, purge."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from motcua.foundation.outbox import public as outbox
from motcua.foundation.outbox.models import Event, Job
from motcua.foundation.timesource import at_time

NOON = dt.datetime(2026, 11, 20, 5, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_emit_is_one_insert(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        outbox.emit("cases.opened", "H29.1", {"case": 1})
    with django_assert_num_queries(1):
        outbox.emit_many(("cases.opened", f"H29.{i}", {"case": i}) for i in range(50))
    assert Event.objects.count() == 51


@pytest.mark.django_db(transaction=True)
def test_emit_and_enqueue_refuse_to_stand_apart_from_a_change() -> None:
    outbox.handles("letters")(lambda payload: None)
    with pytest.raises(outbox.OutsideTransactionError):
        outbox.emit("cases.opened", "H29.1", {})
    with pytest.raises(outbox.OutsideTransactionError):
        outbox.enqueue("letters", {})
    outbox.emit("cases.opened", "H29.1", {}, autocommit=True)
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_event_vanishes_with_the_change_it_tells_of() -> None:
    with transaction.atomic():
        outbox.emit("cases.opened", "H29.1", {})
        transaction.set_rollback(True)
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_a_dedupe_key_admits_one_job_even_after_it_is_done() -> None:
    done: list[int] = []
    outbox.handles("letters")(lambda payload: done.append(payload["n"]))
    outbox.enqueue("letters", {"n": 1}, dedupe_key="letter:1")
    outbox.enqueue("letters", {"n": 2}, dedupe_key="letter:1")
    outbox.run_until_idle()
    outbox.enqueue("letters", {"n": 3}, dedupe_key="letter:1")
    outbox.enqueue("letters", {"n": 4})
    outbox.enqueue("letters", {"n": 5})
    outbox.run_until_idle()
    assert done == [1, 4, 5]


@pytest.mark.django_db
def test_nobody_can_ask_for_a_job_that_nobody_does() -> None:
    with pytest.raises(LookupError, match="no-such-queue"):
        outbox.enqueue("no-such-queue", {})


def test_a_queue_has_one_handler() -> None:
    outbox.handles("letters")(lambda payload: None)
    with pytest.raises(ValueError, match="letters"):
        outbox.handles("letters")(lambda payload: 1)


@pytest.mark.django_db
def test_dead_letters_are_seen_and_revived() -> None:
    broken = [True]

    @outbox.handles("letters", max_attempts=1)
    def send(payload: dict[str, object]) -> None:
        if broken[0]:
            raise OSError("cannot reach an@example.vn, 0903123456")

    outbox.enqueue("letters", {"n": 1})
    outbox.run_due()
    (letter,) = outbox.dead_letters()
    assert letter.queue == "letters"
    assert "OSError" in letter.last_error
    assert "example.vn" not in letter.last_error
    assert "0903" not in letter.last_error
    assert [(s.queue, s.dead) for s in outbox.queue_states()] == [("letters", 1)]
    broken[0] = False
    recorded: list[int] = []
    assert outbox.retry_dead(by="account 1", record=recorded.extend) == [letter.id]
    assert recorded == [letter.id]
    outbox.run_due()
    assert outbox.dead_letters() == []
    assert Job.objects.get().state == Job.State.DONE


@pytest.mark.django_db
def test_retry_dead_takes_only_what_was_asked_for() -> None:
    @outbox.handles("a", max_attempts=1)
    @outbox.handles("b", max_attempts=1)
    def fail(payload: dict[str, object]) -> None:
        raise outbox.GiveUpError("no use")

    for queue in ("a", "a", "b"):
        outbox.enqueue(queue, {})
    outbox.run_due()
    first = outbox.dead_letters(queue="a")[-1].id
    assert outbox.retry_dead(by="x", job_ids=[first]) == [first]
    assert len(outbox.retry_dead(by="x", queue="b")) == 1
    assert len(outbox.dead_letters()) == 1


@pytest.mark.django_db
def test_purge_keeps_what_is_young_unfinished_or_dead() -> None:
    outbox.handles("letters")(lambda payload: None)
    outbox.subscribes("cases.opened", "letters.on_opened")(lambda event: None)

    @outbox.handles("broken", max_attempts=1)
    def broken(payload: dict[str, object]) -> None:
        raise OSError

    with at_time(NOON - dt.timedelta(days=100)):
        outbox.emit("cases.opened", "H29.1", {})
        outbox.enqueue("letters", {})
        outbox.enqueue("broken", {})
        outbox.enqueue("letters", {}, run_after=NOON + dt.timedelta(days=1))
        outbox.run_until_idle()
    with at_time(NOON):
        outbox.emit("cases.opened", "H29.2", {})
        outbox.run_until_idle()
        assert outbox.purge() == 3
    assert sorted(Job.objects.values_list("queue", "state")) == [
        ("broken", "dead"),
        ("letters", "queued"),
        ("letters.on_opened", "done"),
    ]
    assert Event.objects.get().key == "H29.2"
