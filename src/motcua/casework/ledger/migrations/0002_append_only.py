"""The database refuses to change what was written (see ledger/triggers.py)."""

from django.conf import settings
from django.db import migrations

from motcua.casework.ledger import triggers


def guard(apps, schema_editor):
    # Transactional tests empty every table between tests; they say so in their settings
    # and put the guards on by themselves where they are the subject.
    if not getattr(settings, "MOTCUA_LEDGER_UNGUARDED", False):
        triggers.install(schema_editor.connection)


def unguard(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
