"""The way in: everybody's own exports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.foundation.navigation import OVERSIGHT, NavItem
from motcua.foundation.navigation import register as add


def register() -> None:
    """Called once at start-up."""
    add(
        NavItem(
            "exports", _("Tệp đã xuất"), "exports:own", "download", section=OVERSIGHT, order=590
        )
    )
