"""Hand-on, retries, leases, schedules and the loop."""

from __future__ import annotations

import datetime as dt
import threading
import time

import pytest

from motcua.foundation.outbox import leasing
from motcua.foundation.outbox import public as outbox
from motcua.foundation.outbox.models import Event, Job
from motcua.foundation.outbox.worker import Worker
from motcua.foundation.timesource import at_time, now

NOON = dt.datetime(2026, 11, 20, 5, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_every_subscriber_gets_every_event_of_its_topic_once() -> None:
    seen: list[tuple[str, str, object]] = []

    @outbox.subscribes("cases.opened", "notices.cases")
    @outbox.subscribes("cases.closed", "notices.cases")
    def tell(event: outbox.EventMessage) -> None:
        seen.append(("notices", event.topic, event.payload["n"]))

    @outbox.subscribes("cases.opened", "search.cases")
    def index(event: outbox.EventMessage) -> None:
        seen.append(("search", event.topic, event.key))

    with at_time(NOON):
        outbox.emit("cases.opened", "H29.1", {"n": 1})
        outbox.emit("cases.closed", "H29.1", {"n": 2})
        outbox.emit("cases.forgotten", "H29.1", {"n": 3})
        outbox.run_until_idle()
    assert sorted(seen) == [
        ("notices", "cases.closed", 2),
        ("notices", "cases.opened", 1),
        ("search", "cases.opened", "H29.1"),
    ]
    assert not Event.objects.filter(dispatched_at__isnull=True).exists()
    Event.objects.update(dispatched_at=None)
    outbox.run_until_idle()
    assert len(seen) == 3


@pytest.mark.django_db
def test_events_reach_a_subscriber_in_the_order_of_writing() -> None:
    keys: list[str] = []
    outbox.subscribes("cases.moved", "x.moved")(lambda event: keys.append(event.key))
    outbox.emit_many(("cases.moved", str(n), {}) for n in range(30))
    outbox.run_until_idle(limit=7)
    assert keys == [str(n) for n in range(30)]


@pytest.mark.django_db
def test_a_failed_job_comes_back_later_and_leaves_no_half_effect() -> None:
    tries: list[dt.datetime] = []

    @outbox.handles("flaky", max_attempts=4)
    def flaky(payload: dict[str, object]) -> None:
        outbox.emit("half.done", "x", {})
        tries.append(now())
        if len(tries) < 3:
            raise ValueError("not yet")

    moment = NOON
    with at_time(moment):
        outbox.enqueue("flaky", {})
    for _ in range(40):
        with at_time(moment):
            outbox.run_due()
        moment += dt.timedelta(seconds=1)
    assert len(tries) == 3
    assert (tries[1] - tries[0]).total_seconds() >= 2.5
    assert (tries[2] - tries[1]).total_seconds() >= 5
    assert Job.objects.get().state == Job.State.DONE
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_a_hopeless_job_dies_after_its_last_try_or_at_once_when_it_gives_up() -> None:
    calls: list[str] = []

    @outbox.handles("bad", max_attempts=3)
    def bad(payload: dict[str, str]) -> None:
        calls.append(payload["how"])
        if payload["how"] == "give up":
            raise outbox.GiveUpError("address is gone")
        raise ValueError("never")

    outbox.enqueue("bad", {"how": "give up"})
    outbox.enqueue("bad", {"how": "try"})
    for days in range(10):
        with at_time(now() + dt.timedelta(days=days)):
            outbox.run_due()
    assert sorted(calls) == ["give up", "try", "try", "try"]
    assert len(outbox.dead_letters()) == 2


@pytest.mark.django_db
def test_jobs_wait_for_their_time_and_urgent_ones_go_first() -> None:
    order: list[str] = []
    for name, priority in (("bulk", outbox.BULK), ("plain", outbox.NORMAL), ("now", outbox.URGENT)):
        outbox.handles(name, priority=priority)(lambda payload, name=name: order.append(name))
    with at_time(NOON):
        for name in ("bulk", "plain", "now"):
            outbox.enqueue(name, {})
        outbox.enqueue("now", {}, run_after=NOON + dt.timedelta(hours=1))
        outbox.run_until_idle()
    assert order == ["now", "plain", "bulk"]
    with at_time(NOON + dt.timedelta(minutes=59)):
        assert outbox.run_due() == 0
    with at_time(NOON + dt.timedelta(minutes=60)):
        assert outbox.run_due() == 1


@pytest.mark.django_db
def test_an_expired_lease_is_taken_over_and_the_first_holder_is_undone() -> None:
    outbox.handles("slow")(lambda payload: None)
    with at_time(NOON):
        outbox.enqueue("slow", {})
        (first,) = leasing.take("first", 10, 60)
        assert leasing.take("second", 10, 60) == []
        assert leasing.reap(NOON + dt.timedelta(seconds=59)) == 0
    with at_time(NOON + dt.timedelta(seconds=61)):
        assert leasing.reap(now()) == 1
        (second,) = leasing.take("second", 10, 60)
        assert second.attempts == 2
        with pytest.raises(leasing.LeaseLostError):
            leasing.complete("first", first)
        leasing.fail("first", first, "too late")
        leasing.complete("second", second)
    assert Job.objects.get().state == Job.State.DONE


@pytest.mark.django_db
def test_effects_made_under_a_lost_lease_are_undone() -> None:
    @outbox.handles("slow")
    def slow(payload: dict[str, object]) -> None:
        outbox.emit("slow.done", "x", {})
        Job.objects.update(lease_by="somebody else")

    outbox.enqueue("slow", {})
    outbox.run_due()
    assert not Event.objects.exists()
    assert Job.objects.get().state == Job.State.LEASED


@pytest.mark.django_db
def test_a_job_that_kills_its_worker_every_time_ends_as_a_dead_letter() -> None:
    outbox.handles("poison", max_attempts=2)(lambda payload: None)
    with at_time(NOON):
        outbox.enqueue("poison", {})
    for hour in range(2):
        at = NOON + dt.timedelta(hours=hour)
        with at_time(at):
            assert len(leasing.take("victim", 10, 60)) == 1
            leasing.reap(at + dt.timedelta(seconds=61))
    assert [letter.attempts for letter in outbox.dead_letters()] == [2]


@pytest.mark.django_db
def test_jobs_that_share_a_transaction_fail_alone() -> None:
    @outbox.handles("mixed")
    def mixed(payload: dict[str, int]) -> None:
        outbox.emit("mixed.done", str(payload["n"]), {})
        if payload["n"] % 3 == 0:
            raise ValueError("no")

    for n in range(10):
        outbox.enqueue("mixed", {"n": n})
    Worker().turn(schedules=False)
    assert set(Event.objects.values_list("key", flat=True)) == {"1", "2", "4", "5", "7", "8"}
    assert Job.objects.filter(state=Job.State.DONE, attempts=1).count() == 6
    assert Job.objects.filter(state=Job.State.QUEUED, last_error="ValueError: no").count() == 4


@pytest.mark.django_db
def test_one_lost_lease_does_not_repeat_the_jobs_beside_it() -> None:
    lost: list[int] = []

    @outbox.handles("theft")
    def theft(payload: dict[str, int]) -> None:
        outbox.emit("theft.done", str(payload["n"]), {})
        if payload["n"] == 2:
            lost.append(Job.objects.filter(payload={"n": 2}).update(lease_by="somebody else"))

    for n in range(4):
        outbox.enqueue("theft", {"n": n})
    Worker().turn(schedules=False)
    assert sorted(Event.objects.values_list("key", flat=True)) == ["0", "1", "3"]
    assert Job.objects.filter(state=Job.State.DONE).count() == 3


@pytest.mark.django_db
def test_a_job_of_an_unknown_queue_waits_for_a_newer_worker() -> None:
    outbox.handles("newer")(lambda payload: None)
    outbox.enqueue("newer", {})
    from motcua.foundation.outbox.registry import HANDLERS

    handler = HANDLERS.pop("newer")
    outbox.run_due()
    assert Job.objects.get().state == Job.State.QUEUED
    HANDLERS["newer"] = handler
    with at_time(now() + dt.timedelta(minutes=1)):
        outbox.run_due()
    assert Job.objects.get().state == Job.State.DONE


@pytest.mark.django_db
def test_a_schedule_fires_once_an_interval_whatever_the_number_of_workers() -> None:
    fired: list[dt.datetime] = []

    @outbox.every(600, "x.sweep")
    def sweep() -> None:
        fired.append(now())

    workers = [Worker(), Worker()]
    for minute in range(0, 31, 3):
        with at_time(NOON + dt.timedelta(minutes=minute)):
            for worker in workers:
                worker.turn()
    assert len(fired) == 4


@pytest.mark.django_db
def test_on_stop_jobs_not_begun_are_given_back_without_a_lost_try() -> None:
    worker = Worker()
    outbox.handles("stopper")(lambda payload: worker.stop.set())
    for _ in range(3):
        outbox.enqueue("stopper", {})
    assert worker.turn() == 1
    assert sorted(Job.objects.values_list("state", "attempts")) == [
        ("done", 1),
        ("queued", 0),
        ("queued", 0),
    ]


@pytest.mark.django_db
def test_a_handler_outside_a_transaction_holds_no_lock() -> None:
    from django.db import connection

    depth: list[int] = []
    outside = len(connection.savepoint_ids)
    outbox.handles("inside")(lambda payload: depth.append(len(connection.savepoint_ids)))
    outbox.handles("outside", in_transaction=False)(
        lambda payload: depth.append(len(connection.savepoint_ids))
    )
    outbox.enqueue("inside", {})
    outbox.enqueue("outside", {})
    outbox.run_due()
    assert depth == [outside + 1, outside]


@pytest.mark.django_db
def test_an_idle_loop_sleeps_and_stops_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[float] = []
    monkeypatch.setattr(
        "motcua.foundation.outbox.worker.Worker.turn",
        lambda self, limit: turns.append(time.monotonic()) or 0,
    )
    monkeypatch.setattr("motcua.foundation.outbox.worker.close_old_connections", lambda: None)
    stop = threading.Event()
    loop = threading.Thread(target=outbox.run_worker, args=(stop, 0.4))
    loop.start()
    time.sleep(1.2)
    stop.set()
    loop.join(2)
    assert not loop.is_alive()
    assert 4 <= len(turns) <= 8


@pytest.mark.django_db
def test_the_lag_is_the_age_of_the_oldest_due_job() -> None:
    outbox.handles("letters")(lambda payload: None)
    with at_time(NOON):
        outbox.enqueue("letters", {})
        assert outbox.lag_seconds() == 0
    with at_time(NOON + dt.timedelta(seconds=90)):
        assert outbox.lag_seconds() == 90
        outbox.run_due()
        assert outbox.lag_seconds() == 0


@pytest.mark.django_db
def test_a_worker_that_gives_way_pauses_as_long_as_it_worked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outbox.handles("slow")(lambda payload: time.sleep(0.01))
    pauses: list[float] = []
    patient = Worker(gives_way=True)
    monkeypatch.setattr(patient.stop, "wait", pauses.append)
    for n in range(3):
        outbox.enqueue("slow", {"n": n})
    assert patient.turn(schedules=False) == 3
    assert pauses
    assert all(0.01 <= pause <= 0.1 for pause in pauses)
    outbox.enqueue("slow", {"n": 4})
    eager = Worker()
    monkeypatch.setattr(eager.stop, "wait", pauses.append)
    seen = len(pauses)
    assert eager.turn(schedules=False) == 1
    assert len(pauses) == seen
