"""What officials may do in the hall."""

from __future__ import annotations

from motcua.casework.access.public import declare_permission

SERVE = "reception.serve"
MANAGE = "reception.manage"


def register() -> None:
    """Called once at start-up."""
    declare_permission(
        "reception.serve",
        "Mở quầy, gọi số, xem lịch hẹn trong ngày",
        "Open a counter, call tickets, see the day's appointments",
        roles=["receiving_clerk", "centre_head"],
    )
    declare_permission(
        "reception.manage",
        "Thiết lập quầy, thiết bị ở sảnh và kế hoạch đặt lịch",
        "Set up counters, devices of the hall and the plan of appointments",
        roles=["centre_head"],
    )
