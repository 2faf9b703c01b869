"""The web server, and keeping it and the worker alive together."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Sequence


def _on_sqlite() -> bool:
    return os.environ.get("DATABASE_URL", "sqlite:").startswith("sqlite:")


def serve(*, host: str, port: int, workers: int = 0) -> None:
    """Run Granian until a signal ends it.

    On SQLite there is one process with one thread: a second writer would only
    wait (p99 rises tenfold with four threads). On PostgreSQL, one process a core.
    """
    from granian.constants import Interfaces
    from granian.server import Server

    server = Server(
        "motcua.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers or (1 if _on_sqlite() else max(1, os.cpu_count() or 1)),
        blocking_threads=1 if _on_sqlite() else 4,
        backlog=512,
        respawn_failed_workers=True,
        log_access=False,
    )
    server.serve()


def run_together(*commands: Sequence[str]) -> None:
    """Start the commands, restart one that dies, stop all on Ctrl-C or SIGTERM."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    running = [subprocess.Popen(command, start_new_session=True) for command in commands]
    while not stop.wait(0.5):
        for place, process in enumerate(running):
            if process.poll() is not None:
                print(f"! {commands[place][-1]}: dừng bất ngờ, khởi động lại / restarting")
                time.sleep(1)
                running[place] = subprocess.Popen(commands[place], start_new_session=True)
    for process in running:
        if process.poll() is None:
            process.terminate()
    for process in running:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
