"""A new database is the same as one that went through every migration."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, migrations
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from motcua.foundation.newdatabase.creating import create_all

SCRATCH = "scratch"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="files of SQLite are compared"),
]


@contextmanager
def _database(path: Path) -> Iterator[Any]:
    entry = connections.settings["default"] | {"NAME": str(path)}
    database: Any = DatabaseWrapper(entry, alias=SCRATCH)
    connections[SCRATCH] = database
    try:
        yield database
    finally:
        database.close()
        del connections[SCRATCH]


def _shape(path: Path) -> dict[str, Any]:
    """What the engine itself tells, whatever the order of columns and unnamed indexes."""
    with closing(sqlite3.connect(path)) as plain:
        texts = {
            name: (kind, sql)
            for kind, name, sql in plain.execute("SELECT type, name, sql FROM sqlite_master")
        }
        shape = {
            name: (
                sorted(row[1:] for row in plain.execute(f'PRAGMA table_info("{name}")')),
                sorted(row[2:] for row in plain.execute(f'PRAGMA foreign_key_list("{name}")')),
                sorted(_index(plain, texts, *row[1:]) for row in plain.execute(_INDEXES, [name])),
                sorted(re.findall(r"CHECK \(.*?\)", sql)),
            )
            for name, (kind, sql) in texts.items()
            if kind == "table"
        }
        others = {name: text for name, text in texts.items() if text[0] == "trigger"}
        virtual = {name: sql for name, (_, sql) in texts.items() if "VIRTUAL" in (sql or "")}
        applied = plain.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2").fetchall()
    return {"tables": shape, "triggers": others, "virtual": virtual, "applied": applied}


_INDEXES = "SELECT * FROM pragma_index_list(?)"


def _index(plain: sqlite3.Connection, texts: Any, name: str, *facts: Any) -> str:
    columns = [row[2] for row in plain.execute(f'PRAGMA index_info("{name}")')]
    own = "" if name.startswith("sqlite_") else (name, texts[name][1])
    return repr((own, facts, columns))


def test_both_ways_lead_to_the_same_database(tmp_path: Path) -> None:
    with _database(tmp_path / "at-once.sqlite3") as database:
        assert create_all(database)
    at_once = _shape(tmp_path / "at-once.sqlite3")
    with _database(tmp_path / "stepwise.sqlite3") as database:
        executor = MigrationExecutor(database)
        executor.migrate(executor.loader.graph.leaf_nodes())
    stepwise = _shape(tmp_path / "stepwise.sqlite3")
    assert len(at_once["tables"]) > 100
    assert at_once["applied"] == stepwise["applied"]
    assert at_once["triggers"] == stepwise["triggers"]
    assert at_once["virtual"] == stepwise["virtual"]
    for name, table in stepwise["tables"].items():
        assert at_once["tables"][name] == table, name
    assert at_once["tables"].keys() == stepwise["tables"].keys()


def test_a_database_with_a_table_goes_the_usual_way(tmp_path: Path) -> None:
    path = tmp_path / "used.sqlite3"
    with sqlite3.connect(path) as plain:
        plain.execute("CREATE TABLE something (id integer)")
    with _database(path) as database:
        assert not create_all(database)
        assert database.introspection.table_names() == ["something"]


def test_what_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(migrations.RunPython, "database_forwards", fails)
    with _database(tmp_path / "half.sqlite3") as database:
        with pytest.raises(ZeroDivisionError):
            create_all(database)
        assert database.introspection.table_names() == []


def test_one_migration_outside_a_transaction_is_enough_to_go_step_by_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations.Migration, "atomic", False)
    with _database(tmp_path / "loose.sqlite3") as database:
        assert not create_all(database)
        assert database.introspection.table_names() == []
