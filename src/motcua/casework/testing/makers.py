"""Short ways to a believable agency, official, citizen or case in a test."""

from __future__ import annotations

import datetime as dt
import itertools

from motcua.casework.access.public import SYSTEM, Actor, actor_of
from motcua.casework.agencies.public import Agency, Membership, Post
from motcua.casework.cases.public import (
    Case,
    CaseDraft,
    CaseKind,
    State,
    open_case,
    register_kind,
)
from motcua.casework.people.public import Account, Party, PartyDetails, build_party
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import now

START = dt.date(2025, 7, 1)
_count = itertools.count(1)


def _state(id_: str, number: int, **more: bool) -> State:
    return State(id_, number, Bilingual(id_, id_), Bilingual(id_, id_), "working", **more)


TEST_KIND = CaseKind(
    code="test",
    name=Bilingual("Thử", "Test"),
    states=(_state("new", 1), _state("working", 2), _state("done", 3, terminal=True)),
    transitions={"new": frozenset({"working", "done"}), "working": frozenset({"done", "new"})},
    url_name="test:case",
)


def make_agency(name: str = "UBND phường Sài Gòn", **more: object) -> Agency:
    """A commune committee in force since July 2025."""
    n = next(_count)
    values: dict[str, object] = {
        "code": f"agency-{n}",
        "kind": Agency.Kind.COMMITTEE,
        "level": Agency.Level.COMMUNE,
        "name": name,
        "name_en": f"Agency {n}",
        "signing_name": "Uỷ ban nhân dân",
        "valid_from": START,
    }
    return Agency.objects.create(**(values | more))


def make_post(agency: Agency, role: str, **more: object) -> Post:
    """A post of a role in an agency."""
    values: dict[str, object] = {"title": role, "valid_from": START}
    return Post.objects.create(agency=agency, role=role, **(values | more))


def make_account(kind: str = "official", name: str = "Nguyễn Văn Bình") -> Account:
    """An account without a usable password."""
    return Account.objects.create(
        username=f"user{next(_count)}", kind=kind, display_name=name, created_at=now()
    )


def make_official(agency: Agency, *roles: str, name: str = "Nguyễn Văn Bình") -> Actor:
    """An official holding posts of these roles in one agency, as an actor."""
    account = make_account("official", name)
    for role in roles:
        Membership.objects.create(account=account, post=make_post(agency, role), valid_from=START)
    return actor_of(account)


def make_party(name: str = "Trần Thị Lan", number: str = "") -> Party:
    """A citizen as a party, with an own valid identity number."""
    party = build_party(
        PartyDetails(full_name=name, identity_number=number or f"079{next(_count):09d}"), now()
    )
    party.save()
    return party


def make_citizen(name: str = "Trần Thị Lan") -> Actor:
    """A citizen with an account and a party, as an actor."""
    account = make_account("citizen", name)
    account.party = make_party(name)
    account.save()
    return actor_of(account)


def make_case(
    agency: Agency, *, applicant: Actor | None = None, viewers: tuple[str, ...] = (), **more: object
) -> Case:
    """A case of the test kind in the state ``new``, open to its agency and applicant."""
    register_kind(TEST_KIND)
    keys = (f"a:{agency.pk}", *viewers)
    party = applicant.party_id if applicant else None
    if party:
        keys = (*keys, f"p:{party}")
    values: dict[str, object] = {
        "kind": "test",
        "state": "new",
        "title": "Việc thử",
        "receiving_agency_id": agency.pk,
        "competent_agency_id": agency.pk,
        "holder_agency_id": agency.pk,
        "applicant_id": party,
        "submitter_id": party,
        "viewers": keys,
    }
    draft = CaseDraft(**(values | more))  # type: ignore[arg-type]
    return open_case(actor=applicant or SYSTEM, draft=draft, verb="test.open")
