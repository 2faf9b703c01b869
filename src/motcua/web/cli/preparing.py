"""Bringing an installation to the state its code expects; safe to repeat."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from motcua.web.cli.progress import step


def prepare(before_packages: Callable[[], None] | None = None) -> None:
    """Create or upgrade tables, publish static files, load calendar and procedures.

    Args:
        before_packages: done once the lists stand, before the packages of today are published.
    """
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
        if before_packages is not None:
            before_packages()
        load_packages(actor=SYSTEM)
