"""Tests share what is dear: rows that many tests begin with, and the emptying between tests.

:func:`built_once` lays down in milliseconds what an earlier test of this process built with
the services: the same rows, and a fresh copy of what the builder gave. After a transactional
test only the tables that hold rows are emptied. Loaded by the root ``conftest.py`` with
``pytest_plugins = ["motcua.foundation.testing.database"]``.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from motcua.foundation.remembering import forget_everything
from motcua.foundation.timesource import fixed_moment

R = TypeVar("R")

# The same for ever once the tables are made: which models and permissions there are.
CONSTANT = {"django_content_type", "auth_permission"}
# A trigger of the database fills it; laid down first, the trigger finds its work done.
FIRST = ("ledger_tip",)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a builder left: rows by table, and its answer as bytes."""

    rows: dict[str, Any]
    answer: bytes


_kept: dict[Hashable, _Kept] = {}


def built_once(name: Hashable, build: Callable[[], R]) -> R:
    """What ``build`` gives, with the rows it writes; built by the first test that asks.

    The rows are kept for each name and each moment at which time stands still, and only
    when they come to an empty database; otherwise ``build`` simply runs. What ``build`` does
    outside the database is not done again, and its commit hooks do not run.

    Args:
        name: all that the rows depend on, such as the arguments of ``build``.
        build: gives something that can be pickled.
    """
    if _filled():
        return build()
    key = (name, fixed_moment())
    kept = _kept.get(key)
    if kept is not None:
        _lay(kept.rows)
        forget_everything()
        return pickle.loads(kept.answer)  # noqa: S301 - our own bytes
    answer = build()
    _kept[key] = _Kept(_taken(), pickle.dumps(answer))
    return answer


def _tables() -> dict[str, list[str]]:
    """Every table of the models with the columns that may be written."""
    found: dict[str, list[str]] = {}
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.managed and not meta.proxy and meta.db_table not in CONSTANT:
            fields = [f for f in meta.concrete_fields if not isinstance(f, models.GeneratedField)]
            found[meta.db_table] = [connection.ops.quote_name(f.column or "") for f in fields]
    return found


def _filled() -> list[str]:
    """The tables that hold rows, asked with one statement."""
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})"  # noqa: S608
        for table in _tables()
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return sorted(row[0] for row in cursor.fetchall())


def _taken() -> dict[str, Any]:
    """The rows of every table, as the engine itself writes them down."""
    columns = _tables()
    filled = _filled()
    order = [table for table in FIRST if table in filled]
    order += [table for table in filled if table not in FIRST]
    return {table: _read(table, columns[table]) for table in order}


def _read(table: str, columns: list[str]) -> Any:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(_copy(table, columns, "TO STDOUT")) as out:
            return b"".join(bytes(block) for block in out)
    # A sign before a column keeps the driver from reading dates and truths into objects.
    named = ", ".join(f"+{column}" for column in columns)
    return connection.connection.execute(f'SELECT {named} FROM "{table}"').fetchall()  # noqa: S608


def _lay(rows: dict[str, Any]) -> None:
    columns = _tables()
    with transaction.atomic():
        for table, kept in rows.items():
            _write(table, columns[table], kept)


def _write(table: str, columns: list[str], rows: Any) -> None:
    if connection.vendor == "postgresql":
        asked = _copy(table, columns, "FROM STDIN")
        with connection.cursor() as cursor, cursor.copy(asked) as into:
            into.write(rows)
        return
    named, places = ", ".join(columns), ", ".join("?" * len(columns))
    connection.connection.executemany(
        f'INSERT INTO "{table}" ({named}) VALUES ({places})',  # noqa: S608
        rows,
    )


def _copy(table: str, columns: list[str], way: str) -> str:
    return f'COPY "{table}" ({", ".join(columns)}) {way}'


def empty() -> None:
    """Take the rows out of every table that has some; what is constant stays."""
    tables = [f'"{table}"' for table in _filled()]
    if not tables:
        return
    with (
        connection.constraint_checks_disabled(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        for statement in _emptying(cursor, tables):
            cursor.execute(statement)


def _emptying(cursor: Any, tables: list[str]) -> list[str]:
    deletions = [f"DELETE FROM {table}" for table in tables]  # noqa: S608
    if connection.vendor != "postgresql":
        return deletions
    cursor.execute("SELECT current_setting('is_superuser')")
    if cursor.fetchone()[0] != "on":
        return [f"TRUNCATE {', '.join(tables)} CASCADE"]
    # Neither guards nor foreign keys are asked: nothing remains that they guard.
    return ["SET LOCAL session_replication_role = replica", "; ".join(deletions)]


@pytest.fixture(scope="session", autouse=True)
def _only_what_is_filled_is_emptied() -> Iterator[None]:
    """Django's own way empties every table and writes permissions anew, for every test."""
    from django.test import TransactionTestCase

    kind: Any = TransactionTestCase
    original = kind._fixture_teardown

    def teardown(case: Any) -> None:
        if (
            case.available_apps is None
            and not case.serialized_rollback
            and not case.databases - {"default"}
        ):
            empty()
        else:
            original(case)

    kind._fixture_teardown = teardown
    yield
    kind._fixture_teardown = original
