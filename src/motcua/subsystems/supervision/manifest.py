"""Registers the permissions and the menu entries of supervision."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.casework.access.public import declare_permission
from motcua.foundation.navigation import OVERSIGHT, NavItem
from motcua.foundation.navigation import register as add
from motcua.subsystems.supervision.reach import HEADS

SUPERVISORS = frozenset({"supervisor"})
JUDGED = frozenset({"case_officer", "receiving_clerk", "division_head", "leader", "centre_head"})


def register() -> None:
    """Called once at start-up."""
    declare_permission(
        "supervision.evaluate",
        "Mở kỳ đánh giá, ghi số liệu có bằng chứng",
        "Open a period of evaluation, enter findings with evidence",
        roles=SUPERVISORS,
    )
    declare_permission(
        "supervision.close",
        "Chốt kỳ đánh giá",
        "Close a period of evaluation",
        roles=SUPERVISORS,
    )
    add(
        NavItem(
            "supervision-board",
            _("Bảng giám sát"),
            "supervision:board",
            "layout-dashboard",
            roles=HEADS,
            section=OVERSIGHT,
            order=610,
        )
    )
    add(
        NavItem(
            "evaluation",
            _("Đánh giá giải quyết thủ tục"),
            "supervision:periods",
            "scale",
            roles=SUPERVISORS | JUDGED,
            section=OVERSIGHT,
            order=620,
        )
    )
