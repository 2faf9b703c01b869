"""The database itself refuses to change a published version; only its end may be set."""

from __future__ import annotations

from typing import Any

REFUSAL = "a published version is final"
TABLE = "procedures_procedureversion"
FINAL = "procedure_id, process_id, version, document, checksum, valid_from, published_at"
_ACTS = {
    "procedures_published_no_update": f"UPDATE OF {FINAL}",
    "procedures_published_no_delete": "DELETE",
}


def install(connection: Any, *, deletable: bool = False) -> None:
    """Put the guards on; ``deletable`` leaves deletion open, for tests that empty tables."""
    with connection.cursor() as cursor:
        for name, act in _ACTS.items():
            if act == "DELETE" and deletable:
                continue
            for statement in _statements(connection.vendor, name, act):
                cursor.execute(statement)


def remove(connection: Any) -> None:
    """Take the guards off, for undoing the migration."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for name in _ACTS:
            cursor.execute(
                f"DROP TRIGGER IF EXISTS {name}" + (f" ON {TABLE}" if postgresql else "")
            )
            if postgresql:
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def _statements(vendor: str, name: str, act: str) -> list[str]:
    """The statements that make one guard; a draft (not yet published) stays free."""
    if vendor == "postgresql":
        return [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';"
            " END $$",
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {act} ON {TABLE} FOR EACH ROW "
            f"WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION {name}()",
        ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {act} ON {TABLE} FOR EACH ROW "
        f"WHEN OLD.published_at IS NOT NULL BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    ]
