"""Whom somebody may write to: through their own agencies; a city administrator through all."""

from __future__ import annotations

from django.db.models import Q

from motcua.casework.access.public import CITY_VIEWER, Actor, declare_permission
from motcua.casework.agencies.public import Agency
from motcua.foundation.errors import NotFound

WRITE = "mass_notices.write"
APPROVE = "mass_notices.approve"
WRITERS = frozenset({"administrator", "leader", "division_head", "centre_head"})
APPROVERS = frozenset({"administrator", "leader", "centre_head"})

declare_permission(WRITE, "Soạn thông báo hàng loạt", "Write notices to many", roles=WRITERS)
declare_permission(APPROVE, "Duyệt thông báo hàng loạt", "Approve notices to many", roles=APPROVERS)


def of_the_city(actor: Actor) -> bool:
    """Whether the actor administers the whole city."""
    return actor.has_role("administrator") and CITY_VIEWER in actor.viewer_keys


def held(actor: Actor, roles: frozenset[str]) -> list[int]:
    """The agencies in which the actor has one of these roles."""
    return [post.agency_id for post in actor.posts if post.role in roles]


def agencies_of(actor: Actor) -> list[Agency]:
    """The agencies in whose name the actor writes. One statement."""
    return list(Agency.objects.filter(pk__in=held(actor, WRITERS)).order_by("name"))


def agency_for(actor: Actor, code: str) -> Agency:
    """One of them by its code.

    Raises:
        NotFound: absent and forbidden alike.
    """
    agency = Agency.objects.filter(pk__in=held(actor, WRITERS), code=code).first()
    if agency is None:
        raise NotFound
    return agency


def open_to(actor: Actor) -> Q:
    """Notices open to the actor: of the own agencies, or of one below an approver's."""
    if of_the_city(actor):
        return Q()
    approves = held(actor, APPROVERS)
    return Q(agency_id__in=held(actor, WRITERS)) | Q(agency__parent_id__in=approves)


def approves(actor: Actor, agency: Agency) -> bool:
    """Whether the actor approves for an agency: there, in the one above it, or for the city."""
    return of_the_city(actor) or bool({agency.pk, agency.parent_id} & {*held(actor, APPROVERS)})
