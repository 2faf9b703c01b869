"""The two databases, each made for one measurement and thrown away."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

SERVER = os.environ.get("MOTCUA_BENCH_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


def engines() -> Iterator[tuple[str, dict[str, str]]]:
    """Label and environment of each engine; its database lives as long as the loop's turn."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as scratch:
        url = f"sqlite:///{Path(scratch) / 'bench.sqlite3'}"
        yield "SQLite", _environment(scratch, url, "SQLite")
    if not _answers():
        print("\n(no PostgreSQL server answers: only SQLite is measured)")
        return
    name = f"motcua_bench_{os.getpid()}"
    _on_server(f"CREATE DATABASE {name}")
    try:
        with tempfile.TemporaryDirectory(prefix="motcua-bench-") as scratch:
            url = urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))
            yield "PostgreSQL", _environment(scratch, url, "PostgreSQL")
    finally:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def _environment(scratch: str, url: str, label: str) -> dict[str, str]:
    return {
        "DATABASE_URL": url,
        "MOTCUA_DATA_DIR": scratch,
        "MOTCUA_DEBUG": "",
        "DJANGO_SETTINGS_MODULE": "motcua.web.settings.base",
        "BENCH_ENGINE": label,
    }


def _answers() -> bool:
    parts = urlsplit(SERVER)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 5432), timeout=1):
            return True
    except OSError:
        return False


def _on_server(sql: str) -> None:
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql)  # type: ignore[arg-type]
