"""The delivered table of days off becomes rows that an officer can see and replace."""

import datetime as dt

from django.db import migrations

from motcua.casework.calendar.seed import delivered_days

RECORDED = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


def load(apps, schema_editor):
    CalendarDay = apps.get_model("calendar", "CalendarDay")
    CalendarDay.objects.bulk_create(
        CalendarDay(
            date=row.day,
            kind=row.kind,
            name_vi=row.name.vi,
            name_en=row.name.en,
            swapped_with=row.swapped_with,
            basis=row.legal_basis,
            reason="Dữ liệu kèm theo phần mềm",
            status=row.status,
            recorded_at=RECORDED,
            actor_name="Hệ thống",
        )
        for row in delivered_days()
    )


class Migration(migrations.Migration):
    dependencies = [("calendar", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
