"""The full-text index of the engine in use; see motcua.casework.search.engine."""

from typing import Any

from django.db import migrations

from motcua.casework.search.engine import install, uninstall


def forwards(apps: Any, schema_editor: Any) -> None:
    install(schema_editor.connection)


def backwards(apps: Any, schema_editor: Any) -> None:
    uninstall(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
