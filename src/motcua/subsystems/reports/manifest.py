"""What the report line registers with the kernel: kind, states, permissions."""

from __future__ import annotations

from motcua.casework.access.public import declare_permission

SET_UP = "reports.set_up"


def register() -> None:
    """Called once at start-up."""
    declare_permission(
        "reports.set_up",
        "Thiết lập lĩnh vực, thời hạn, khu vực và quy tắc chuyển phản ánh",
        "Set up categories, limits, areas and routing rules of reports",
        roles=["administrator"],
    )
