"""Everybody who acts in the demo's past, read once: officials by post, citizens by commune."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from motcua.casework.access.public import Actor, PostRef
from motcua.casework.agencies.public import Agency, Membership
from motcua.casework.people.public import Account
from motcua.web.demo.answers import Asker
from motcua.web.demo.former import former_agencies

Officials = dict[tuple[int, str], list[Actor]]


@dataclass(slots=True)
class Cast:
    """Everybody who acts: officials by agency and role, citizens, and where they file.

    ``former`` are the units that received dossiers before the merger, by commune code.
    """

    officials: Officials
    citizens: list[tuple[Actor, Asker]]
    centres: dict[str, int]
    former: dict[str, int]


def gather_cast() -> Cast:
    """Read everybody once; an actor of history holds the posts he holds now, or will."""
    centres = Agency.objects.filter(kind="centre", level="commune", valid_to__isnull=True)
    return Cast(
        all_officials(),
        _citizens(),
        dict(centres.values_list("commune_code", "pk")),
        {agency.commune_code: agency.pk for agency in former_agencies()},
    )


def all_officials() -> Officials:
    """Officials by agency and role: whoever holds a post that has not ended."""
    rows = Membership.objects.filter(valid_to__isnull=True).select_related(
        "post__agency", "account"
    )
    posts: defaultdict[int, list[PostRef]] = defaultdict(list)
    accounts: dict[int, Account] = {}
    for row in rows:
        post = row.post
        posts[row.account_id].append(
            PostRef(post.pk, post.agency_id, post.role, post.title, post.authority)
        )
        accounts[row.account_id] = row.account
    officials: Officials = {}
    for account_id, held in posts.items():
        actor = Actor(account_id, None, "official", accounts[account_id].display_name, tuple(held))
        for reference in held:
            officials.setdefault((reference.agency_id, reference.role), []).append(actor)
    return officials


def _citizens() -> list[tuple[Actor, Asker]]:
    found: list[tuple[Actor, Asker]] = []
    for account in Account.objects.filter(kind="citizen").select_related("party"):
        party = account.party
        if party is None or not party.commune_code:
            continue
        actor = Actor(account.pk, party.pk, "citizen", account.display_name)
        asker = Asker(
            party.pk,
            account.pk,
            party.full_name,
            party.identity_number,
            party.birth_date,
            party.gender or "female",
            party.phone or "0901234567",
            party.email or "nguoidan@example.vn",
            party.commune_code,
            party.address.split(",")[0] or "1 Lê Lợi",
        )
        found.append((actor, asker))
    return found
