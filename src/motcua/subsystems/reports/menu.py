"""What the report line adds to the menus."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.foundation.navigation import WORK, NavItem, register


def register_menu() -> None:
    """Called once at start-up."""
    register(
        NavItem(
            "reports", _("Phản ánh"), "reports:list", "message-square-warning", "portal", order=35
        )
    )
    desk = frozenset({"receiving_clerk", "centre_head"})
    unit = desk | {"case_officer", "division_head", "leader"}
    register(
        NavItem("report-call", _("Nhận cuộc gọi"), "reports_console:call", "phone", roles=desk,
                section=WORK, order=21)
    )  # fmt: skip
    register(
        NavItem("report-photos", _("Ảnh chờ xem"), "reports_console:photos", "camera", roles=unit,
                section=WORK, order=22)
    )  # fmt: skip
