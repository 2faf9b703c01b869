"""What this slice adds to the menu and to the kernel's port for stored papers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.casework.access.public import declare_permission
from motcua.casework.attachments.public import register_paper_store
from motcua.foundation.navigation import NavItem
from motcua.foundation.navigation import register as register_item
from motcua.subsystems.papers import printing
from motcua.subsystems.papers.services import OwnersStore


def register() -> None:
    """Called once at start-up."""
    register_paper_store(OwnersStore())
    printing.register()
    declare_permission(
        "papers.ask_owner",
        "Hỏi người nộp để xem kho giấy tờ của họ tại quầy",
        "Ask the applicant at the counter to look into their paper store",
        roles=["receiving_clerk", "centre_head"],
    )
    declare_permission(
        "papers.digitise",
        "Số hóa giấy tờ, ký số bản số hóa",
        "Digitise papers and sign the digitised copy",
        roles=["receiving_clerk", "centre_head"],
    )
    register_item(
        NavItem(
            "papers", _("Kho giấy tờ"), "papers:list", "folder-open", "portal",
            order=35, needs_login=True,
        )
    )  # fmt: skip
