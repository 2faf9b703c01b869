"""The full-text index of the engine in use; see motcua.casework.search.engine."""

from django.db import migrations

from motcua.casework.search.engine import install, uninstall


def forwards(apps, schema_editor):
    install(schema_editor.connection)


def backwards(apps, schema_editor):
    uninstall(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
