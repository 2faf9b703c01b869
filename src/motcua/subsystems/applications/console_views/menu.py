"""What dossiers add to the console's menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.foundation.navigation import OVERSIGHT, WORK, NavItem, register

CLERK = frozenset({"receiving_clerk"})
CLERKS = CLERK | {"centre_head"}
LEADER, RECORDS = frozenset({"leader"}), frozenset({"records_clerk"})


def register_menu() -> None:
    """Called once at start-up."""
    for key, label, route, icon, roles, section, order in (
        ("counter", _("Tiếp nhận tại quầy"), "counter", "clipboard-check", CLERKS, WORK, 20),
        ("hand-over", _("Giao nhận hồ sơ"), "hand_over", "truck", CLERKS, WORK, 25),
        ("signing", _("Chờ ký"), "signing", "signature", LEADER, WORK, 30),
        ("sealing", _("Chờ đóng dấu"), "sealing", "stamp", RECORDS, WORK, 40),
        ("register", _("Sổ theo dõi"), "register", "book-open", CLERKS | {"supervisor"},
         OVERSIGHT, 200),
        ("outage", _("Nhập sổ giấy"), "outage", "file-plus-2", CLERK, OVERSIGHT, 210),
    ):  # fmt: skip
        address = f"applications_console:{route}"
        register(NavItem(key, label, address, icon, roles=roles, section=section, order=order))
