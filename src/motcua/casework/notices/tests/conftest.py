"""People to tell something."""

from __future__ import annotations

from typing import Any

import pytest

from motcua.casework.access.public import Actor
from motcua.casework.people.public import Account, Party
from motcua.foundation.timesource import now


@pytest.fixture(autouse=True)
def own_urls(settings: Any) -> None:
    settings.ROOT_URLCONF = "motcua.casework.notices.tests.urls"


def make_party(name: str, email: str = "") -> Party:
    return Party.objects.create(full_name=name, email=email, created_at=now())


def make_account(username: str, *, email: str = "", party: Party | None = None) -> Account:
    return Account.objects.create(
        username=username,
        display_name=username,
        email=email,
        party=party,
        kind="citizen" if party else "official",
        created_at=now(),
    )


@pytest.fixture
def citizen(db: None) -> Account:
    return make_account("binh", party=make_party("Trần Thị Bình", "binh@example.vn"))


@pytest.fixture
def official(db: None) -> Account:
    return make_account("cong", email="cong@tphcm.test")


def actor(account: Account) -> Actor:
    kind = "citizen" if account.kind == "citizen" else "official"
    return Actor(account.pk, account.party_id, kind, account.display_name)
