"""Sending one statement of the hot paths with as little as possible around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connections

_MARK = re.compile(r"(?<!%)%s")


def send(sql: str, parameters: Sequence[Any] = (), *, rows: bool = True) -> tuple[list[Any], int]:
    """Run a statement: its rows (when ``rows``), and how many rows it touched.

    On SQLite the statement goes straight to the driver: what the wrapped cursor does for every
    call (searching the text for marks among it) costs more than the database. Where somebody
    looks on, a test that counts or a log, it takes the usual way.
    """
    database: Any = cast(Any, connections)[DEFAULT_DB_ALIAS]
    if engine() != "sqlite" or database.execute_wrappers or database.queries_logged:
        with database.cursor() as cursor:
            cursor.execute(sql, parameters)
            return (cursor.fetchall() if rows else []), cursor.rowcount
    database.ensure_connection()
    database.validate_no_broken_transaction()
    with database.wrap_database_errors:
        done = database.connection.execute(_for_sqlite(sql), parameters)
        return (done.fetchall() if rows else []), done.rowcount


@cache
def engine() -> str:
    """Which database this process works with: ``sqlite`` or ``postgresql``."""
    return str(connections[DEFAULT_DB_ALIAS].vendor)


@lru_cache(maxsize=2048)
def _for_sqlite(sql: str) -> str:
    return _MARK.sub("?", sql).replace("%%", "%")
