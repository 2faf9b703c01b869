"""From an account that logged in to the actor it is today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.casework.access.rules import CITY_WIDE_ROLES, Actor, PostRef
from motcua.foundation.timesource import today

if TYPE_CHECKING:
    from motcua.casework.people.models import Account


def actor_of(account: Account) -> Actor:
    """The actor an account is today: its posts (with substitutions) or its represented parties.

    One statement for an official, one for a citizen.
    """
    from motcua.casework.agencies.selectors import posts_of
    from motcua.casework.people.selectors import representations_of

    on = today()
    if account.kind in {"official", "client"}:
        posts = tuple(
            PostRef(
                post.pk,
                post.agency_id,
                post.role,
                post.title,
                post.authority,
                city_wide=post.role in CITY_WIDE_ROLES and post.agency.level == "city",
            )
            for post in posts_of(account.pk, on)
        )
        kind = "client" if account.kind == "client" else "official"
        return Actor(account.pk, account.party_id, kind, account.display_name, posts)
    if account.kind == "citizen":
        principals: tuple[int, ...] = ()
        if account.party_id is not None:
            principals = tuple(r.principal_id for r in representations_of(account.party_id, on))
        return Actor(
            account.pk, account.party_id, "citizen", account.display_name, principals=principals
        )
    return Actor(account.pk, None, "system", account.display_name)
