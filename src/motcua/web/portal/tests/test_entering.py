"""Logging in: where one lands, and in which language the pages speak."""

from __future__ import annotations

import pytest
from django.test import Client

from motcua.casework.access.public import SYSTEM
from motcua.casework.people.public import PartyDetails, open_official_account, register_citizen

pytestmark = pytest.mark.django_db
PASSWORD = "mot-mat-khau-dai"


def _log_in(client: Client, username: str, **more: str) -> str:
    """What the log-in page's own form sends; the address it leads to."""
    asked = client.get("/login/", more)
    form = {"next": asked.context["next"], "username": username, "password": PASSWORD}
    answer = client.post("/login/", form)
    assert answer.status_code == 302
    return answer["Location"]


def test_an_official_lands_at_the_inbox(client: Client) -> None:
    open_official_account(
        actor=SYSTEM, username="canbo", password=PASSWORD, display_name="Lê Thị Cán Bộ"
    )
    assert _log_in(client, "canbo") == "/console/"


def test_a_citizen_lands_at_home_or_where_she_was_going(client: Client) -> None:
    register_citizen(
        actor=SYSTEM,
        username="dan",
        password=PASSWORD,
        details=PartyDetails(full_name="Nguyễn Thị Dân", identity_number="079190000123"),
    )
    assert _log_in(client, "dan") == "/"
    assert _log_in(client, "dan", next="/ho-so/") == "/ho-so/"
    assert _log_in(client, "dan", next="https://elsewhere.example/") == "/"


def test_pages_are_vietnamese_until_somebody_switches(client: Client) -> None:
    english_phone = {"accept-language": "en-US,en;q=0.9"}
    assert 'lang="vi"' in client.get("/", headers=english_phone).content.decode()
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    page = client.get("/")
    assert 'lang="en"' in page.content.decode()
    assert (page["Content-Language"], "Cookie" in page["Vary"]) == ("en", True)


def test_a_language_nobody_speaks_here_is_vietnamese(client: Client) -> None:
    client.cookies["django_language"] = "xx"
    assert client.get("/")["Content-Language"] == "vi"
