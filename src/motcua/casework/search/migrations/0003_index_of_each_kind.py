"""Words bear the mark of their kind: an index for each kind (see search/engine.py)."""

from typing import Any

from django.db import migrations

from motcua.casework.search.engine import rebuild


def forwards(apps: Any, schema_editor: Any) -> None:
    rebuild(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_full_text")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
