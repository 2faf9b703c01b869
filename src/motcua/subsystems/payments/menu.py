"""What money adds to the menus."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.foundation.navigation import SETUP, WORK, NavItem, register


def register_menu() -> None:
    """Called once at start-up."""
    desk = frozenset({"receiving_clerk", "centre_head"})
    for key, label, route, icon, roles, section, order in (
        ("cash", _("Quỹ tiền mặt"), "payments_console:cash", "banknote", desk, WORK, 40),
        ("reconcile", _("Đối soát thanh toán"), "payments_console:reconcile", "scale",
         desk, WORK, 41),
        ("refunds", _("Hoàn trả"), "payments_console:refunds", "undo-2", desk, WORK, 42),
        ("day-book", _("Sổ thu hằng ngày"), "payments_console:book", "book-open", desk, WORK, 43),
        ("pay-setup", _("Tài khoản thu"), "payments_console:setup", "landmark",
         frozenset({"centre_head"}), SETUP, 420),
    ):  # fmt: skip
        register(NavItem(key, label, route, icon, roles=roles, section=section, order=order))
