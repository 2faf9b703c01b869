"""Build the demo city: agencies with their history, posts, officials and citizens.

It writes with a few bulk statements instead of one service call per person, so
that the whole city stands in seconds; every agency, account and party still has
its entry in the ledger. Only for an empty database: a real city is set up through
the services of agencies and people.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction

from motcua.casework.access.public import SYSTEM
from motcua.casework.agencies.public import (
    Agency,
    AgencyIdentifier,
    Delegation,
    Membership,
    Post,
    Succession,
)
from motcua.casework.ledger.public import Act, record_many
from motcua.casework.people.public import Account
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import now
from motcua.web.demo import names
from motcua.web.demo.citizens import NAMED_CITIZENS, open_citizens
from motcua.web.demo.city_plan import (
    DECISION,
    FLAGSHIP,
    TWO_LEVELS,
    AgencyPlan,
    PostPlan,
    plan,
    unit_slugs,
)

Progress = Callable[[Bilingual, int, int], None]
"""Called with what is being done, how much is done and how much there is in all."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account to try the demo with."""

    username: str
    name: str
    what: Bilingual


@dataclass(frozen=True, slots=True)
class City:
    """What was built: counts, and the accounts worth naming on the first page."""

    agencies: int
    officials: int
    citizens: int
    accounts: tuple[DemoAccount, ...]


def silent(_what: Bilingual, _done: int, _all: int) -> None:
    """A progress report for nobody."""


@transaction.atomic
def build_city(*, password: str, progress: Progress = silent, citizens: int = 400) -> City:
    """Build the whole city in an empty database, in one transaction.

    Args:
        password: of every demo account; made at set-up and printed there.
        progress: told before each of the five steps.
        citizens: how many besides the named ones, at most 900,000.

    Raises:
        ValueError: there are agencies or accounts already.
    """
    if Agency.objects.exists() or Account.objects.exists():
        raise ValueError("the demo city needs an empty database")
    at, encoded = now(), make_password(password)
    plans = list(plan())
    progress(Bilingual("Lập các cơ quan", "Founding the agencies"), 0, 5)
    agencies = _found(plans)
    progress(Bilingual("Ghi nhận kế thừa", "Recording successions"), 1, 5)
    _succeed(plans, agencies, at)
    progress(Bilingual("Bổ nhiệm cán bộ", "Appointing the officials"), 2, 5)
    officials = _appoint(plans, agencies, encoded, at)
    progress(Bilingual("Mở tài khoản người dân", "Opening citizens' accounts"), 3, 5)
    people = open_citizens(citizens, encoded, at)
    progress(Bilingual("Ghi sổ", "Writing the ledger"), 4, 5)
    _write_ledger(plans, agencies, [*officials, *people])
    progress(Bilingual("Xong", "Done"), 5, 5)
    return City(len(agencies), len(officials), len(people), _worth_naming(plans, officials))


def _found(plans: Sequence[AgencyPlan]) -> dict[str, Agency]:
    made = {p.code: _agency_row(p) for p in plans}
    # Parents first, level by level, so that each child knows the key of its parent.
    waiting = list(plans)
    while waiting:
        ready = [p for p in waiting if not p.parent or made[p.parent].pk]
        for p in ready:
            made[p.code].parent = made[p.parent] if p.parent else None
        Agency.objects.bulk_create([made[p.code] for p in ready])
        waiting = [p for p in waiting if not made[p.code].pk]
    AgencyIdentifier.objects.bulk_create(
        AgencyIdentifier(
            agency=made[p.code],
            scheme=scheme,
            value=value,
            note=note,
            valid_from=p.valid_from,
            valid_to=p.valid_to,
        )
        for p in plans
        for scheme, value, note in p.identifiers
    )
    return made


def _agency_row(p: AgencyPlan) -> Agency:
    return Agency(
        code=p.code,
        kind=p.kind,
        level=p.level,
        unit_type=p.unit_type,
        name=p.name.vi,
        name_en=p.name.en,
        short_name=p.short_name,
        signing_name=p.signing_name,
        commune_code=p.commune_code,
        place_name=p.place_name,
        address=p.address,
        latitude=p.latitude,
        longitude=p.longitude,
        remote_area=p.remote_area,
        valid_from=p.valid_from,
        valid_to=p.valid_to,
    )


