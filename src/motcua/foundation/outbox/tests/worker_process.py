"""A real worker process for the crash tests: ``python worker_process.py prepare|fill|work URL``.

Its handlers leave one row in ``effect`` for each run that was committed.
"""

from __future__ import annotations

import sys
import time
from typing import Any
from urllib.parse import urlsplit


def configure(url: str) -> None:
    import django
    from django.conf import settings

    parts = urlsplit(url)
    entry: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "NAME": parts.path[1:]}
    if parts.scheme == "sqlite":
        entry["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;",
        }
    else:
        entry |= {
            "ENGINE": "django.db.backends.postgresql",
            "USER": parts.username,
            "PASSWORD": parts.password or "",
            "HOST": parts.hostname,
            "PORT": str(parts.port or 5432),
        }
    settings.configure(
        INSTALLED_APPS=["motcua.foundation.outbox"],
        DATABASES={"default": entry},
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()


def register() -> None:
    from django.db import connection

    from motcua.foundation.outbox import public as outbox

    def effect(name: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO effect (name) VALUES (%s)", [name])
        time.sleep(0.002)

    @outbox.handles("crash.job", lease_seconds=3)
    def run_job(payload: dict[str, Any]) -> None:
        effect(f"job {payload['n']}")

    @outbox.subscribes("crash.happened", "crash.first", lease_seconds=3)
    def first(event: outbox.EventMessage) -> None:
        effect(f"first {event.key}")

    @outbox.subscribes("crash.happened", "crash.second", lease_seconds=3)
    def second(event: outbox.EventMessage) -> None:
        effect(f"second {event.key}")


def prepare() -> None:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE effect (name varchar(40))")


def fill(count: int) -> None:
    from django.db import transaction

    from motcua.foundation.outbox import public as outbox

    with transaction.atomic():
        for n in range(count):
            outbox.emit("crash.happened", str(n), {})
            outbox.enqueue("crash.job", {"n": n})


def work() -> None:
    from motcua.foundation.outbox import worker

    worker.LEASE_SECONDS = 3
    worker.REAP_SECONDS = 0.2
    worker.run_worker(worker.stop_on_signals(), poll_seconds=0.1)


def main() -> None:
    command, url = sys.argv[1:3]
    configure(url)
    register()
    if command == "prepare":
        prepare()
    elif command == "fill":
        fill(int(sys.argv[3]))
    else:
        work()


if __name__ == "__main__":
    main()
