"""What other slices add to the queues of the leader and the records clerk."""

from __future__ import annotations

from django.urls import reverse

_together: dict[str, tuple[str, tuple[str, ...]]] = {}


def offer_together(role: str, route: str, *args: str) -> None:
    """Let many dossiers of a role's queue be dealt with at once on another page.

    Args:
        route: URL name of that page. GET shows the whole queue; POST takes the ticked
            dossiers as ``uid``.
    """
    _together[role] = (route, args)


def together_address(role: str) -> str:
    """The address of that page; empty when nobody offers one."""
    route, args = _together.get(role, ("", ()))
    return reverse(route, args=args) if route else ""
