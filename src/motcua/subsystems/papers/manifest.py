"""What this slice adds to the menu and to the kernel's port for stored papers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.casework.attachments.public import register_paper_store
from motcua.foundation.navigation import NavItem
from motcua.foundation.navigation import register as register_item
from motcua.subsystems.papers.services import OwnersStore


def register() -> None:
    """Called once at start-up."""
    register_paper_store(OwnersStore())
    register_item(
        NavItem(
            "papers", _("Kho giấy tờ"), "papers:list", "folder-open", "portal",
            order=35, needs_login=True,
        )
    )  # fmt: skip
