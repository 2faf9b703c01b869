"""Registers the permission, the menu entry and the way in by key."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.casework.access.public import accept_keys, declare_permission
from motcua.foundation.navigation import SETUP, NavItem
from motcua.foundation.navigation import register as add


def register() -> None:
    """Called once at start-up."""
    from motcua.subsystems.partners.keys import actor_of_key

    declare_permission(
        "partners.manage",
        "Cấp và thu hồi khoá cho hệ thống kết nối",
        "Give and revoke keys of connected systems",
        roles=["administrator"],
    )
    accept_keys(actor_of_key)
    add(
        NavItem(
            "partners",
            _("Hệ thống kết nối"),
            "partners:list",
            "key-round",
            roles=frozenset({"administrator"}),
            section=SETUP,
            order=650,
        )
    )
