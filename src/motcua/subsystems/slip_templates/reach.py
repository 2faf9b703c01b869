"""Whose slips somebody may change and publish."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from motcua.casework.access.public import CITY_VIEWER, Actor, declare_permission
from motcua.casework.agencies.public import Agency
from motcua.foundation.errors import NotFound

EDIT = "slip_templates.edit"
PUBLISH = "slip_templates.publish"
EDITORS = frozenset({"administrator", "centre_head"})
PUBLISHERS = frozenset({"administrator", "centre_head", "leader"})
CITY = "thanh-pho"

declare_permission(EDIT, "Soạn lời trên mẫu phiếu", "Edit the words of slips", roles=EDITORS)
declare_permission(
    PUBLISH, "Công bố lời trên mẫu phiếu", "Publish the words of slips", roles=PUBLISHERS
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The whole city (no agency), or one agency."""

    code: str
    agency: Agency | None

    @property
    def agency_id(self) -> int | None:
        return self.agency.pk if self.agency else None

    @property
    def chain(self) -> str:
        return f"agency:{self.agency.pk}" if self.agency else "slip_templates"


def of_the_city(actor: Actor) -> bool:
    """Whether the actor administers the whole city."""
    return actor.has_role("administrator") and CITY_VIEWER in actor.viewer_keys


def _held(actor: Actor, roles: frozenset[str]) -> list[int]:
    return [post.agency_id for post in actor.posts if post.role in roles]


def editable_agencies(actor: Actor) -> Q:
    """Agencies whose slips the actor edits: their own."""
    return Q(pk__in=_held(actor, EDITORS))


def scopes_of(actor: Actor) -> list[Scope]:
    """The city when the actor administers it, then the actor's agencies. One statement."""
    city = [Scope(CITY, None)] if of_the_city(actor) else []
    agencies = Agency.objects.filter(editable_agencies(actor)).order_by("name")
    return [*city, *(Scope(agency.code, agency) for agency in agencies)]


def scope_for(actor: Actor, code: str) -> Scope:
    """The scope of that code, if the actor edits there.

    Raises:
        NotFound: absent and forbidden alike.
    """
    if code == CITY:
        if of_the_city(actor):
            return Scope(CITY, None)
        raise NotFound
    agency = Agency.objects.filter(editable_agencies(actor), code=code).first()
    if agency is None:
        raise NotFound
    return Scope(code, agency)


def seen_by(actor: Actor) -> Q:
    """Drafts and versions open to the actor: to edit or, as a second person, to publish.

    A leader of the agency above publishes for it; an administrator of the city for all.
    """
    if of_the_city(actor):
        return Q()
    publishes = _held(actor, PUBLISHERS)
    return (
        Q(agency_id__in=_held(actor, EDITORS))
        | Q(agency_id__in=publishes)
        | Q(agency__parent_id__in=publishes)
    )


def edits(actor: Actor, agency_id: int | None) -> bool:
    """Whether the actor may change the words of the city (None) or of an agency."""
    return of_the_city(actor) if agency_id is None else agency_id in _held(actor, EDITORS)
