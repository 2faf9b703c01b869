"""What the hall adds to the menus."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.foundation.navigation import SETUP, WORK, NavItem, register


def register_menu() -> None:
    """Called once at start-up."""
    clerks = frozenset({"receiving_clerk", "centre_head"})
    for key, label, route, icon, roles, section, order in (
        ("hall", _("Sảnh và gọi số"), "reception_console:hall", "users", clerks, WORK, 18),
        ("appointments", _("Lịch hẹn"), "reception_console:appointments", "calendar-days",
         clerks, WORK, 19),
        ("hall-setup", _("Quầy và thiết bị"), "reception_console:setup", "armchair",
         frozenset({"centre_head"}), SETUP, 595),
    ):  # fmt: skip
        register(NavItem(key, label, route, icon, roles=roles, section=section, order=order))
    register(
        NavItem("book", _("Đặt lịch hẹn"), "reception:book", "calendar-days", "portal", order=25)
    )
