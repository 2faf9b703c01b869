"""The database itself refuses to change what was written, whoever asks.

Allowed are only: noting an archive's hash on a closed period, once; and after
that deleting that period's entries. There is no other maintenance door.
"""

from __future__ import annotations

from typing import Any

REFUSAL = "the ledger is append-only"

_ARCHIVED = (
    "EXISTS (SELECT 1 FROM ledger_period p WHERE p.archive_sha256 <> ''"
    " AND OLD.id BETWEEN p.first_id AND p.last_id)"
)
_PERIOD_COLUMNS = (
    "id",
    "number",
    "first_id",
    "last_id",
    "entries",
    "chains",
    "merkle_root",
    "prev_seal",
    "seal",
    "closed_at",
    "closed_by",
)
_ONLY_ARCHIVING = "OLD.archive_sha256 = '' AND " + " AND ".join(
    f"OLD.{column} = NEW.{column}" for column in _PERIOD_COLUMNS
)

GUARDS: dict[str, tuple[str, str, str]] = {
    "ledger_entry_no_update": ("ledger_entry", "UPDATE", ""),
    "ledger_entry_no_delete": ("ledger_entry", "DELETE", _ARCHIVED),
    "ledger_period_no_update": ("ledger_period", "UPDATE", _ONLY_ARCHIVING),
    "ledger_period_no_delete": ("ledger_period", "DELETE", ""),
    "ledger_head_no_update": ("ledger_period_head", "UPDATE", ""),
    "ledger_head_no_delete": ("ledger_period_head", "DELETE", ""),
    "ledger_tip_no_way_back": (
        "ledger_tip",
        "UPDATE",
        "NEW.chain = OLD.chain AND NEW.seq > OLD.seq",
    ),
    "ledger_tip_no_delete": ("ledger_tip", "DELETE", ""),
}
"""Trigger name → table, act, and the condition under which the act is let through."""


def _sqlite(name: str, table: str, act: str, unless: str) -> list[str]:
    when = f"WHEN NOT ({unless}) " if unless else ""
    return [
        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {act} ON {table} FOR EACH ROW {when}"
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    ]


def _postgresql(name: str, table: str, act: str, unless: str) -> list[str]:
    row = "OLD" if act == "DELETE" else "NEW"
    test = f"IF {unless} THEN RETURN {row}; END IF; " if unless else ""
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {test}RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';"
        " END $$",
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {act} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


TIP = "ledger_entry_moves_tip"
_MOVE_TIP = (
    "INSERT INTO ledger_tip (chain, seq, hash) VALUES (NEW.chain, NEW.seq, NEW.hash)"
    " ON CONFLICT (chain) DO UPDATE SET seq = excluded.seq, hash = excluded.hash"
    " WHERE excluded.seq > ledger_tip.seq;"
)
_TIP_OF_EVERY_CHAIN = (
    "INSERT INTO ledger_tip (chain, seq, hash)"
    " SELECT e.chain, e.seq, e.hash FROM ledger_entry e JOIN"
    " (SELECT chain, MAX(seq) AS seq FROM ledger_entry GROUP BY chain) newest"
    " ON newest.chain = e.chain AND newest.seq = e.seq"
    " WHERE NOT EXISTS (SELECT 1 FROM ledger_tip t WHERE t.chain = e.chain)"
)


def follow_tips(connection: Any) -> None:
    """Let the database keep the tip of every chain from now on; those that exist are noted."""
    with connection.cursor() as cursor:
        cursor.execute(_TIP_OF_EVERY_CHAIN)
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {TIP}() RETURNS trigger LANGUAGE plpgsql AS $$"
                f" BEGIN {_MOVE_TIP} RETURN NULL; END $$"
            )
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER {TIP} AFTER INSERT ON ledger_entry"
                f" FOR EACH ROW EXECUTE FUNCTION {TIP}()"
            )
        else:
            cursor.execute(
                f"CREATE TRIGGER IF NOT EXISTS {TIP} AFTER INSERT ON ledger_entry"
                f" FOR EACH ROW BEGIN {_MOVE_TIP} END"
            )


def follow_tips_no_more(connection: Any) -> None:
    """Only for undoing the migration."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS {TIP} ON ledger_entry")
            cursor.execute(f"DROP FUNCTION IF EXISTS {TIP}()")
        else:
            cursor.execute(f"DROP TRIGGER IF EXISTS {TIP}")


def install(connection: Any) -> None:
    """Put the guards on the tables of this database; again is harmless.

    A table that a later migration makes is passed over.
    """
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for name, (table, act, unless) in GUARDS.items():
            if table not in there:
                continue
            for statement in make(name, table, act, unless):
                cursor.execute(statement)
        if connection.vendor == "postgresql":
            _guard_truncate(cursor, there)


def _guard_truncate(cursor: Any, there: set[str]) -> None:
    cursor.execute(
        "CREATE OR REPLACE FUNCTION ledger_no_truncate() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';"
        " END $$"
    )
    for table in sorted({table for table, _, _ in GUARDS.values()} & there):
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_no_truncate()"
        )


def remove(connection: Any) -> None:
    """Take the guards off: only for undoing the migration and for tests that tamper."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for name, (table, _, _) in GUARDS.items():
            if table not in there:
                continue
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        if connection.vendor == "postgresql":
            for table in sorted({table for table, _, _ in GUARDS.values()} & there):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")
            cursor.execute("DROP FUNCTION IF EXISTS ledger_no_truncate()")


def missing_guards(connection: Any) -> list[str]:
    """Names of guards that this database lacks."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return sorted({*GUARDS, TIP} - present)
