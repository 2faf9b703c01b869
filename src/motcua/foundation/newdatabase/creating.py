"""The tables of an empty database, made from where all migrations together lead.

Django applies migrations one operation after the other and draws all related models anew
for each of them: twelve seconds of work for tables that are made in one. In a database
that holds nothing, only the end counts.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import SeparateDatabaseAndState
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.operations import fields, models
from django.db.migrations.recorder import MigrationRecorder

_OF_TABLES = (models.__name__, fields.__name__)
"""Where Django keeps the operations whose outcome stands in the final state."""


def create_all(connection: BaseDatabaseWrapper) -> bool:
    """Bring an empty database to the last migrations: all in one transaction, or nothing.

    Tables come from the final state; then everything else that migrations do (triggers, full
    text, rows) is done in their order. Such a step therefore meets the tables of today when
    the database is new, and those of its time when it is upgraded.

    Returns:
        Whether it was done; False when the database is not empty or a migration does not
        allow it. Nothing was changed then.
    """
    if connection.introspection.table_names():
        return False
    executor = MigrationExecutor(connection)
    targets = executor.loader.graph.leaf_nodes()
    plan = [migration for migration, _ in executor.migration_plan(targets)]
    if not all(_allows(migration) for migration in plan):
        return False
    state = executor.loader.project_state()
    recorder = MigrationRecorder(connection)
    with connection.schema_editor(atomic=True) as editor:
        for app_label, name in state.models:
            model = state.apps.get_model(app_label, name)
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        # Indexes and foreign keys, which the editor keeps for its end.
        while editor.deferred_sql:
            editor.execute(editor.deferred_sql.pop(0), None)
        editor.create_model(recorder.Migration)
        for migration in plan:
            for operation in migration.operations:
                if not _of_tables(operation):
                    operation.database_forwards(migration.app_label, editor, state, state)
        recorder.migration_qs.bulk_create(
            recorder.Migration(app=migration.app_label, name=migration.name) for migration in plan
        )
    return True


def _of_tables(operation: Any) -> bool:
    return type(operation).__module__ in _OF_TABLES


def _allows(migration: Migration) -> bool:
    """A migration outside a transaction, or with tables beside the state, goes its own way."""
    return migration.atomic is not False and not any(
        isinstance(operation, SeparateDatabaseAndState) for operation in migration.operations
    )
