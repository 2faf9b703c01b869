"""``make test``: every test on SQLite, again on PostgreSQL where a server answers.

Four parts, three at a time, each one process: the journeys in Chromium (which mostly wait
for the browser), what asks for a database on PostgreSQL, the same on SQLite, and what asks
for no database. The last is not run twice: it meets no engine. A part's report is printed
when it ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

LOCAL = "postgresql://postgres@127.0.0.1:5432/postgres"
SQLITE = "sqlite:///:memory:"
AT_ONCE = 3
SAY_EVERY = 60.0  # seconds
NOTHING_TO_RUN = 5
"""pytest's exit code when no test was selected."""


def postgres_url() -> str:
    """The PostgreSQL server to test on, or an empty string when none answers."""
    import psycopg

    candidates = [os.environ.get("DATABASE_URL", ""), LOCAL]
    for url in candidates:
        if url.startswith("postgres"):
            try:
                psycopg.connect(url, connect_timeout=3).close()
            except psycopg.Error:
                continue
            return url
    return ""


@dataclass(frozen=True, slots=True)
class Part:
    """One process of pytest: its name, its database and what it selects."""

    name: str
    url: str
    arguments: tuple[str, ...]


@dataclass(slots=True)
class Running:
    """A part at work; ``said`` collects its report."""

    part: Part
    process: subprocess.Popen[bytes]
    said: IO[bytes]
    began: float


def parts(postgres: str) -> list[Part]:
    """What there is to run, the longest first."""
    with_database = ("--database", "only", "-m", "not browser")
    on_postgres = [Part("PostgreSQL", postgres, with_database)] if postgres else []
    return [
        Part("Chromium", SQLITE, ("-m", "browser")),
        *on_postgres,
        Part("SQLite", SQLITE, with_database),
        Part("no database", SQLITE, ("--database", "none", "-m", "not browser")),
    ]


def start(part: Part, extra: list[str]) -> Running:
    """Start pytest; compiled modules are kept even where the machine's habit is not to."""
    env = dict(os.environ, MOTCUA_TEST_DATABASE_URL=part.url)
    env["MOTCUA_TEST_SUFFIX"] = f"run_{os.getpid()}"
    if env.pop("PYTHONDONTWRITEBYTECODE", ""):
        env.setdefault("PYTHONPYCACHEPREFIX", str(Path("build", "pycache").resolve()))
    said = tempfile.TemporaryFile()  # noqa: SIM115 - closed by report()
    command = [sys.executable, "-m", "pytest", *part.arguments, *extra]
    process = subprocess.Popen(command, env=env, stdout=said, stderr=subprocess.STDOUT)
    print(f"• {part.name}: begun", flush=True)
    return Running(part, process, said, time.monotonic())


def report(running: Running) -> int:
    """Print what an ended part said; its exit code, 0 where it had nothing to run."""
    running.said.seek(0)
    print(f"\n=== {running.part.name} ===", flush=True)
    sys.stdout.buffer.write(running.said.read())
    running.said.close()
    print(f"=== {running.part.name}: {time.monotonic() - running.began:.0f} s", flush=True)
    code = running.process.returncode
    return 0 if code == NOTHING_TO_RUN else abs(code)


def progress(running: Running) -> str:
    """The last percentage that pytest wrote, or how long it has been at work."""
    running.said.flush()
    text = os.pread(running.said.fileno(), 1 << 22, 0).decode(errors="replace")
    marks = [line.rstrip()[-6:] for line in text.splitlines() if line.rstrip().endswith("%]")]
    return f"{running.part.name} {marks[-1] if marks else '[  0%]'}"


def work_through(waiting: list[Part], extra: list[str]) -> list[int]:
    """Run all parts, :data:`AT_ONCE` side by side; the exit codes."""
    running: list[Running] = []
    codes: list[int] = []
    say_at = time.monotonic() + SAY_EVERY
    try:
        while waiting or running:
            while waiting and len(running) < AT_ONCE:
                running.append(start(waiting.pop(0), extra))
            time.sleep(0.2)
            for ended in [one for one in running if one.process.poll() is not None]:
                running.remove(ended)
                codes.append(report(ended))
            if running and time.monotonic() > say_at:
                print("…", " · ".join(progress(one) for one in running), flush=True)
                say_at += SAY_EVERY
    finally:
        for one in running:
            one.process.terminate()
    return codes


def main() -> int:
    """Extra arguments go to pytest."""
    began = time.monotonic()
    url = postgres_url()
    if not url:
        print("PostgreSQL: no server answers; run on SQLite only")
    codes = work_through(parts(url), sys.argv[1:])
    print(f"\n=== all: {time.monotonic() - began:.0f} s, {'failed' if any(codes) else 'passed'}")
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
