"""What this slice adds to the menu and to the templates of notices."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from motcua.casework.notices.public import add_templates
from motcua.foundation.navigation import WORK, NavItem
from motcua.foundation.navigation import register as add
from motcua.subsystems.mass_notices.reach import WRITERS


def register() -> None:
    """Called once at start-up."""
    add_templates(Path(__file__).parent / "data" / "templates")
    add(
        NavItem(
            "mass-notices",
            _("Thông báo hàng loạt"),
            "mass_notices:list",
            "send",
            roles=WRITERS,
            section=WORK,
            order=180,
        )
    )
