"""The database itself refuses to change or delete a published process, whoever asks."""

from __future__ import annotations

from typing import Any

REFUSAL = "a published process is final"
TABLE = "workflow_processdefinition"
_NAMES = {"UPDATE": "workflow_published_no_update", "DELETE": "workflow_published_no_delete"}


def install(connection: Any, *, deletable: bool = False) -> None:
    """Put the guards on; ``deletable`` leaves deletion open, for tests that empty tables."""
    acts = ["UPDATE"] if deletable else list(_NAMES)
    with connection.cursor() as cursor:
        for act in acts:
            for statement in _statements(connection.vendor, _NAMES[act], act):
                cursor.execute(statement)


def remove(connection: Any) -> None:
    """Take the guards off, for undoing the migration."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for name in _NAMES.values():
            cursor.execute(
                f"DROP TRIGGER IF EXISTS {name}" + (f" ON {TABLE}" if postgresql else "")
            )
            if postgresql:
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def _statements(vendor: str, name: str, act: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';"
            " END $$",
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {act} ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {act} ON {TABLE} FOR EACH ROW "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    ]