def _succeed(plans: Sequence[AgencyPlan], agencies: dict[str, Agency], at: dt.datetime) -> None:
    Succession.objects.bulk_create(
        Succession(
            predecessor=agencies[p.code],
            successor=agencies[successor],
            partial=partial,
            effective_on=TWO_LEVELS,
            decision=DECISION,
            recorded_at=at,
        )
        for p in plans
        for successor, partial in p.successors.items()
    )


def _appoint(
    plans: Sequence[AgencyPlan], agencies: dict[str, Agency], encoded: str, at: dt.datetime
) -> list[Account]:
    wanted = [(p, post) for p in plans for post in p.posts]
    accounts = [
        Account(
            username=post.username,
            kind=Account.Kind.OFFICIAL,
            display_name=_official_name(post.username),
            password=encoded,
            created_at=at,
        )
        for _, post in wanted
    ]
    Account.objects.bulk_create(accounts)
    posts = [_post_row(p, post, agencies) for p, post in wanted]
    Post.objects.bulk_create(posts)
    Membership.objects.bulk_create(
        Membership(account=account, post=post, valid_from=post.valid_from)
        for account, post in zip(accounts, posts, strict=True)
    )
    by_username = {post.username: row for (_, post), row in zip(wanted, posts, strict=True)}
    Delegation.objects.bulk_create(
        Delegation(
            agency=agencies[p.code],
            from_post=by_username[post.signs_for],
            to_post=by_username[post.username],
            form=Delegation.Form.KT,
            document="Thông báo phân công nhiệm vụ của Chủ tịch (mẫu)",
            valid_from=TWO_LEVELS,
        )
        for p, post in wanted
        if post.signs_for
    )
    return accounts


def _post_row(plan_of: AgencyPlan, post: PostPlan, agencies: dict[str, Agency]) -> Post:
    return Post(
        agency=agencies[plan_of.code],
        role=post.role,
        title=post.title.vi,
        title_en=post.title.en,
        authority=post.authority,
        division=post.division,
        fields=list(post.fields),
        valid_from=plan_of.valid_from,
    )


def _official_name(username: str) -> str:
    chance = names.generator(f"official-{username}")
    return names.name_for(chance, chance.choice(("male", "female")))


def _write_ledger(
    plans: Sequence[AgencyPlan], agencies: dict[str, Agency], accounts: Sequence[Account]
) -> None:
    acts = [
        Act(
            SYSTEM,
            f"agency:{agencies[p.code].pk}",
            "agencies.found",
            after={
                "code": p.code,
                "from": p.valid_from.isoformat(),
                "posts": [post.username for post in p.posts],
                "successors": sorted(p.successors),
            },
        )
        for p in plans
    ]
    acts += [
        Act(
            SYSTEM,
            f"account:{account.pk}",
            "people.open_account",
            after={"username": account.username, "kind": str(account.kind)},
        )
        for account in accounts
    ]
    acts += [
        Act(SYSTEM, f"party:{account.party.pk}", "people.make_party", after={"kind": "person"})
        for account in accounts
        if account.party
    ]
    record_many(acts, new_chains=[act.chain for act in acts])


def _worth_naming(
    plans: Sequence[AgencyPlan], officials: Sequence[Account]
) -> tuple[DemoAccount, ...]:
    named = [
        DemoAccount(citizen.username, citizen.name, citizen.what) for citizen in NAMED_CITIZENS
    ]
    holders = {account.username: account.display_name for account in officials}
    tail = unit_slugs()[FLAGSHIP]
    shown = {"tiepnhan1.tp", "gopy.qhkt", "giamsat", "quantri", "kiemsoat.tthc"}
    for p in plans:
        for post in p.posts:
            if post.username.endswith(f".{tail}") or post.username in shown:
                what = Bilingual(f"{post.title.vi}, {p.name.vi}", f"{post.title.en}, {p.name.en}")
                named.append(DemoAccount(post.username, holders[post.username], what))
    return tuple(named)
