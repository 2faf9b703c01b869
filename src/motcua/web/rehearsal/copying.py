"""A scratch copy of the database, gone afterwards. The live one is only read."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

MARK = "motcua_rehearsal_"
"""Names of scratch databases begin so; nothing else is ever rehearsed in."""


class CannotCopy(RuntimeError):
    """No copy could be made; the text says why."""


@contextmanager
def scratch_copy(database: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """The address (``DATABASE_URL``) of a copy that lives as long as the block.

    Args:
        database: Django's settings of the live database.
        folder: where the copy of an SQLite file is put; needs as much room again.

    Raises:
        CannotCopy: the tools of PostgreSQL are missing or refused.
    """
    if "sqlite" in database["ENGINE"]:
        with TemporaryDirectory(prefix=MARK, dir=folder) as place:
            target = Path(place) / f"{MARK}copy.sqlite3"
            with (
                closing(sqlite3.connect(str(database["NAME"]))) as source,
                closing(sqlite3.connect(target)) as copy,
            ):
                source.backup(copy)
            yield f"sqlite:///{target}"
        return
    name = f"{MARK}{os.getpid()}"
    with _postgres_copy(database, name) as address:
        yield address


@contextmanager
def _postgres_copy(database: Mapping[str, Any], name: str) -> Iterator[str]:
    tools = {tool: shutil.which(tool) for tool in ("pg_dump", "psql", "createdb", "dropdb")}
    if missing := sorted(tool for tool, path in tools.items() if path is None):
        raise CannotCopy(f"thiếu / missing: {', '.join(missing)} (postgresql-client)")
    env = {
        **os.environ,
        "PGHOST": str(database.get("HOST") or ""),
        "PGPORT": str(database.get("PORT") or ""),
        "PGUSER": str(database.get("USER") or ""),
        "PGPASSWORD": str(database.get("PASSWORD") or ""),
    }
    env = {key: value for key, value in env.items() if value or not key.startswith("PG")}
    _run([tools["createdb"], name], env)
    try:
        dump = subprocess.Popen(  # noqa: S603 - PostgreSQL's own tool with our own arguments
            [str(tools["pg_dump"]), "--no-owner", "--no-privileges", str(database["NAME"])],
            env=env,
            stdout=subprocess.PIPE,
        )
        _run([tools["psql"], "-q", "-v", "ON_ERROR_STOP=1", "-d", name], env, dump.stdout)
        if dump.wait() != 0:
            raise CannotCopy("pg_dump")
        yield _address(database, name)
    finally:
        _run([tools["dropdb"], "--if-exists", "--force", name], env)


def _address(database: Mapping[str, Any], name: str) -> str:
    user = quote(str(database.get("USER") or ""), safe="")
    word = quote(str(database.get("PASSWORD") or ""), safe="")
    who = f"{user}:{word}@" if word else f"{user}@" if user else ""
    port = f":{database['PORT']}" if database.get("PORT") else ""
    return f"postgresql://{who}{database.get('HOST') or '127.0.0.1'}{port}/{name}"


def _run(command: list[str | None], env: Mapping[str, str], source: Any = None) -> None:
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own tools with our own arguments
        [str(word) for word in command],
        env=dict(env),
        stdin=source,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise CannotCopy(f"{command[0]}: {done.stderr.strip()[:300]}")
