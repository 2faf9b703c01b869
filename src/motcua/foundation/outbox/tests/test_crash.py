"""kill -9 of real worker processes: nothing lost, no effect repeated."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

import motcua

pytestmark = pytest.mark.engine

SCRIPT = Path(__file__).with_name("worker_process.py")
SOURCE = Path(motcua.__path__[0]).parent
JOBS = 120


class Store:
    """One database under test, looked at without Django."""

    def __init__(self, url: str) -> None:
        self.url = url

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        if self.url.startswith("sqlite"):
            with contextlib.closing(sqlite3.connect(urlsplit(self.url).path[1:], timeout=20)) as db:
                return db.execute(sql).fetchall()
        with psycopg.connect(self.url) as db:
            return db.execute(sql).fetchall()

    def run(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(SCRIPT), arguments[0], self.url, *arguments[1:]]
        env = {**os.environ, "PYTHONPATH": str(SOURCE)}
        return subprocess.Popen(
            command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def unfinished(self) -> int:
        (jobs,) = self.rows("SELECT count(*) FROM outbox_job WHERE state <> 'done'")
        (events,) = self.rows("SELECT count(*) FROM outbox_event WHERE dispatched_at IS NULL")
        return int(str(jobs[0])) + int(str(events[0]))

    def wait_until_done(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while self.unfinished():
            assert time.monotonic() < end, "work was left undone"
            time.sleep(0.1)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    server = os.environ.get("MOTCUA_TEST_DATABASE_URL", "")
    if request.param == "sqlite":
        if server.startswith("postgres"):
            pytest.skip("the run on SQLite has it")
        made = Store(f"sqlite:///{tmp_path / 'outbox.sqlite3'}")
        assert made.run("prepare").wait(60) == 0
        yield made
        return
    if not server.startswith("postgres"):
        pytest.skip("no PostgreSQL given")
    name = f"test_outbox_crash_{os.getpid()}"
    made = Store(urlunsplit(urlsplit(server)._replace(path=f"/{name}")))
    with psycopg.connect(server, autocommit=True) as db:
        db.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        db.execute(f"CREATE DATABASE {name}")
        assert made.run("prepare").wait(60) == 0
        yield made
        db.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _assert_each_effect_once(store: Store) -> None:
    counted = Counter(str(name) for (name,) in store.rows("SELECT name FROM effect"))
    assert set(counted.values()) == {1}
    assert len(counted) == 3 * JOBS
    assert store.rows("SELECT count(*) FROM outbox_job WHERE state = 'dead'") == [(0,)]


def test_killed_workers_lose_nothing_and_repeat_nothing(store: Store) -> None:
    assert store.run("fill", str(JOBS)).wait(60) == 0
    dice = random.Random(20261122)
    for _ in range(4):
        worker = store.run("work")
        ready = time.monotonic() + 20
        before = store.unfinished()
        while before and store.unfinished() == before and time.monotonic() < ready:
            time.sleep(0.02)
        time.sleep(dice.uniform(0, 0.15))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    last = store.run("work")
    store.wait_until_done(60)
    last.send_signal(signal.SIGTERM)
    assert last.wait(10) == 0
    _assert_each_effect_once(store)


def test_two_workers_share_the_work_without_doing_it_twice(store: Store) -> None:
    workers = [store.run("work") for _ in range(2)]
    assert store.run("fill", str(JOBS)).wait(60) == 0
    store.wait_until_done(60)
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    assert [worker.wait(10) for worker in workers] == [0, 0]
    _assert_each_effect_once(store)
