"""What this part registers at start-up: its entry in the console's menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.foundation.navigation import SETUP, NavItem, register


def register_menu() -> None:
    """The national catalogue, for those who may manage procedures."""
    register(
        NavItem(
            "procedures-catalogue",
            _("Danh mục quốc gia"),
            "procedures_console:imports",
            "book-open",
            roles=frozenset({"administrator"}),
            section=SETUP,
            order=610,
        )
    )
