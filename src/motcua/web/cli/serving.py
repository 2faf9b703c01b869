"""The web server, and keeping it and the worker alive together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

PR_SET_PDEATHSIG = 1


def _on_sqlite() -> bool:
    return os.environ.get("DATABASE_URL", "sqlite:").startswith("sqlite:")


def refusal_of_address(host: str, port: int) -> str:
    """Why the server cannot listen there, with what to do; "" when it can.

    The server itself would share a taken port (SO_REUSEPORT) and get half the requests.
    """
    if not 0 < port < 65536:
        return f"✗ PORT={port}: cần một số từ 1 đến 65535 / give a number from 1 to 65535."
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        return (
            f"✗ Không mở được cổng {port} ({error.strerror}). Có thể chương trình khác đang dùng; "
            f"hãy dừng nó, hoặc chọn cổng khác: PORT={port + 1}\n"
            f"  Port {port} cannot be opened. Another program may be using it; stop that one, "
            f"or choose another port: PORT={port + 1}"
        )
    return ""


def serve(*, host: str, port: int, workers: int = 0) -> int:
    """Run Granian until a signal ends it. Returns 1 when the address is taken.

    On SQLite there is one process with one thread: a second writer would only
    wait (p99 rises tenfold with four threads). On PostgreSQL, one process a core.
    """
    if refusal := refusal_of_address(host, port):
        print(refusal, file=sys.stderr)
        return 1
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
        websockets=False,
        log_access=False,
    )
    server.serve()
    return 0


def _end_with_parent() -> None:
    """In the child: be told to stop when the parent is killed without a word (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C in the terminal reaches only us, and we stop them in order.
    return subprocess.Popen(  # noqa: S603 - our own program with our own arguments
        command,
        start_new_session=True,
        preexec_fn=_end_with_parent,  # noqa: PLW1509 - this process has no other thread
    )


def run_to_the_end(command: Sequence[str]) -> int:
    """Run one of our commands in this terminal and return its exit code; it ends with us."""
    process = subprocess.Popen(  # noqa: S603 - our own program with our own arguments
        command,
        preexec_fn=_end_with_parent,  # noqa: PLW1509 - this process has no other thread
    )
    try:
        return process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise


def _kill_rest(process: subprocess.Popen[bytes]) -> None:
    """End what a dead or stubborn child leaves behind in its session."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def run_together(*commands: Sequence[str]) -> None:
    """Start the commands, restart one that dies, stop all on Ctrl-C, SIGTERM or hang-up."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    running = [_start(command) for command in commands]
    while not stop.wait(0.5):
        for place, process in enumerate(running):
            if process.poll() is not None:
                name = " ".join(commands[place][3:])
                print(f"! {name}: dừng bất ngờ, khởi động lại / stopped, restarting", flush=True)
                _kill_rest(process)
                time.sleep(1)
                running[place] = _start(commands[place])
    for process in running:
        if process.poll() is None:
            process.terminate()
    end = time.monotonic() + 10
    for process in running:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, end - time.monotonic()))
        _kill_rest(process)
