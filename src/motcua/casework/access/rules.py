"""Who is asking: the actor of every act, as an immutable value. Imports no Django."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

ActorKind = Literal["citizen", "official", "client", "system", "anonymous"]
"""``client``: another organisation's system, by its key; ``system``: the house itself."""

CITY_VIEWER = "city"
PUBLIC_VIEWER = "public"
CITY_WIDE_ROLES = frozenset({"supervisor", "administrator"})


@dataclass(frozen=True, slots=True)
class PostRef:
    """A post somebody holds today: in which agency, in which role, under which title."""

    post_id: int
    agency_id: int
    role: str
    title: str
    authority: str = ""
    city_wide: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which posts, for whom. Made once per request and passed to every service."""

    account_id: int | None
    party_id: int | None
    kind: ActorKind
    name: str
    posts: tuple[PostRef, ...] = ()
    on_behalf_of: int | None = None
    authority: str = ""
    principals: tuple[int, ...] = field(default=())
    scopes: frozenset[str] = frozenset()

    @property
    def serves(self) -> bool:
        """Whether the actor works for an agency and so sees what applicants do not."""
        return self.kind in {"official", "system"} or (self.kind == "client" and bool(self.posts))

    @property
    def roles(self) -> frozenset[str]:
        """The roles of all posts held."""
        return frozenset(post.role for post in self.posts)

    @property
    def agency_ids(self) -> frozenset[int]:
        """The agencies of all posts held."""
        return frozenset(post.agency_id for post in self.posts)

    @property
    def viewer_keys(self) -> tuple[str, ...]:
        """The keys under which rows may have been opened to this actor."""
        keys = [PUBLIC_VIEWER]
        if self.account_id is not None:
            keys.append(f"u:{self.account_id}")
        if self.party_id is not None:
            keys.append(f"p:{self.party_id}")
        keys += [f"p:{party}" for party in self.principals]
        keys += [f"a:{agency}" for agency in sorted(self.agency_ids)]
        if any(post.city_wide for post in self.posts):
            keys.append(CITY_VIEWER)
        return tuple(keys)

    def has_role(self, role: str, agency_id: int | None = None) -> bool:
        """Whether a post of this role is held, in this agency when one is named."""
        return any(
            post.role == role and (agency_id is None or post.agency_id == agency_id)
            for post in self.posts
        )

    def acting_for(self, party_id: int) -> Actor:
        """The same actor, acting on behalf of a party."""
        return replace(self, on_behalf_of=party_id)


SYSTEM = Actor(None, None, "system", "Hệ thống")
ANONYMOUS = Actor(None, None, "anonymous", "Khách")


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing that may be done, and the roles that may do it."""

    code: str
    vi: str
    en: str
    roles: frozenset[str]
    citizens: bool = False
    clients: bool = False

    def admits(self, actor: Actor, agency_id: int | None = None) -> bool:
        """Default deny: only the system, a named role in the agency, or citizens where said."""
        if actor.kind == "system":
            return True
        if self.citizens and actor.kind == "citizen":
            return True
        if self.clients and actor.kind == "client":
            return True
        return any(actor.has_role(role, agency_id) for role in self.roles)
