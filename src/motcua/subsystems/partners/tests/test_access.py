"""Who may not: strangers, wrong keys, missing scopes, other partners' dossiers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from motcua.casework.access.public import SYSTEM
from motcua.casework.people.public import Account
from motcua.casework.testing.makers import make_agency, make_official
from motcua.foundation.timesource import at_time, now
from motcua.subsystems.applications.tests.world import World, make_world
from motcua.subsystems.partners.models import AccessKey
from motcua.subsystems.partners.services import give_key, open_partner

pytestmark = pytest.mark.django_db


def _key(*scopes: str, days: int = 30) -> str:
    partner = open_partner(actor=SYSTEM, name="Ngân hàng")
    return give_key(actor=SYSTEM, partner_id=partner.pk, scopes=scopes, days=days)


def _get(client: Any, path: str, key: str) -> Any:
    return client.get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {key}"})


@pytest.mark.parametrize(
    "key", ["", "mc_", "mc_000000000000_" + "0" * 48, "x" * 5000, "mc_é", "Basic abc"]
)
def test_no_such_key(client: Any, key: str) -> None:
    answer = _get(client, "followed", key.encode("utf-8", "replace").decode("latin-1"))
    assert (answer.status_code, answer.json()["code"]) == (401, "key-refused")


def test_a_key_of_yesterday_and_one_with_another_secret(client: Any) -> None:
    key = _key("dossiers:read", days=1)
    assert _get(client, "followed", key).status_code == 200
    wrong = key[:-1] + ("0" if key[-1] != "0" else "1")
    assert _get(client, "followed", wrong).status_code == 401
    with at_time(now() + dt.timedelta(days=1, seconds=1)):
        assert _get(client, "followed", key).status_code == 401


def test_a_scope_is_needed_for_each_door(client: Any) -> None:
    key = _key("dossiers:read")
    assert _get(client, "followed", key).status_code == 200
    answer = _get(client, "webhooks", key)
    assert (answer.status_code, answer.json()["data"]) == (403, {"scope": "webhooks"})


def test_one_partner_sees_nothing_of_others(client: Any) -> None:
    world: World = make_world()
    uid = world.file()
    key = _key("dossiers:read", "dossiers:act")
    assert _get(client, f"followed/{uid}", key).status_code == 404
    assert _get(client, f"followed/{uid}/result", key).status_code == 404
    assert _get(client, f"dossiers/{uid}/actions", key).status_code == 404
    assert _get(client, "followed", key).json() == {"items": [], "next": None}


def test_a_session_is_no_key_and_a_key_is_no_session(client: Any) -> None:
    world: World = make_world()
    key = _key("dossiers:read")
    assert client.get("/ho-so/", headers={"Authorization": f"Bearer {key}"}).status_code == 302
    assert _get(client, "me/dossiers", key).status_code in {401, 404}
    client.force_login(Account.objects.get(pk=world.clerk.account_id))
    assert client.get("/api/v1/followed").status_code == 401


def test_a_command_needs_its_own_key(client: Any) -> None:
    key = _key("dossiers:submit")
    body = {
        "procedure": "1.004873",
        "receiving_agency": "x",
        "applicant": {"name": "Lan"},
        "answers": {},
    }
    answer = client.post(
        "/api/v1/dossiers",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key-needed")


def test_following_costs_the_same_for_any_length(
    client: Any, django_assert_max_num_queries: Any
) -> None:
    key = _key("dossiers:read")
    _get(client, "followed", key)
    with django_assert_max_num_queries(6):
        assert _get(client, "followed", key).status_code == 200


def test_the_administrator_gives_shows_once_and_revokes(client: Any) -> None:
    city = make_agency("Văn phòng", level="city", kind="city", code="vp-tp")
    keeper = make_official(city, "administrator", name="Quản trị")
    client.force_login(Account.objects.get(pk=keeper.account_id))
    assert client.post("/console/he-thong-ket-noi/", {"name": " "}).status_code == 422
    made = client.post("/console/he-thong-ket-noi/", {"name": "Ngân hàng A"})
    page = made["Location"]
    empty = client.post(f"{page}khoa/", {"days": "999"})
    assert empty.status_code == 422
    shown = client.post(f"{page}khoa/", {"scope": ["dossiers:read"], "days": "30"})
    text = shown.content.decode()
    row = AccessKey.objects.get()
    assert f"mc_{row.prefix}_" in text
    assert f"mc_{row.prefix}_" not in client.get(page).content.decode()
    posted = client.post(f"{page}vai-tro/", {"agency": "nowhere", "role": "case_officer"})
    assert posted.status_code == 422
    client.post(f"{page}vai-tro/", {"agency": "vp-tp", "role": "case_officer"})
    assert "Văn phòng" in client.get(page).content.decode()
    client.post(f"/console/he-thong-ket-noi/khoa/{row.prefix}/thu-hoi/")
    row.refresh_from_db()
    assert row.revoked_at is not None


def test_nobody_else_manages_partners(client: Any) -> None:
    world: World = make_world()
    client.force_login(Account.objects.get(pk=world.leader.account_id))
    assert client.get("/console/he-thong-ket-noi/").status_code == 404
