"""Registers permissions, menu and notices of batches, and the way in from the two queues."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from motcua.casework.access.public import declare_permission
from motcua.casework.notices.public import add_templates
from motcua.foundation.navigation import WORK, NavItem
from motcua.foundation.navigation import register as add
from motcua.subsystems.applications.public import offer_together
from motcua.subsystems.batches.rules import PURPOSES


def register() -> None:
    """Called once at start-up."""
    declare_permission(
        "batches.sign",
        "Ký nhiều kết quả bằng một lần phê duyệt",
        "Sign many results with one approval",
        roles=["leader"],
    )
    declare_permission(
        "batches.seal",
        "Đóng dấu, ban hành nhiều kết quả bằng một lần phê duyệt",
        "Seal and issue many results with one approval",
        roles=["records_clerk"],
    )
    add_templates(Path(__file__).parent / "data" / "templates")
    for purpose in PURPOSES.values():
        offer_together(purpose.role, "batches:choose", purpose.slug)
    roles = frozenset(purpose.role for purpose in PURPOSES.values())
    add(
        NavItem(
            "batches", _("Đợt ký, đóng dấu"), "batches:own", "files",
            roles=roles, section=WORK, order=45,
        )
    )  # fmt: skip
