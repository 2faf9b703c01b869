"""What the console's own pages add to the menu, and who may open the pages of the house."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.casework.access.public import declare_permission
from motcua.foundation.navigation import OVERSIGHT, SETUP, WORK, NavItem
from motcua.foundation.navigation import register as add

KEEPERS = frozenset({"administrator", "supervisor"})
SEE_SYSTEM = "console.system"


def register() -> None:
    """Called once at start-up."""
    declare_permission(
        SEE_SYSTEM,
        "Xem việc chạy nền, sổ cái, lịch nghỉ và danh mục cơ quan",
        "See background jobs, the ledger, the calendar and the list of agencies",
        roles=KEEPERS,
    )
    add(NavItem("inbox", _("Hộp việc"), "console:home", "inbox", section=WORK, order=10))
    for order, (key, label, icon) in enumerate(
        (
            ("jobs", _("Việc chạy nền"), "refresh-cw"),
            ("ledger", _("Sổ cái"), "scroll-text"),
            ("calendar", _("Lịch nghỉ"), "calendar-days"),
            ("agencies", _("Cơ quan"), "building-2"),
        )
    ):
        add(
            NavItem(
                f"system-{key}",
                label,
                f"console:{key}",
                icon,
                roles=KEEPERS,
                section=OVERSIGHT if key in {"jobs", "ledger"} else SETUP,
                order=600 + order,
            )
        )
