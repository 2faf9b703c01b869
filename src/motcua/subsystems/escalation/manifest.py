"""Registers permissions, the menu entry, notices, and what the page of a case shows."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from motcua.casework.access.public import declare_permission
from motcua.casework.notices.public import add_templates
from motcua.foundation.navigation import SETUP, NavItem
from motcua.foundation.navigation import register as add
from motcua.subsystems.applications.public import offer_panel
from motcua.subsystems.escalation.selectors import panel_of


def register() -> None:
    """Called once at start-up."""
    declare_permission(
        "escalation.set_ladder",
        "Thay đổi thang nhắc hạn",
        "Change the ladder of reminders",
        roles=["administrator", "supervisor"],
    )
    declare_permission(
        "escalation.explain",
        "Giải trình hồ sơ quá hạn",
        "Explain why a dossier is late",
        roles=["case_officer", "receiving_clerk", "records_clerk", "division_head", "centre_head",
               "leader"],
    )  # fmt: skip
    add_templates(Path(__file__).parent / "data" / "templates")
    offer_panel("escalation", panel_of)
    add(
        NavItem(
            "escalation", _("Thang nhắc hạn"), "escalation:ladders", "bell",
            roles=frozenset({"administrator", "supervisor"}), section=SETUP, order=330,
        )
    )  # fmt: skip
