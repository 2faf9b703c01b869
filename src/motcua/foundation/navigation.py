"""The registry of ways in: each part registers its entries, the shells draw them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

Face = Literal["portal", "console"]


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of a menu.

    ``label`` is a lazy translation; ``route`` a URL name without arguments; ``roles``
    empty means everybody who may enter this face; ``section`` groups entries in the
    console; ``count`` gives a number for the actor (open work), or None.
    """

    key: str
    label: str | Promise
    route: str
    icon: str = "chevron-right"
    face: Face = "console"
    roles: frozenset[str] = frozenset()
    section: str | Promise = ""
    order: int = 100
    count: Callable[[Any], int | None] | None = None
    needs_login: bool = False

    def url(self) -> str:
        """The address, or "" while the part that owns the route is not installed."""
        try:
            return reverse(self.route)
        except NoReverseMatch:
            return ""


WORK = gettext_lazy("Công việc")
OVERSIGHT = gettext_lazy("Theo dõi")
SETUP = gettext_lazy("Thiết lập")

_items: dict[str, NavItem] = {}


def register(item: NavItem) -> NavItem:
    """Add an entry, or replace the one with the same key."""
    _items[item.key] = item
    return item


def items_for(actor: Any, face: Face = "console") -> list[NavItem]:
    """The entries the actor may see, section by section, in order.

    The menu is a convenience, never a guard: every view checks permission itself.
    """
    roles: frozenset[str] = getattr(actor, "roles", frozenset())
    known = getattr(actor, "kind", "anonymous") != "anonymous"
    chosen = [
        item
        for item in _items.values()
        if item.face == face
        and (not item.roles or item.roles & roles)
        and (known or not item.needs_login)
        and item.url()
    ]
    return sorted(chosen, key=lambda item: (_rank(item), item.order, item.key))


def _rank(item: NavItem) -> int:
    """A section is one place in the menu, however its entries are numbered."""
    known: list[str | Promise] = [WORK, OVERSIGHT, SETUP]
    return known.index(item.section) if item.section in known else len(known)
