"""The full-text index of each database engine, behind one question.

Every word stands in it with the mark of its entry's kind before it (the first letters of
the scope, :func:`rules.kind_mark`): one index for each kind, in one table.

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

from motcua.casework.search.rules import MARK, Term
from motcua.foundation.remembering import remembered

_TABLE = "search_searchentry"


def _marked(row: str = "") -> str:
    """SQL of a row's words, each behind its kind's mark. Words are parted by single blanks."""
    at = f"{row}." if row else ""
    mark = f"substr({at}scope, 1, {MARK})"
    return f"{mark} || replace({at}words, ' ', ' ' || {mark})"


_SQLITE = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_fts USING fts5(
        words, scope, content='search_searchentry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0', prefix='5 6', detail='column')""",
    f"""CREATE TRIGGER IF NOT EXISTS search_fts_insert AFTER INSERT ON search_searchentry BEGIN
        INSERT INTO search_fts(rowid, words, scope)
        VALUES (new.id, {_marked("new")}, new.scope); END""",  # noqa: S608 - our own names
    f"""CREATE TRIGGER IF NOT EXISTS search_fts_delete AFTER DELETE ON search_searchentry BEGIN
        INSERT INTO search_fts(search_fts, rowid, words, scope)
        VALUES ('delete', old.id, {_marked("old")}, old.scope); END""",  # noqa: S608
    f"""CREATE TRIGGER IF NOT EXISTS search_fts_update AFTER UPDATE ON search_searchentry BEGIN
        INSERT INTO search_fts(search_fts, rowid, words, scope)
        VALUES ('delete', old.id, {_marked("old")}, old.scope);
        INSERT INTO search_fts(rowid, words, scope)
        VALUES (new.id, {_marked("new")}, new.scope); END""",  # noqa: S608
)
_FILL_SQLITE = f"""INSERT INTO search_fts(rowid, words, scope)
    SELECT e.id, {_marked("e")}, e.scope FROM search_searchentry e"""  # noqa: S608 - our own names
_POSTGRES = (
    f"""ALTER TABLE search_searchentry
        ADD COLUMN IF NOT EXISTS words_vector tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array({_marked()}, ' '))) STORED,
        ADD COLUMN IF NOT EXISTS scope_vector tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(scope, ' '))) STORED""",
    """CREATE INDEX IF NOT EXISTS search_entry_gin ON search_searchentry
        USING gin (words_vector, scope_vector) WITH (fastupdate = off)""",
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


def rebuild(connection: BaseDatabaseWrapper) -> None:
    """Make the index anew from the entries."""
    uninstall(connection)
    install(connection)
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_FILL_SQLITE)


def ask(
    terms: Sequence[Term], marks: Sequence[str], scopes: Sequence[Sequence[str]], limit: int
) -> list[Found]:
    """Entries that match every term and every scope, newest first: one statement.

    Args:
        terms: what must stand among the words.
        marks: of the kinds that are looked through.
        scopes: groups of scope tokens; one of each group must be there.
        limit: most rows to read.
    """
    connection = connections["default"]
    if connection.vendor == "postgresql":
        words = " & ".join(
            _one_of([_pg(mark + a, term.prefix) for mark in marks for a in term.alternatives], "|")
            for term in terms
        )
        scope = " & ".join(_one_of([_pg(token) for token in group], "|") for group in scopes)
        sql, values = _ASK_POSTGRES, [words, scope, limit]
    else:
        words = " AND ".join(
            _one_of(
                [_fts(mark + a, term.prefix) for mark in marks for a in term.alternatives], "OR"
            )
            for term in terms
        )
        scope = " AND ".join(_one_of([_fts(token) for token in group], "OR") for group in scopes)
        sql, values = _ASK_SQLITE, [f"words : ({words}) AND scope : ({scope})", limit]
    return _read(sql, values)


_KINDS = """
WITH RECURSIVE found(kind) AS (
  SELECT MIN(kind) FROM search_searchentry
  UNION ALL
  SELECT (SELECT MIN(e.kind) FROM search_searchentry e WHERE e.kind > found.kind)
  FROM found WHERE found.kind IS NOT NULL)
SELECT kind FROM found WHERE kind IS NOT NULL
"""


@remembered("search.SearchEntry")
def kinds_there() -> tuple[str, ...]:
    """The kinds that have entries, found by steps along their index. Remembered for seconds."""
    with connections["default"].cursor() as cursor:
        cursor.execute(_KINDS)
        return tuple(kind for (kind,) in cursor.fetchall())


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
