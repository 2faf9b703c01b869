"""Whose results somebody may see: an officer its own, a head its unit's, a supervisor all."""

from __future__ import annotations

from motcua.casework.access.public import CITY_VIEWER, Actor, require
from motcua.foundation.errors import NotAllowed, NotFound

HEADS = frozenset({"leader", "division_head", "centre_head", "supervisor"})


def whole_city(actor: Actor) -> bool:
    """Whether the actor supervises the whole city."""
    return actor.has_role("supervisor") and CITY_VIEWER in actor.viewer_keys


def led_by(actor: Actor) -> frozenset[int]:
    """The agencies that the actor leads or supervises."""
    return frozenset(post.agency_id for post in actor.posts if post.role in HEADS)


def require_unit(actor: Actor, agency_id: int) -> None:
    """Refuse unless the actor may see the results of an agency and of its people.

    Raises:
        NotFound: absent and forbidden alike.
    """
    if not whole_city(actor) and agency_id not in led_by(actor):
        raise NotFound


def require_city(actor: Actor, permission: str) -> None:
    """Refuse unless the actor has a permission for the whole city.

    Raises:
        NotAllowed: it has not.
    """
    require(actor, permission)
    if not whole_city(actor):
        raise NotAllowed
