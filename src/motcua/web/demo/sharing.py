"""Two processes live through the past at once, each the wards of its own half of the city.

SQLite has one writer, so the second process works on a copy of the database and its
rows are taken over at the end. Wards share no dossier, register or counter, and the
copy gives its new rows keys from :data:`APART` on: nothing meets when they come together.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection

APART = 10_000_000
"""The first key of the second process's rows."""
FIRST_HUNDREDTHS = 46
"""How much of the city falls to the first process, which also makes the signed files."""


@dataclass(frozen=True, slots=True)
class Share:
    """Which wards a process lives through; all of them when it is alone."""

    number: int = 0
    of: int = 1
    always_first: str = ""

    def holds(self, commune: str) -> bool:
        """Whether a ward is in this share."""
        if self.of == 1:
            return True
        first = zlib.crc32(commune.encode()) % 100 < FIRST_HUNDREDTHS
        return (commune == self.always_first or first) == (self.number == 0)


EVERYTHING = Share()


@dataclass(slots=True)
class Lived:
    """What the other process did."""

    filed: int = 0
    acts: int = 0
    refused: list[str] = field(default_factory=list[str])


def can_share() -> bool:
    """On SQLite in a file, on a machine with two cores."""
    name = str(settings.DATABASES["default"]["NAME"])
    return connection.vendor == "sqlite" and Path(name).exists() and (os.cpu_count() or 1) > 1


@contextmanager
def second_process(
    *, dossiers: int, begin: dt.datetime, until: dt.datetime, with_files: int, seed: str
) -> Iterator[Lived]:
    """Let another process live through the second share while the block lives through the first.

    Raises:
        RuntimeError: the other process failed; what it did is thrown away.
    """
    place = Path(str(settings.DATABASES["default"]["NAME"]))
    lived = Lived()
    with TemporaryDirectory(prefix="motcua-share-", dir=place.parent) as folder:
        before, copy = Path(folder) / "before.sqlite3", Path(folder) / "copy.sqlite3"
        with closing(sqlite3.connect(place)) as source, closing(sqlite3.connect(before)) as target:
            source.backup(target)
        shutil.copyfile(before, copy)
        _keys_apart(copy)
        order = json.dumps(
            {
                "dossiers": dossiers,
                "begin": begin.isoformat(),
                "until": until.isoformat(),
                "with_files": with_files,
                "seed": seed,
            }
        )
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "motcua.web.demo.sharing", order],
            env={**os.environ, "DATABASE_URL": f"sqlite:///{copy}"},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield lived
            said, _ = process.communicate()
        finally:
            process.kill()
        if process.returncode != 0:
            raise RuntimeError("the second process of the demo failed")
        found = json.loads(said.splitlines()[-1])
        lived.filed, lived.acts, lived.refused = found["filed"], found["acts"], found["refused"]
        connection.close()
        _take_over(place, copy, before)


def _numbered(database: sqlite3.Connection) -> list[str]:
    rows = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
    )
    return [name for (name,) in rows]


def _keys_apart(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as database, database:
        for name in _numbered(database):
            database.execute("DELETE FROM sqlite_sequence WHERE name = ?", [name])
            database.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [name, APART])


def _take_over(place: Path, copy: Path, before: Path) -> None:
    """Insert the copy's new rows, and the rows that the copy changed as it left them."""
    with closing(sqlite3.connect(place, isolation_level=None)) as database:
        database.execute("ATTACH ? AS copy", [str(copy)])
        database.execute("ATTACH ? AS before", [str(before)])
        database.execute("PRAGMA cache_size = -262144")
        numbered = set(_numbered(database))
        database.execute("BEGIN IMMEDIATE")
        for name in _plain_tables(database):
            # Names come from the schema itself.
            if name in numbered:
                database.execute(
                    f'INSERT INTO main."{name}" SELECT * FROM copy."{name}" WHERE id > ?',  # noqa: S608
                    [APART],
                )
            rest = f"WHERE id <= {APART}" if name in numbered else ""
            database.execute(
                f'INSERT OR REPLACE INTO main."{name}" SELECT * FROM copy."{name}" {rest}'  # noqa: S608
                f' EXCEPT SELECT * FROM before."{name}"'
            )
        database.execute("COMMIT")


def _plain_tables(database: sqlite3.Connection) -> list[str]:
    """All tables but the engine's own and those of the full-text index, made afterwards."""
    rows = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    virtual = [name for name, sql in rows if (sql or "").upper().startswith("CREATE VIRTUAL")]
    return [
        name
        for name, _ in rows
        if not name.startswith("sqlite_")
        and not any(name == one or name.startswith(f"{one}_") for one in virtual)
    ]


def _stay_with(parent: int) -> None:
    """End when the first process is gone: nobody would take the work over."""
    if os.getppid() != parent:
        raise SystemExit(1)


def main() -> None:
    """The second process: its share, then what it did as one line of JSON."""
    import django

    django.setup()
    from motcua.web.demo.building import live_share
    from motcua.web.demo.city_plan import FLAGSHIP

    order, parent = json.loads(sys.argv[1]), os.getppid()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")  # a copy: after a crash all begins anew
    history = live_share(
        dossiers=order["dossiers"],
        begin=dt.datetime.fromisoformat(order["begin"]),
        until=dt.datetime.fromisoformat(order["until"]),
        with_files=order["with_files"],
        seed=order["seed"],
        share=Share(1, 2, FLAGSHIP),
        progress=lambda _done, _of: _stay_with(parent),
    )
    print(json.dumps({"filed": history.filed, "acts": history.acts, "refused": history.refused}))


if __name__ == "__main__":
    main()
