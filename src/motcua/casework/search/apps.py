"""Django registration of this part."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "motcua.casework.search"
    label = "search"
    verbose_name = "Tìm kiếm"

    def ready(self) -> None:
        from motcua.casework.agencies.public import on_succession
        from motcua.casework.search.services import move_findable

        on_succession("search", move_findable)
        post_migrate.connect(_ensure_index, sender=self)


def _ensure_index(using: str = "default", **_: Any) -> None:
    """The index also stands where tables are made without migrations (tests)."""
    from motcua.casework.search.engine import install

    install(connections[using])
