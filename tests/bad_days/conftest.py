"""An installation of its own for each test: own data, own database, real processes to kill."""

from __future__ import annotations

import contextlib
import http.cookiejar
import json
import os
import shutil
import signal
import socket
import socketserver
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ACTS = Path(__file__).with_name("acts.py")
SOURCES = Path(__file__).resolve().parents[2] / "src"
MAIN = [sys.executable, "-m", "motcua"]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Browser:
    """Cookies, forms and no redirects followed: what a person's browser would send."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.jar = http.cookiejar.CookieJar()
        stay = type("Stay", (urllib.request.HTTPRedirectHandler,), {"redirect_request": _nowhere})
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar), stay()
        )

    def send(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, place to go to, body. Raises OSError when nobody answers."""
        data = None
        if form is not None:
            token = next((c.value for c in self.jar if c.name == "csrftoken"), "") or ""
            data = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": token}).encode()
        request = urllib.request.Request(self.base + path, data=data)
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, "", answer.read().decode()
        except urllib.error.HTTPError as answer:
            with answer:
                body = answer.read().decode()
            return answer.code, answer.headers.get("Location", ""), body

    def log_in(self, name: str, password: str) -> None:
        self.send("/login/")
        status, _, body = self.send("/login/", {"username": name, "password": password})
        assert status == 302, body


def _nowhere(*_: object) -> None:
    return None


@dataclass
class House:
    """One installation; ``env`` leads every process to it."""

    folder: Path
    url: str
    env: dict[str, str] = field(default_factory=dict)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    base: str = ""
    log: Path = Path()

    def do(self, act: str, **arguments: Any) -> Any:
        """Run one of ``acts.py`` inside; what it says."""
        command = [sys.executable, str(ACTS), act, json.dumps(arguments)]
        done = self._run(command)
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run ``motcua`` inside."""
        return self._run([*MAIN, *words])

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            check=False,
            env=self.env,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start ``motcua`` in a process group of its own."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [*MAIN, *words],
                env=self.env,
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.running.append(process)
        return process

    def start_web(self) -> subprocess.Popen[bytes]:
        """Start the web server; returns when it answers."""
        port = int(self.base.rsplit(":", 1)[1]) if self.base else free_port()
        self.base = f"http://127.0.0.1:{port}"
        process = self.start("serve", "--port", str(port), "--workers", "1")
        end = time.monotonic() + 30
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                if Browser(self.base).send("/login/")[0] == 200:
                    return process
            time.sleep(0.05)
        raise AssertionError(self.log.read_text()[-3000:])

    def browser(self) -> Browser:
        """Somebody's browser at the running web server."""
        return Browser(self.base)

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End the process and its children without a word, as a power cut would."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)

    def sql(self, statement: str) -> None:
        """One statement from outside, as time or an administrator would do it."""
        if self.url.startswith("sqlite"):
            with contextlib.closing(sqlite3.connect(self.folder / "house.sqlite3", 20)) as link:
                link.execute(statement)
                link.commit()
            return
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as link:
            link.execute(statement)

    @property
    def on_postgres(self) -> bool:
        return self.url.startswith("postgres")


def _server() -> str:
    """The PostgreSQL server that this run of the suite is about; "" for SQLite."""
    url = os.environ.get("MOTCUA_TEST_DATABASE_URL", "")
    return url if url.startswith("postgres") else ""


@contextlib.contextmanager
def _database(folder: Path, pattern: str = "") -> Iterator[str]:
    """A new database on the engine of this run: empty, or like the one at ``pattern``."""
    if not _server():
        if pattern:
            shutil.copy(pattern.removeprefix("sqlite:///"), folder / "house.sqlite3")
        yield f"sqlite:///{folder / 'house.sqlite3'}"
        return
    import psycopg

    name = f"bad_days_{os.getpid()}_{time.monotonic_ns()}"
    like = f" TEMPLATE {pattern.rsplit('/', 1)[1]}" if pattern else ""
    with psycopg.connect(_server(), autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name}{like}")
    try:
        yield f"{_server().rsplit('/', 1)[0]}/{name}"
    finally:
        with psycopg.connect(_server(), autocommit=True) as link:
            link.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _house(folder: Path, url: str) -> House:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("MOTCUA_", "DJANGO_"))}
    env |= {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "motcua.web.settings.base",
        "MOTCUA_DATA_DIR": str(folder / "data"),
        "MOTCUA_DEMO": "1",
        "MOTCUA_QUIET_HOURS": "",
        "PYTHONPATH": str(SOURCES),
    }
    return House(folder, url, env, log=folder / "log.txt")


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, dict[str, Any]]]:
    """One installation with the small city in it, made once and copied for every test."""
    folder = tmp_path_factory.mktemp("pattern")
    with _database(folder) as url:
        first = _house(folder, url)
        done = first.command("setup")
        assert done.returncode == 0, done.stderr[-3000:]
        city = first.do("build")
        if not first.on_postgres:
            first.sql("PRAGMA wal_checkpoint(TRUNCATE)")
        yield first, city


@pytest.fixture
def house(pattern: tuple[House, dict[str, Any]], tmp_path: Path) -> Iterator[House]:
    """An installation of its own: tables, calendar, procedures and the small city."""
    first, _ = pattern
    shutil.copytree(first.folder / "data", tmp_path / "data")
    with _database(tmp_path, first.url) as url:
        built = _house(tmp_path, url)
        try:
            yield built
        finally:
            for process in built.running:
                built.kill(process)


@pytest.fixture
def city(pattern: tuple[House, dict[str, Any]]) -> dict[str, Any]:
    """Names of everybody in the small city of the house, and their one password."""
    return pattern[1]


class _Letter(socketserver.StreamRequestHandler):
    """Enough of SMTP to take mails one after the other."""

    def handle(self) -> None:
        self._say("220 sink")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._say("354 go on")
                self._take()
                self._say("250 taken")
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 sink")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def _take(self) -> None:
        lines: list[str] = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            if not line and not self.rfile.peek(1):
                return
            lines.append(line)
        marks = [line for line in lines if line.lower().startswith("message-id:")]
        self.server.taken.append(marks[0].split(":", 1)[1].strip())  # type: ignore[attr-defined]


class _Sink(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    taken: list[str]


@pytest.fixture
def mail_sink(house: House) -> Iterator[list[str]]:
    """A mail server on this machine; the Message-IDs it took, in order."""
    with _Sink(("127.0.0.1", 0), _Letter) as sink:
        sink.taken = []
        house.env |= {
            "MOTCUA_SMTP_HOST": "127.0.0.1",
            "MOTCUA_SMTP_PORT": str(sink.server_address[1]),
        }
        thread = threading.Thread(target=sink.serve_forever, args=(0.1,), daemon=True)
        thread.start()
        yield sink.taken
        sink.shutdown()
