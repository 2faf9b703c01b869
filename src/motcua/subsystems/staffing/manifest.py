"""Registers the permissions, the menu entries and the notices of this slice."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from motcua.casework.access.public import declare_permission
from motcua.casework.notices.public import add_templates
from motcua.foundation.navigation import WORK, NavItem
from motcua.foundation.navigation import register as add

HEADS = frozenset({"division_head", "leader", "centre_head"})
OFFICIALS = HEADS | {"case_officer", "receiving_clerk", "records_clerk", "consulted_officer"}
DISTRIBUTE = "staffing.distribute"
APPROVE = "staffing.approve_absence"


def register() -> None:
    """Called once at start-up."""
    declare_permission(
        DISTRIBUTE,
        "Phân công nhiều hồ sơ theo quy tắc",
        "Assign many dossiers by a rule",
        roles=HEADS,
    )
    declare_permission(
        APPROVE,
        "Duyệt vắng mặt và người làm thay",
        "Approve absences and who stands in",
        roles=HEADS,
    )
    add_templates(Path(__file__).parent / "data" / "templates")
    add(
        NavItem(
            "staffing-assign",
            _("Phân công"),
            "staffing:assign",
            "users",
            roles=HEADS,
            section=WORK,
            order=150,
        )
    )
    add(
        NavItem(
            "staffing-absences",
            _("Vắng mặt"),
            "staffing:absences",
            "calendar-off",
            roles=frozenset(OFFICIALS),
            section=WORK,
            order=160,
        )
    )
