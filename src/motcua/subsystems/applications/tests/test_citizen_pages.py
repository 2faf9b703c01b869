"""The citizen's pages without a browser: every step, every refusal, few statements."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from motcua.casework.people.public import Account
from motcua.subsystems.applications.tests.world import MARITAL, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(working_morning: dt.datetime) -> World:
    return make_world()


@pytest.fixture
def lan(world: World, client: Client) -> Client:
    client.force_login(Account.objects.get(pk=world.citizen.account_id))
    return client


PAGES = ["/", "/tim-kiem/", "/tim-kiem/?q=doc+than", "/thu-tuc/1.004873/", "/tra-cuu/", "/login/", "/dang-ky/"]


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
    assert "0 đ" in page.content.decode()
    answer = lan.post(f"{base}kiem-tra/")
    assert answer.status_code == 302, answer.content.decode()[:3000]
    again = lan.post(f"{base}kiem-tra/")
    assert again.url == answer.url
    assert "H29.130.1-261118-0001" in lan.get(answer.url).content.decode()


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
