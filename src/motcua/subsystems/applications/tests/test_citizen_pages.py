"""The citizen's pages without a browser: every step, every refusal, few statements."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path
from typing import Any

import pyotp
import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from motcua.casework.people.public import Account
from motcua.casework.testing.makers import make_citizen
from motcua.foundation.money import format_dong
from motcua.foundation.timesource import now
from motcua.subsystems.applications.tests.world import MARITAL, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(working_morning: dt.datetime) -> World:
    return make_world()


@pytest.fixture
def lan(world: World, client: Client) -> Client:
    client.force_login(Account.objects.get(pk=world.citizen.account_id))
    return client


PAGES = [
    "/", "/tim-kiem/", "/tim-kiem/?q=doc+than", "/tim-kiem/?su-kien=building-a-home",
    "/tim-kiem/?linh-vuc=ho-tich", "/thu-tuc/1.004873/", "/tra-cuu/", "/login/", "/dang-ky/",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_public_pages_open(world: World, client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


def test_from_start_to_kept(lan: Client, world: World) -> None:
    answer = lan.post("/thu-tuc/1.004873/nop/")
    assert answer.status_code == 302
    url = answer.url
    base = url.rsplit("mau/", 1)[0]
    for _turn in range(20):
        page = lan.get(url)
        assert page.status_code == 200, url
        if "mau/" not in url:
            break
        url = _fill(lan, url)
    assert url == f"{base}noi-nop/"
    answer = lan.post(url, {"centre": world.centre.code, "_action": "next"})
    assert answer.url == f"{base}giay-to/"
    answer = lan.post(answer.url, {"_action": "next"})
    assert answer.url == f"{base}kiem-tra/"
    page = lan.get(answer.url)
    assert f"<strong>{format_dong(0)}</strong>" in page.content.decode()
    answer = lan.post(f"{base}kiem-tra/")
    assert answer.status_code == 302, answer.content.decode()[:3000]
    again = lan.post(f"{base}kiem-tra/")
    assert again.url == answer.url
    assert "H29.130.1-261118-0001" in lan.get(answer.url).content.decode()


def test_pages_ask_little(
    world: World, client: Client, lan: Client, django_assert_max_num_queries: Any
) -> None:
    """Pinned: a list or a dossier that grows must not ask more."""
    for _dossier in range(3):
        uid = world.file()
    world.do("clerk", uid, "accept")
    stranger = Client()
    for path in ("/", "/thu-tuc/1.004873/", "/ho-so/", f"/ho-so/{uid}/"):
        lan.get(path)
        stranger.get(path)
    counts = [(stranger, "/", 2), (stranger, "/thu-tuc/1.004873/", 2), (lan, "/", 8),
              (lan, "/ho-so/", 6), (lan, f"/ho-so/{uid}/", 18)]  # fmt: skip
    for who, path, most in counts:
        with django_assert_max_num_queries(most):
            assert who.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/", "/tim-kiem/", "/thu-tuc/1.013225/", "/tra-cuu/"])
def test_public_pages_are_light(world: World, client: Client, path: str) -> None:
    """Page, style, script and icons together, as they travel, besides fonts."""
    dist = Path(settings.PACKAGE) / "web" / "static" / "dist"
    parts = [client.get(path).content]
    parts += [(dist / name).read_bytes() for name in ("app.css", "app.js", "icons.svg")]
    size = sum(len(gzip.compress(part)) for part in parts)
    assert size <= 60_000, size


def test_what_is_not_ones_own_is_not_there(world: World, client: Client) -> None:
    uid = world.file()
    other = make_citizen("Lê Văn Minh")
    client.force_login(Account.objects.get(pk=other.account_id))
    for path in ("", "da-nop/", "bo-sung/", "viec/receive/withdraw/"):
        assert client.get(f"/ho-so/{uid}/{path}").status_code == 404
    client.force_login(Account.objects.get(pk=world.clerk.account_id))
    assert client.get(f"/ho-so/{uid}/").status_code == 404


def test_guessing_codes_is_slowed_down(world: World, client: Client) -> None:
    cache.clear()
    answers = [client.get(f"/tra-cuu/H29.130.1-261118-{n:04}").status_code for n in range(22)]
    assert answers[0] == 404
    assert answers[-1] == 429
    cache.clear()


def test_a_known_identity_number_cannot_be_taken_over(world: World, client: Client) -> None:
    party = Account.objects.select_related("party").get(pk=world.citizen.account_id).party
    assert party is not None
    typed = {
        "full_name": party.full_name, "identity_number": party.identity_number,
        "birth_date_day": "3", "birth_date_month": "2", "birth_date_year": "1990",
        "username": "ke.gian", "password": "mot-cua-rat-mo", "password_again": "mot-cua-rat-mo",
    }  # fmt: skip
    answer = client.post("/dang-ky/", typed)
    assert answer.status_code == 422
    assert set(answer.context["errors"]) == {"identity_number"}


def test_log_in_goes_only_to_pages_of_ours(world: World, client: Client) -> None:
    account = Account.objects.get(pk=world.citizen.account_id)
    account.set_password("mot-cua-rat-mo")
    account.save()
    typed = {"username": account.username, "password": "mot-cua-rat-mo"}
    assert client.post("/login/", {**typed, "next": "https://evil.example/"}).url == "/"
    assert client.post("/login/", {**typed, "next": "/ho-so/"}).url == "/ho-so/"
    assert client.post("/logout/").url == "/"


def test_one_time_codes(lan: Client, world: World) -> None:
    page = lan.get("/tai-khoan/")
    secret = page.context["page"].secret.replace(" ", "")
    wrong = lan.post("/tai-khoan/ma-xac-thuc/", {"code": "000000"})
    assert wrong.status_code == 422
    assert wrong.context["page"].secret.replace(" ", "") == secret
    code = pyotp.TOTP(secret).at(int(now().timestamp()))
    assert lan.post("/tai-khoan/ma-xac-thuc/", {"code": code}).status_code == 302
    account = Account.objects.get(pk=world.citizen.account_id)
    assert account.totp_secret == secret
    account.set_password("mot-cua-rat-mo")
    account.save()
    stranger = Client()
    answer = stranger.post("/login/", {"username": account.username, "password": "mot-cua-rat-mo"})
    assert 'name="code"' in answer.content.decode()


def _fill(client: Client, url: str) -> str:
    """Post the screen with the sample answers; the address of the next one."""
    posted = flat(MARITAL)
    for _turn in range(3):
        page = client.get(url)
        revision = page.context["work"].revision
        answer = client.post(
            url, {**posted, "_revision": revision, "_action": "next", "_shown": " ".join(MARITAL)}
        )
        if answer.status_code == 302:
            return answer.url
    raise AssertionError(answer.content.decode()[-4000:])


def flat(answers: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in answers.items():
        if isinstance(value, dict):
            found |= {f"{name}.{part}": text for part, text in value.items()}
        elif isinstance(value, bool):
            found[name] = "on" if value else ""
        else:
            found[name] = value
    return found
