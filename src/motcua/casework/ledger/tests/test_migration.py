"""The migration puts the guards on, except where transactional tests empty the tables."""

from __future__ import annotations

from importlib import import_module

from django.db import connection

from motcua.casework.ledger import triggers


def test_the_migration_guards_and_unguards(db, settings):
    migration = import_module("motcua.casework.ledger.migrations.0002_append_only")

    class Editor:
        pass

    editor = Editor()
    editor.connection = connection
    triggers.remove(connection)
    settings.MOTCUA_LEDGER_UNGUARDED = True
    migration.guard(None, editor)
    assert triggers.missing_guards(connection) == sorted(triggers.GUARDS)
    settings.MOTCUA_LEDGER_UNGUARDED = False
    migration.guard(None, editor)
    assert triggers.missing_guards(connection) == []
    migration.unguard(None, editor)
    assert triggers.missing_guards(connection) == sorted(triggers.GUARDS)
    triggers.follow_tips_no_more(connection)
    assert triggers.TIP in triggers.missing_guards(connection)
    triggers.follow_tips(connection)
    assert triggers.TIP not in triggers.missing_guards(connection)
