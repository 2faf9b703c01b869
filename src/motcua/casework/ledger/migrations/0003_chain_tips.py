"""Every chain's tip is noted by the database, so that a cut tail is missed (see triggers.py)."""

from django.conf import settings
from django.db import migrations, models

from motcua.casework.ledger import triggers


def follow(apps, schema_editor):
    triggers.follow_tips(schema_editor.connection)
    if not getattr(settings, "MOTCUA_LEDGER_UNGUARDED", False):
        triggers.install(schema_editor.connection)


def stop(apps, schema_editor):
    triggers.follow_tips_no_more(schema_editor.connection)
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="ChainTip",
            fields=[
                ("chain", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("seq", models.PositiveIntegerField()),
                ("hash", models.CharField(max_length=64)),
            ],
            options={"verbose_name": "đầu chuỗi sổ cái", "db_table": "ledger_tip"},
        ),
        migrations.RunPython(follow, stop),
    ]
