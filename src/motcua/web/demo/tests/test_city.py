"""The whole city is built, fast, and its people can do what their posts say."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter

import pytest

from motcua.casework.access.public import actor_of
from motcua.casework.agencies.public import (
    Agency,
    Post,
    agencies_as_of,
    agency_by_code,
    agency_by_identifier,
    holders_of,
    signing_authority,
    successor_of,
)
from motcua.casework.ledger.public import check_ledger
from motcua.casework.people.public import Account, party_by_identity
from motcua.foundation.errors import Bilingual
from motcua.foundation.testing.database import built_once
from motcua.foundation.timesource import at_time
from motcua.web.demo.city import City, build_city
from motcua.web.demo.former import MERGER, merge_former

TODAY = dt.date(2026, 11, 22)
FORMER_ALIVE = 88
"""Former units that work in the demo's past and are merged there by the service."""
pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return built_once("city", lambda: build_city(password="mot-cua-demo-2026", citizens=20))


def test_the_city_stands_within_ten_seconds() -> None:
    told: list[Bilingual] = []
    started = time.process_time()
    city = build_city(
        password="mot-cua-demo-2026", progress=lambda what, _done, _all: told.append(what)
    )
    assert time.process_time() - started < 10
    assert (city.agencies, city.citizens) == (3 + 15 + 4 + 3 * 168 + 442, 404)
    assert city.officials == 168 * 14 + 15 * 5 + 4 * 5 + 3 + 3 + 5 + FORMER_ALIVE * 5
    assert len(told) == 6
    assert all(text.vi and text.en for text in told)


def test_every_commune_has_the_eleven_posts(city: City) -> None:
    for code in ("26740", "26732", "27676"):
        committee = Counter(
            Post.objects.filter(agency__code=f"ubnd-{code}").values_list("role", flat=True)
        )
        assert committee == {
            "leader": 2,
            "division_head": 1,
            "case_officer": 4,
            "records_clerk": 1,
        }
        centre = Counter(
            Post.objects.filter(agency__code=f"tt-{code}").values_list("role", flat=True)
        )
        assert centre == {"receiving_clerk": 2, "centre_head": 1}


def test_the_chair_signs_for_the_committee_and_the_deputy_for_the_chair(city: City) -> None:
    ward = agency_by_code("ubnd-26740")
    chair, deputy = (m.post for m in holders_of(ward.pk, "leader", TODAY))
    assert signing_authority(chair.pk, TODAY).lines == ("TM. UỶ BAN NHÂN DÂN", "CHỦ TỊCH")
    assert signing_authority(deputy.pk, TODAY).lines == (
        "TM. UỶ BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
    )


def test_named_accounts_work(city: City) -> None:
    names = {account.username for account in city.accounts}
    assert {"congdan", "tiepnhan1.saigon", "hotich.saigon", "chutich.saigon", "quantri"} <= names
    clerk = Account.objects.get(username="tiepnhan1.saigon")
    assert clerk.check_password("mot-cua-demo-2026")
    assert actor_of(clerk).roles == {"receiving_clerk"}
    assert "administrator" in actor_of(Account.objects.get(username="quantri")).roles
    citizen = Account.objects.get(username="congdan")
    assert citizen.party is not None
    assert party_by_identity(citizen.party.identity_number) == citizen.party


def test_history_before_the_merger_stays_true(city: City) -> None:
    before, after = dt.date(2025, 6, 30), dt.date(2025, 7, 1)
    with at_time(MERGER):
        administrator = actor_of(Account.objects.get(username="quantri"))
        merged = merge_former(administrator, lambda _: True)
    assert len(merged) == FORMER_ALIVE
    old = agency_by_identifier("gso", "26740", before)
    new = agency_by_identifier("gso", "26740", after)
    assert old is not None
    assert new is not None
    assert old.name == "Uỷ ban nhân dân phường Bến Nghé"
    assert new.name == "Uỷ ban nhân dân phường Sài Gòn"
    assert successor_of(old.pk, before) == old.pk
    assert successor_of(old.pk, after) == new.pk
    assert agencies_as_of(before).filter(level="commune").count() == 441
    assert agencies_as_of(TODAY).filter(kind="committee").count() == 168
    assert len(holders_of(old.pk, "leader", before)) == 1
    moved = holders_of(new.pk, "receiving_clerk", after)
    assert [m.account.username for m in moved] == ["tiepnhan.cu-26740"]
    chairs = Post.objects.filter(agency=new, title="Chủ tịch", valid_to=None)
    assert chairs.count() == 1


def test_demo_numbers_are_marked(city: City) -> None:
    ward = agency_by_code("ubnd-26740")
    note = ward.identifiers.get(scheme="h29").note
    assert "mẫu" in note
    assert agency_by_code("ubnd-tp").identifiers.get(scheme="h29").value == "H29"


def test_a_city_is_built_only_once(city: City) -> None:
    with pytest.raises(ValueError, match="empty"):
        build_city(password="mot-cua-demo-2026")
    assert Agency.objects.count() == city.agencies


def test_the_ledger_is_whole(city: City) -> None:
    assert list(check_ledger()) == []
