"""``propose_year 2028``: add a year's days off by the law's rule, marked as computed."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from motcua.casework.access.public import SYSTEM
from motcua.casework.calendar.years import propose_year


class Command(BaseCommand):
    help = "Thêm ngày nghỉ dự kiến của một năm (chưa có quyết định)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        for row in propose_year(actor=SYSTEM, year=options["year"]):
            self.stdout.write(f"{row.date:%d/%m/%Y} {row.name_vi}")
