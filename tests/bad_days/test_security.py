"""What an attacker tries first: forged posts, foreign redirects, other people's things."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.casework.attachments.public import receive_upload
from motcua.casework.attachments.tests.samples import pdf
from motcua.casework.notices.public import notices_of
from motcua.casework.people.public import Account
from motcua.casework.testing.makers import make_citizen, make_official
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.timesource import at_time, now
from motcua.subsystems.applications.models import Application, Slip
from motcua.subsystems.applications.public import Filing, submit
from motcua.subsystems.applications.tests.world import MARITAL, World, make_world

pytestmark = pytest.mark.django_db
PASSWORD = "mot-mat-khau-dai"
# Posted by programs that hold no cookie: a signed token, or nothing but public facts.
WITHOUT_COOKIE = {"notices/stop/<str:token>", "api/^v1(?:/.*)?$", "api/v1/verify"}
SAMPLES = {
    "uuid": str(uuid4()),
    "str": "1.004873",
    "slug": "applicant",
    "int": "1",
    "path": "a/b",
}


@pytest.fixture
def world(working_morning: dt.datetime) -> World:
    return make_world()


def routes(resolver: Any = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route of the house with its whole pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, before + str(entry.pattern))
        else:
            yield before + str(entry.pattern), entry


def address(pattern: str) -> str:
    """A path that the pattern takes."""
    if "^" in pattern:
        return "/" + pattern.partition("^")[0] + "v1/nothing"
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda m: SAMPLES[m.group(1) or "str"], pattern)


def client_of(actor: Any, **more: Any) -> Client:
    client = Client(**more)
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def plainly_forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a forged form without its page: a thousand of them are dear to draw."""
    return HttpResponse(reason, status=403)


def test_no_unsafe_method_is_taken_without_the_forms_secret(world: World, settings: Any) -> None:
    settings.CSRF_FAILURE_VIEW = f"{__name__}.plainly_forged"
    citizen = client_of(world.citizen, enforce_csrf_checks=True)
    clerk = client_of(world.clerk, enforce_csrf_checks=True)
    open_to_forgery: list[str] = []
    for pattern, _ in routes():
        if pattern in WITHOUT_COOKIE:
            continue
        for client in (citizen, clerk):
            for method in (client.post, client.put, client.delete, client.patch):
                status = method(address(pattern)).status_code
                if status not in {401, 403, 404, 405, 415}:
                    open_to_forgery.append(f"{method.__name__} {pattern}: {status}")
    assert open_to_forgery == []


def test_reading_changes_nothing_and_every_page_carries_its_protection(world: World) -> None:
    """GET on every route as citizen and clerk: no row of the ledger is written."""
    from motcua.casework.ledger.models import Entry

    world.file()
    before = Entry.objects.count()
    weak: list[str] = []
    for actor in (world.citizen, world.clerk):
        client = client_of(actor)
        for pattern, _ in routes():
            answer = client.get(address(pattern))
            if answer.status_code == 200 and "html" in answer["Content-Type"]:
                weak += [f"{pattern}: {fault}" for fault in _weak(answer)]
        assert client.session.get("_auth_user_id") == str(actor.account_id)
    assert sorted(set(weak)) == []
    assert Entry.objects.count() == before


FOREIGN = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "http:evil.example",
    "\thttps://evil.example",
    "https://testserver@evil.example/",
]


@pytest.mark.parametrize("target", FOREIGN)
def test_nobody_is_led_to_a_foreign_site(world: World, client: Client, target: str) -> None:
    account = Account.objects.get(pk=world.citizen.account_id)
    account.set_password(PASSWORD)
    account.save()
    form = {"username": account.username, "password": PASSWORD, "next": target}
    answers = [
        client.post("/login/", form),
        client.post("/i18n/setlang/", {"language": "en", "next": target}),
        client.post("/preferences", {"theme": "dark", "next": target}),
        client.post("/logout/", {"next": target}),
        client.get("/login/", {"next": target}),
    ]
    for answer in answers:
        assert "evil" not in answer.get("Location", "")
        assert "alert" not in answer.get("Location", "")
        assert f'href="{target}"' not in answer.content.decode()


def _weak(answer: HttpResponse) -> Iterator[str]:
    policy = answer.get("Content-Security-Policy", "")
    if "default-src 'self'" not in policy or "unsafe" in policy:
        yield f"policy {policy!r}"
    if "object-src 'none'" not in policy or "base-uri" not in policy:
        yield f"policy {policy!r}"
    if answer.get("X-Frame-Options") not in {"DENY", "SAMEORIGIN"}:
        yield "frames"
    for header, wanted in (
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ):
        if answer.get(header) != wanted:
            yield header
    body = answer.content.decode()
    if re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>", body):
        yield "script in the page"
    if re.search(r"<[^>]+\son\w+\s*=", body):
        yield "handler in the page"


def test_cookies_cannot_be_read_by_scripts_or_sent_from_elsewhere(
    world: World, client: Client
) -> None:
    account = Account.objects.get(pk=world.citizen.account_id)
    account.set_password(PASSWORD)
    account.save()
    client.get("/login/")
    client.post("/login/", {"username": account.username, "password": PASSWORD})
    session = client.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] in {"Lax", "Strict"}
    assert client.cookies["csrftoken"]["samesite"] in {"Lax", "Strict"}


def test_logging_in_gives_a_new_session_and_logging_out_ends_it(
    world: World, client: Client
) -> None:
    account = Account.objects.get(pk=world.citizen.account_id)
    account.set_password(PASSWORD)
    account.save()
    session = client.session
    session["planted"] = "x"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    client.post("/login/", {"username": account.username, "password": PASSWORD})
    inside = client.cookies["sessionid"].value
    assert inside != before
    client.post("/logout/")
    stolen = Client()
    stolen.cookies["sessionid"] = inside
    assert stolen.get("/ho-so/").status_code == 302


