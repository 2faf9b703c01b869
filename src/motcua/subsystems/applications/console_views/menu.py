"""What dossiers add to the console's menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.foundation.navigation import OVERSIGHT, WORK, NavItem, register


def register_menu() -> None:
    """Called once at start-up."""
    clerks = frozenset({"receiving_clerk", "centre_head"})
    register(
        NavItem(
            "counter",
            _("Tiếp nhận tại quầy"),
            "applications_console:counter",
            "clipboard-check",
            roles=clerks,
            section=WORK,
            order=20,
        )
    )
    register(
        NavItem(
            "hand-over",
            _("Giao nhận hồ sơ"),
            "applications_console:hand_over",
            "truck",
            roles=clerks,
            section=WORK,
            order=25,
        )
    )
    register(
        NavItem(
            "outage",
            _("Nhập sổ giấy"),
            "applications_console:outage",
            "file-plus-2",
            roles=frozenset({"receiving_clerk"}),
            section=OVERSIGHT,
            order=210,
        )
    )
    register(
        NavItem(
            "signing",
            _("Chờ ký"),
            "applications_console:signing",
            "signature",
            roles=frozenset({"leader"}),
            section=WORK,
            order=30,
        )
    )
    register(
        NavItem(
            "sealing",
            _("Chờ đóng dấu"),
            "applications_console:sealing",
            "stamp",
            roles=frozenset({"records_clerk"}),
            section=WORK,
            order=40,
        )
    )
    register(
        NavItem(
            "register",
            _("Sổ theo dõi"),
            "applications_console:register",
            "book-open",
            roles=clerks | {"supervisor"},
            section=OVERSIGHT,
            order=200,
        )
    )
