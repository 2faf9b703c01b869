"""The database refuses to change a published procedure version (see procedures/triggers.py)."""

from django.conf import settings
from django.db import migrations

from motcua.subsystems.procedures import triggers


def guard(apps, schema_editor):
    # Transactional tests empty every table between tests and say so in their settings.
    deletable = getattr(settings, "MOTCUA_LEDGER_UNGUARDED", False)
    triggers.install(schema_editor.connection, deletable=deletable)


def unguard(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
