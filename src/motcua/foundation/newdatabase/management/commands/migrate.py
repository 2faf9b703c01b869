"""``migrate`` as Django has it; an empty database gets all its tables at once."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from motcua.foundation.newdatabase.creating import create_all

_NARROWED = ("app_label", "migration_name", "fake", "fake_initial", "plan", "check_unapplied")


class Command(migrate.Command):
    """Nothing else is changed: what is left to do, and the signals, are Django's."""

    def handle(self, *args: Any, **options: Any) -> None:
        if not any(options.get(name) for name in _NARROWED):
            create_all(connections[options["database"]])
        super().handle(*args, **options)
