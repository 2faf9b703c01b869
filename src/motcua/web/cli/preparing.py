"""Bringing an installation to the state its code expects; safe to repeat."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from motcua.web.cli.progress import step


def prepare() -> None:
    """Create or upgrade tables, publish static files, load calendar and procedures."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with step("Tạo bảng dữ liệu / creating tables"):
            call_command("migrate", interactive=False, verbosity=0)
    with step("Chuẩn bị tệp giao diện / publishing assets"):
        call_command("collectstatic", interactive=False, verbosity=0)
    from motcua.casework.access.public import SYSTEM
    from motcua.casework.calendar.public import seed_calendar
    from motcua.subsystems.procedures.public import load_packages

    with step("Lịch làm việc và thủ tục / calendar and procedures"):
        seed_calendar()
        load_packages(actor=SYSTEM)
