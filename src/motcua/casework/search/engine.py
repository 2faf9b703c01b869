"""The full-text index of each database engine, behind one question.

SQLite: an FTS5 table over the entries, kept by triggers. PostgreSQL: two generated
``tsvector`` columns under one GIN index. Both hold the tokens of :mod:`rules` as they
are, no engine's own language rules, so both answer alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from motcua.casework.search.rules import Term

_TABLE = "search_searchentry"

_SQLITE = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_fts USING fts5(
        words, scope, content='search_searchentry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0', prefix='2 3', detail='column')""",
    """CREATE TRIGGER IF NOT EXISTS search_fts_insert AFTER INSERT ON search_searchentry BEGIN
        INSERT INTO search_fts(rowid, words, scope) VALUES (new.id, new.words, new.scope); END""",
    """CREATE TRIGGER IF NOT EXISTS search_fts_delete AFTER DELETE ON search_searchentry BEGIN
        INSERT INTO search_fts(search_fts, rowid, words, scope)
        VALUES ('delete', old.id, old.words, old.scope); END""",
    """CREATE TRIGGER IF NOT EXISTS search_fts_update AFTER UPDATE ON search_searchentry BEGIN
        INSERT INTO search_fts(search_fts, rowid, words, scope)
        VALUES ('delete', old.id, old.words, old.scope);
        INSERT INTO search_fts(rowid, words, scope) VALUES (new.id, new.words, new.scope); END""",
)
_POSTGRES = (
    """ALTER TABLE search_searchentry
        ADD COLUMN IF NOT EXISTS words_vector tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED,
        ADD COLUMN IF NOT EXISTS scope_vector tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(scope, ' '))) STORED""",
    """CREATE INDEX IF NOT EXISTS search_entry_gin ON search_searchentry
        USING gin (words_vector, scope_vector)""",
)

_ASK_SQLITE = """
SELECT e.id, e.kind, e.object_id, e.title, e.title_words, e.data
FROM search_fts f JOIN search_searchentry e ON e.id = f.rowid
WHERE search_fts MATCH %s ORDER BY f.rowid DESC LIMIT %s
"""
_ASK_POSTGRES = """
SELECT id, kind, object_id, title, title_words, data FROM search_searchentry
WHERE words_vector @@ %s::tsquery AND scope_vector @@ %s::tsquery
ORDER BY id DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A row that matches; ``data`` is still JSON text."""

    id: int
    kind: str
    object_id: str
    title: str
    title_words: str
    data: str


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the engine's index where it is missing; does nothing where it stands."""
    if _TABLE not in connection.introspection.table_names():
        return
    statements = _POSTGRES if connection.vendor == "postgresql" else _SQLITE
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def uninstall(connection: BaseDatabaseWrapper) -> None:
    """Take the engine's index away."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "ALTER TABLE search_searchentry DROP COLUMN IF EXISTS words_vector,"
                " DROP COLUMN IF EXISTS scope_vector"
            )
            return
        for name in ("insert", "delete", "update"):
            cursor.execute(f"DROP TRIGGER IF EXISTS search_fts_{name}")
        cursor.execute("DROP TABLE IF EXISTS search_fts")


def ask(terms: Sequence[Term], scopes: Sequence[Sequence[str]], limit: int) -> list[Found]:
    """Entries that match every term and every scope, newest first: one statement.

    Args:
        terms: what must stand among the words.
        scopes: groups of scope tokens; one of each group must be there.
        limit: most rows to read.
    """
    connection = connections["default"]
    if connection.vendor == "postgresql":
        words = " & ".join(
            _one_of([_pg(a, term.prefix) for a in term.alternatives], "|") for term in terms
        )
        scope = " & ".join(_one_of([_pg(token) for token in group], "|") for group in scopes)
        sql, values = _ASK_POSTGRES, [words, scope, limit]
    else:
        words = " AND ".join(
            _one_of([_fts(a, term.prefix) for a in term.alternatives], "OR") for term in terms
        )
        scope = " AND ".join(_one_of([_fts(token) for token in group], "OR") for group in scopes)
        sql, values = _ASK_SQLITE, [f"words : ({words}) AND scope : ({scope})", limit]
    return _read(sql, values)


def _read(sql: str, values: list[Any]) -> list[Found]:
    with connections["default"].cursor() as cursor:
        cursor.execute(sql, values)
        return [Found(*row) for row in cursor.fetchall()]


def _one_of(tokens: Sequence[str], operator: str) -> str:
    return "(" + f" {operator} ".join(tokens) + ")"


def _fts(token: str, prefix: bool = False) -> str:
    quoted = '"' + token.replace('"', "") + '"'
    return f"{quoted} *" if prefix else quoted


def _pg(token: str, prefix: bool = False) -> str:
    quoted = "'" + token.replace("'", "").replace("\\", "") + "'"
    return f"{quoted}:*" if prefix else quoted
