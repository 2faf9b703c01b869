"""What the editor adds to the console's menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.foundation.navigation import SETUP, NavItem, register


def register_menu() -> None:
    """Called once at start-up."""
    register(
        NavItem(
            "procedure-editor",
            _("Soạn thủ tục"),
            "procedure_editor:list",
            "file-pen-line",
            roles=frozenset({"administrator"}),
            section=SETUP,
            order=500,
        )
    )
