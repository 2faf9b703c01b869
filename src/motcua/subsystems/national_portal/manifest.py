"""Registers the permissions and the menu entry of the synchronisation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.casework.access.public import declare_permission
from motcua.foundation.navigation import OVERSIGHT, NavItem
from motcua.foundation.navigation import register as add

KEEPERS = frozenset({"supervisor", "administrator"})


def register() -> None:
    """Called once at start-up."""
    declare_permission(
        "national_portal.watch",
        "Theo dõi đồng bộ với Cổng Dịch vụ công quốc gia",
        "Watch the synchronisation with the national public-service portal",
        roles=KEEPERS,
    )
    declare_permission(
        "national_portal.mend",
        "Gửi lại, đối soát, xử lý hồ sơ không đọc được",
        "Send again, reconcile, settle dossiers that could not be read",
        roles=["administrator"],
    )
    add(
        NavItem(
            "national-portal",
            _("Cổng Dịch vụ công quốc gia"),
            "national_portal:overview",
            "refresh-cw",
            roles=KEEPERS,
            section=OVERSIGHT,
            order=640,
        )
    )
