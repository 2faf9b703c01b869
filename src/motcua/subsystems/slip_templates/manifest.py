"""What this slice adds to the menu and to issuing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.casework.issuing.public import register_wording
from motcua.foundation.navigation import SETUP, NavItem
from motcua.foundation.navigation import register as add
from motcua.subsystems.slip_templates.printing import words_on
from motcua.subsystems.slip_templates.reach import PUBLISHERS


def register() -> None:
    """Called once at start-up."""
    register_wording(words_on)
    add(
        NavItem(
            "slip-templates",
            _("Mẫu phiếu"),
            "slip_templates:list",
            "file-text",
            roles=PUBLISHERS,
            section=SETUP,
            order=510,
        )
    )