def test_five_wrong_guesses_pause_the_account(world: World, client: Client) -> None:
    account = Account.objects.get(pk=world.citizen.account_id)
    account.set_password(PASSWORD)
    account.save()

    def tried(password: str) -> int:
        form = {"username": account.username, "password": password}
        return client.post("/login/", form).status_code

    assert [tried("sai") for _ in range(5)] == [422, 422, 422, 422, 429]
    assert tried(PASSWORD) == 429
    with at_time(now() + dt.timedelta(minutes=11)):
        assert tried(PASSWORD) == 302


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(
    world: World, client: Client
) -> None:
    account = Account.objects.get(pk=world.citizen.account_id)
    answers = [
        client.post("/login/", {"username": name, "password": "sai"})
        for name in (account.username, "khong-co-ai")
    ]
    texts = [re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in answers]
    assert answers[0].status_code == answers[1].status_code
    assert texts[0] == texts[1]


@pytest.fixture
def things(world: World) -> dict[str, str]:
    """One citizen's dossier with a file, a slip, a notice: the addresses of each."""
    file = receive_upload(
        actor=world.citizen,
        file=SimpleUploadedFile("giay.pdf", pdf()),
        component_code="residence",
        draft_key="1.004873:x",
    )
    draft = receive_upload(
        actor=world.citizen, file=SimpleUploadedFile("nhap.pdf", pdf()), draft_key="1.004873:y"
    )
    filing = Filing(
        procedure_code="1.004873",
        answers=MARITAL,
        receiving_agency_id=world.centre.pk,
        draft_key="1.004873:x",
    )
    uid = str(submit(actor=world.citizen, filing=filing)["uid"])
    world.do("clerk", uid, "accept")
    run_until_idle()
    slip = Slip.objects.get(case__uid=uid).document
    notice = notices_of(world.citizen)[0]
    assert Application.objects.filter(case__uid=uid).exists()
    return {
        "dossier": f"/ho-so/{uid}/",
        "kept": f"/ho-so/{uid}/da-nop/",
        "supplement": f"/ho-so/{uid}/bo-sung/",
        "console": f"/console/ho-so/{uid}/",
        "diagram": f"/console/ho-so/{uid}/so-do/",
        "file": f"/files/{file.uid}",
        "thumbnail": f"/files/{file.uid}/thumbnail",
        "draft file": f"/files/{draft.uid}",
        "slip": f"/documents/{slip.uid}.pdf",
        "slip at work": f"/console/van-ban/{slip.uid}.pdf",
        "notice": f"/notices/{notice.uid}/read",
        "api": f"/api/v1/me/dossiers/{uid}",
    }


def test_other_peoples_things_answer_as_if_they_did_not_exist(
    world: World, things: dict[str, str]
) -> None:
    strangers = {
        "another citizen": make_citizen("Lê Văn Tò Mò"),
        "another agency": make_official(world.other, "case_officer", "leader", "records_clerk"),
    }
    seen: list[str] = []
    for who, actor in strangers.items():
        client = client_of(actor)
        for what, path in things.items():
            absent = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", str(uuid4()), path)
            send = client.post if what == "notice" else client.get
            answer, nothing = send(path), send(absent)
            if (answer.status_code, nothing.status_code) != (404, 404):
                seen.append(f"{who} {what}: {answer.status_code}/{nothing.status_code}")
            elif _plain(answer) != _plain(nothing):
                seen.append(f"{who} can tell {what} from an absent one")
    assert seen == []


def _plain(answer: HttpResponse) -> str:
    """The page without what differs by chance: identifiers, and secrets of its forms."""
    body = answer.content.decode()
    body = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "UID", body)
    return re.sub(r'(csrfmiddlewaretoken" value=|request_id": ?)"[^"]*"', "", body)


def test_the_owner_sees_the_same_things(world: World, things: dict[str, str]) -> None:
    owner, clerk = client_of(world.citizen), client_of(world.clerk)
    for what in ("dossier", "kept", "file", "draft file", "slip", "api"):
        assert owner.get(things[what]).status_code == 200, what
    for what in ("console", "file", "diagram", "slip at work"):
        assert clerk.get(things[what]).status_code == 200, what
    assert clerk.get(things["draft file"]).status_code == 404


def test_strangers_are_asked_to_log_in_and_learn_nothing(
    client: Client, things: dict[str, str]
) -> None:
    for what, path in things.items():
        answer = client.get(path)
        assert answer.status_code in {302, 401, 405}, what
        assert "Lan" not in answer.content.decode()


def test_a_clerk_has_no_door_to_the_house_of_administrators(world: World) -> None:
    clerk = client_of(world.clerk)
    for path in ("", "so-cai/", "lich/"):
        assert clerk.get(f"/console/he-thong/{path}").status_code in {403, 404}, path
    assert clerk.post("/console/he-thong/viec-hong/1/chay-lai/").status_code in {403, 404}
    assert clerk.post("/console/he-thong/lich/thay-doi/", {}).status_code in {403, 404}


def test_no_route_carries_personal_data() -> None:
    personal = re.compile(r"<[^>]*(identity|cccd|phone|email|name|birth)[^>]*>")
    assert [pattern for pattern, _ in routes() if personal.search(pattern)] == []


def test_stored_pages_of_persons_are_kept_by_no_cache(world: World, things: dict[str, str]) -> None:
    owner = client_of(world.citizen)
    for what in ("dossier", "kept", "file", "slip"):
        assert "no-store" in owner.get(things[what]).get("Cache-Control", ""), what
