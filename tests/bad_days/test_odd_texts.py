"""Odd letters and hostile texts: stored as typed, shown escaped, found again, never a crash."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.casework.agencies.public import Agency
from motcua.casework.cases.public import Case
from motcua.casework.people.public import Account
from motcua.foundation.outbox.public import run_until_idle
from motcua.subsystems.applications.drafting import begin, open_work
from motcua.subsystems.applications.public import dossier_page
from motcua.subsystems.applications.tests.world import World, make_world

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert('x')</script>"
BREAKERS = [
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE cases_case; --",
    "{{ 7*7 }}{% debug %}",
    "${7*7} #{7*7} `id`",
    "#import sys; #sys.inputs",
    "%s %(x)s %n",
    "../../etc/passwd",
]


@pytest.fixture
def world(working_morning: dt.datetime, settings: Any, tmp_path: Any) -> World:
    settings.MOTCUA_FILES_DIR = tmp_path / "files"
    return make_world()


def client_of(actor: Any) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


@pytest.mark.parametrize("text", BREAKERS)
def test_hostile_text_in_every_field_is_shown_escaped(world: World, text: str) -> None:
    answers = {
        "requester_address": {"commune": "26740", "line": text[:100]},
        "person_address": {"commune": "26740", "line": text[:100]},
        "person_nationality": text[:40],
    }
    uid = world.file(answers=answers, delivery_address=text)
    world.do("clerk", uid, "request_supplement", items=[_item(text)], note=text)
    world.do("citizen", uid, "supplement", note=text)
    run_until_idle()
    pages = [
        client_of(world.citizen).get(f"/ho-so/{uid}/"),
        client_of(world.citizen).get("/ho-so/"),
        client_of(world.citizen).get("/notices/"),
        client_of(world.clerk).get(f"/console/ho-so/{uid}/"),
        client_of(world.clerk).get("/console/"),
        client_of(world.clerk).get("/console/tim/", {"q": text}),
        Client().get("/tim-kiem/", {"q": text}),
        Client().get("/tra-cuu/", {"code": text}),
    ]
    for page in pages:
        assert page.status_code in {200, 302, 404}
        body = page.content.decode()
        assert SCRIPT not in body
        assert "<img src=x" not in body
        assert "{{ 7*7 }}" in body or "{{" not in text or page is not pages[0]
    assert Case.objects.filter(uid=uid).exists()
    assert dossier_page(world.citizen, uid).corrections[0].items.get().reason == text


def _item(text: str) -> dict[str, str]:
    return {
        "kind": "field",
        "target": "requester_phone",
        "label": text[:100],
        "problem": "wrong",
        "reason": text,
        "before": text,
    }


ODD_NAMES = {
    "decomposed": unicodedata.normalize("NFD", "Trần Thị Mỹ Lệ"),
    "zero width": "Trần\u200b Thị\u200d Mỹ Lệ\ufeff",
    "no-break spaces": "Trần\u00a0Thị\u00a0Mỹ Lệ",
    "many spaces": "  Trần   Thị  Mỹ Lệ ",
    "turned direction": "Trần Thị \u202eMỹ Lệ\u202c",
}


@pytest.mark.parametrize("how", ODD_NAMES)
def test_a_name_however_typed_is_one_name(world: World, how: str) -> None:
    work = begin(world.citizen, "1.004873")
    step = work.first_step()
    form = {"requester_name": ODD_NAMES[how], "_revision": work.revision, "_action": "save"}
    client_of(world.citizen).post(f"/thu-tuc/1.004873/nop/{work.key}/mau/{step}/", form)
    stored = open_work(world.citizen, "1.004873", work.key).answers["requester_name"]
    assert stored == "Trần Thị Mỹ Lệ", [hex(ord(letter)) for letter in stored]


SEARCHES = [
    unicodedata.normalize("NFD", "độc thân"),
    "đ\u200bộc thân",
    "\u202eđộc thân",
    "DOC THAN",
    "\x00",
    "\ud7ff\uffff",
    "🎉" * 50,
    "a" * 5000,
    "AND OR NOT NEAR(x) * ^ \" ' ( ) :",
    "%' OR 1=1 --",
    "²",
    "９９９",
]


@pytest.mark.parametrize("text", SEARCHES)
def test_any_text_may_be_searched_for(world: World, text: str) -> None:
    run_until_idle()
    for client, path in (
        (Client(), "/tim-kiem/"),
        (Client(), "/tra-cuu/"),
        (client_of(world.clerk), "/console/tim/"),
        (client_of(world.clerk), "/console/"),
        (Client(), "/api/v1/procedures"),
    ):
        assert client.get(path, {"q": text, "code": text}).status_code < 500, path


def patterns(resolver: Any = None, before: str = "") -> list[str]:
    found: list[str] = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            found += patterns(entry, before + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            found.append(before + str(entry.pattern))
    return found


PARAMETERS = """
    q code after before page year kind state sort show view limit from to day unit amount agency
    field event next applicant channel case lang format cursor start procedure overdue
"""
FIELDS = """
    code username password key expected_version token_id action reason note days items
    verb day kind theme text next language q identity_number full_name score comment
    revision _revision _action _shown applicant centre email phone ids amount method
"""


ODD_PARAMETERS = ["²", "9" * 30, "\x00", "-1", "x'\"<", "2026-13-45", "[]"]
ODD_ANSWERS = ["\x00", "²", "9" * 30, "'\"<", "\u202e"]


def test_no_address_falls_over_an_odd_parameter(world: World) -> None:
    uid = world.file()
    askers = clients(world.citizen, world.clerk, _administrator())
    assert fallen(uid, askers, "get", PARAMETERS.split(), ODD_PARAMETERS) == []


def test_no_address_falls_over_an_odd_form(world: World) -> None:
    uid = world.file()
    askers = clients(world.citizen, world.clerk, _administrator())
    assert fallen(uid, askers, "post", FIELDS.split(), ODD_ANSWERS) == []


def _administrator() -> Any:
    from motcua.casework.testing.makers import make_official

    return make_official(Agency.objects.get(code="ubnd-tp"), "administrator", "supervisor")


def clients(*actors: Any) -> dict[Any, Client]:
    made = {actor: client_of(actor) for actor in actors}
    for client in made.values():
        client.raise_request_exception = False
    return made


def fallen(
    uid: str, askers: dict[Any, Client], method: str, names: list[str], texts: list[str]
) -> list[str]:
    """Who fell over what. Everybody sends one text to every address; the first whom an
    address lets in sends it all the others."""
    found: list[str] = []
    for path in ("/" + pattern.replace("<uuid:uid>", uid) for pattern in patterns()):
        if "<" in path or "^" in path:
            continue
        others = texts[1:]
        for actor, client in askers.items():
            first = _send(actor, client, method, path, dict.fromkeys(names, texts[0]))
            answers = {texts[0]: first.status_code}
            if _let_in(first):
                for text in others:
                    form = dict.fromkeys(names, text)
                    answers[text] = _send(actor, client, method, path, form).status_code
                others = []
            found += [f"{path} {text!r} {s}" for text, s in answers.items() if s >= 500]
    return found


def _let_in(answer: Any) -> bool:
    away = answer.get("Location", "").startswith("/login/")
    return not away and answer.status_code not in {401, 403, 404, 405}


def _send(actor: Any, client: Client, method: str, path: str, form: dict[str, str]) -> Any:
    if not client.cookies["sessionid"].value:  # an address before this one logged it out
        client.force_login(Account.objects.get(pk=actor.account_id))
    return getattr(client, method)(path, form)
