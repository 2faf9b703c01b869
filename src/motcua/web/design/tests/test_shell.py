"""Shells, preferences, menus and error pages."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client, RequestFactory

from motcua.foundation import navigation
from motcua.foundation.navigation import NavItem
from motcua.web import errors
from motcua.web.design.preferences import COOKIE, preferences_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("motcua.web.design.tests.urls")]


@pytest.fixture
def menu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})


def test_a_choice_of_theme_is_kept_and_shown(client: Client):
    answer = client.post("/preferences", {"theme": "dark", "next": "/design"})
    assert answer["Location"] == "/design"
    client.post("/preferences", {"text": "large"})
    page = client.get("/design").content.decode()
    assert 'data-theme="dark" data-text="large"' in page


def test_nobody_is_sent_away_to_another_site(client: Client):
    assert client.post("/preferences", {"next": "https://evil.test/"})["Location"] == "/"
    assert client.get("/preferences").status_code == 405


def test_a_strange_cookie_counts_as_no_choice(rf: RequestFactory):
    rf.cookies[COOKIE] = 'dark"><script>.huge'
    assert preferences_of(rf.get("/")).theme == "auto"


def test_a_section_is_one_place_in_the_menu(menu: None):
    for key, section, order in (
        ("x", navigation.SETUP, 1),
        ("y", navigation.OVERSIGHT, 2),
        ("z", navigation.SETUP, 3),
        ("w", navigation.WORK, 900),
    ):
        navigation.register(NavItem(key, key, "design:page", section=section, order=order))
    official = SimpleNamespace(roles=frozenset(), kind="official")
    assert [item.key for item in navigation.items_for(official)] == ["w", "y", "x", "z"]


def test_the_menu_shows_what_the_roles_allow_and_what_exists(menu: None):
    navigation.register(NavItem("b", "Ký", "design:page", roles=frozenset({"leader"})))
    navigation.register(NavItem("a", "Hộp việc", "design:page", order=1))
    navigation.register(NavItem("c", "Chưa có", "nowhere:page"))
    navigation.register(NavItem("d", "Hồ sơ", "design:page", face="portal", needs_login=True))
    clerk = SimpleNamespace(roles=frozenset({"receiving_clerk"}), kind="official")
    leader = SimpleNamespace(roles=frozenset({"leader"}), kind="official")
    assert [item.key for item in navigation.items_for(clerk)] == ["a"]
    assert [item.key for item in navigation.items_for(leader)] == ["a", "b"]
    assert [item.key for item in navigation.items_for(clerk, "portal")] == ["d"]
    assert navigation.items_for(None, "portal") == []


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (errors.bad_request, 400),
        (errors.permission_denied, 403),
        (errors.not_found, 404),
        (errors.conflict, 409),
        (errors.csrf_failure, 403),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_error_page_says_what_to_do(client: Client, view, status, language):
    client.cookies["django_language"] = language
    request = client.get("/design").wsgi_request
    from django.utils import translation

    with translation.override(language):
        answer = view(request)
    text = answer.content.decode()
    assert answer.status_code == status
    assert f'lang="{language}"' in text
    assert ("Về trang chủ" if language == "vi" else "Go to the home page") in text


def test_the_page_for_a_crash_needs_nothing(rf: RequestFactory):
    answer = errors.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert 'lang="en"' in answer.content.decode()


def test_an_unknown_address_answers_with_our_page(client: Client):
    answer = client.get("/khong-co")
    assert answer.status_code == 404
    assert "Không tìm thấy trang này" in answer.content.decode()


def test_the_page_carries_no_inline_script_or_style(client: Client):
    for path in ("/design", "/design/console"):
        page = client.get(path).content.decode()
        assert "<style" not in page
        assert " style=" not in page
        assert "onclick" not in page
        assert page.count("<script") == page.count("<script src=")
