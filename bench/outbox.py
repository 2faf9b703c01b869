"""Events and jobs per second, and what an idle worker costs, beside bare SQL in the same run.

``python bench/outbox.py [DATABASE_URL …]`` from the project folder. Without an argument:
SQLite in a temporary file, and PostgreSQL when ``MOTCUA_TEST_DATABASE_URL`` names a server
(a database of its own is made and dropped).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

ROUNDS = 3
COUNT = 400


def set_up(url: str) -> None:
    import django
    from django.conf import settings

    os.environ.setdefault("MOTCUA_DATA_DIR", tempfile.mkdtemp(prefix="motcua-bench-"))
    from motcua.web.settings.base import database

    settings.configure(
        INSTALLED_APPS=["motcua.foundation.outbox"],
        DATABASES={"default": database(url)},
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def best(
    work: Callable[[], object], before: Callable[[], object] | None = None
) -> tuple[float, float]:
    """Most per second of wall time, and least milliseconds of this process's CPU for one."""
    rate, cost = 0.0, float("inf")
    for _ in range(ROUNDS):
        if before:
            before()
        began, used = time.perf_counter(), time.process_time()
        work()
        rate = max(rate, COUNT / (time.perf_counter() - began))
        cost = min(cost, (time.process_time() - used) * 1000 / COUNT)
    return rate, cost


def bare_inserts() -> None:
    """The floor: the same row by SQL in the same kind of transaction."""
    from django.db import connection, transaction

    at = connection.ops.adapt_datetimefield_value(_now())
    for n in range(COUNT):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO outbox_event (topic, key, payload, emitted_at)"
                " VALUES ('bench.bare', %s, '{}', %s)",
                [str(n), at],
            )


def _now() -> Any:
    from motcua.foundation.timesource import now

    return now()


def emit_each() -> None:
    from django.db import transaction

    from motcua.foundation.outbox.public import emit

    for n in range(COUNT):
        with transaction.atomic():
            emit("bench.event", str(n), {"n": n})


def enqueue_each() -> None:
    from django.db import transaction

    from motcua.foundation.outbox.public import enqueue

    for n in range(COUNT):
        with transaction.atomic():
            enqueue("bench.job", {"n": n})


def clear() -> None:
    from motcua.foundation.outbox.models import Event, Job

    Event.objects.all().delete()
    Job.objects.all().delete()


def fill_jobs() -> None:
    from motcua.foundation.outbox.public import enqueue_many

    clear()
    jobs: list[tuple[dict[str, int], None, str]] = [({"n": n}, None, "") for n in range(COUNT)]
    enqueue_many("bench.job", jobs, autocommit=True)


def fill_events() -> None:
    from motcua.foundation.outbox.public import emit_many

    clear()
    emit_many((("bench.event", str(n), {"n": n}) for n in range(COUNT)), autocommit=True)


def drain() -> None:
    from motcua.foundation.outbox.worker import Worker

    worker = Worker()
    while worker.turn(schedules=False):
        pass


def measure(url: str) -> None:
    set_up(url)
    from django.db import connection

    from motcua.foundation.outbox import public as outbox

    outbox.handles("bench.job")(lambda payload: None)
    outbox.subscribes("bench.event", "bench.first")(lambda event: None)
    outbox.subscribes("bench.event", "bench.second")(lambda event: None)
    floor = best(bare_inserts)
    clear()
    print(f"{connection.vendor}")
    show("one bare INSERT and COMMIT", floor, floor)
    show("emit, each in its transaction", best(emit_each, clear), floor)
    show("enqueue, each in its transaction", best(enqueue_each, clear), floor)
    show("drain jobs that do nothing", best(drain, fill_jobs), floor)
    show("drain events to two subscribers (events)", best(drain, fill_events), floor)
    clear()
    idle()
    connection.close()


def idle(seconds: float = 5.0) -> None:
    from motcua.foundation.outbox.public import run_worker

    stop = threading.Event()
    threading.Timer(seconds, stop.set).start()
    began = time.process_time()
    run_worker(stop, poll_seconds=1.0)
    share = (time.process_time() - began) / seconds
    print(f"  idle worker, poll 1 s: {share * 100:.2f} % of one core")


def show(name: str, measured: tuple[float, float], floor: tuple[float, float]) -> None:
    rate, cost = measured
    print(f"  {name:42} {rate:8,.0f}/s  {cost:6.3f} ms CPU  {cost / floor[1]:5.2f} x bare")


def main() -> None:
    if len(sys.argv) > 2 and sys.argv[1] == "--one":
        measure(sys.argv[2])
        return
    for url in sys.argv[1:] or default_urls():
        subprocess.run([sys.executable, __file__, "--one", url], check=True)


def default_urls() -> list[str]:
    urls = [f"sqlite:///{tempfile.mkdtemp(prefix='motcua-bench-')}/outbox.sqlite3"]
    if (server := os.environ.get("MOTCUA_TEST_DATABASE_URL", "")).startswith("postgres"):
        urls.append(make_database(server))
    return urls


def make_database(server: str) -> str:
    import atexit

    import psycopg

    name = f"motcua_bench_{os.getpid()}"

    def run(sql: str) -> None:
        with closing(psycopg.connect(server, autocommit=True)) as db:
            db.execute(sql)  # type: ignore[arg-type]

    run(f"CREATE DATABASE {name}")
    atexit.register(run, f"DROP DATABASE {name} WITH (FORCE)")
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


if __name__ == "__main__":
    main()
