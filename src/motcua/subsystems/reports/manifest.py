"""What the report line registers with the kernel: kind, states, permissions."""

from __future__ import annotations

from pathlib import Path

from motcua.casework.access.public import declare_permission
from motcua.casework.cases.public import register_kind
from motcua.casework.notices.public import add_templates
from motcua.subsystems.reports.states import REPORT

SET_UP = "reports.set_up"
SEND = "reports.send"
OPERATE = "reports.operate"
HANDLE = "reports.handle"


def register() -> None:
    """Called once at start-up."""
    register_kind(REPORT)
    add_templates(Path(__file__).parent / "data" / "notices")
    declare_permission(
        "reports.set_up",
        "Thiết lập lĩnh vực, thời hạn, khu vực và quy tắc chuyển phản ánh",
        "Set up categories, limits, areas and routing rules of reports",
        roles=["administrator"],
    )
    declare_permission(
        "reports.send",
        "Gửi phản ánh qua kết nối của hệ thống khác",
        "Send reports through another system's connection",
        roles=[],
        clients=True,
    )
    declare_permission(
        "reports.operate",
        "Nhận phản ánh qua điện thoại và điều phối tại tổng đài",
        "Take calls and sort reports at the triage desk",
        roles=["receiving_clerk", "centre_head"],
    )
    declare_permission(
        "reports.handle",
        "Xử lý phản ánh do đơn vị mình giữ",
        "Work on the reports that one's unit holds",
        roles=["receiving_clerk", "centre_head", "case_officer", "division_head", "leader"],
    )
