"""The API keeps its published description: examples, refusals, caching, and generated requests."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import jsonschema
import pytest
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.test import Client, RequestFactory
from django.urls import reverse
from dmr import modify
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import load_all_checks

from motcua.casework.people.public import Account
from motcua.foundation.outbox.public import enqueue
from motcua.foundation.outbox.registry import HANDLERS
from motcua.foundation.rest import CitizenApi, faults_of
from motcua.foundation.timesource import at_time, now
from motcua.subsystems.applications.tests.world import World, make_world
from motcua.subsystems.procedures.public import ProcedureVersion
from motcua.web.api import health, schema

pytestmark = pytest.mark.django_db

MARITAL = "1.004873"
DOCUMENT = schema.document()
PUBLIC_GETS = sorted(
    path
    for path, item in DOCUMENT["paths"].items()
    if "get" in item and not item["get"].get("security")
)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def dossier(world: World) -> str:
    return world.file()


@pytest.fixture
def citizen(world: World) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=world.citizen.account_id))
    return client


def template_of(path: str) -> str:
    """The path of the document that an address belongs to."""
    parts = path.split("?", maxsplit=1)[0].split("/")
    for template in DOCUMENT["paths"]:
        known = template.split("/")
        if len(known) == len(parts) and all(
            k == p or k.startswith("{") for k, p in zip(known, parts, strict=True)
        ):
            return template
    raise AssertionError(f"{path} is not described")


def keeps_contract(response: Any, *, method: str = "get") -> dict[str, Any]:
    """The body, after it was held against the description of its route and status."""
    operation = DOCUMENT["paths"][template_of(response.wsgi_request.get_full_path())][method]
    described = operation["responses"].get(str(response.status_code))
    assert described, f"{response.status_code} is not described: {response.content[:300]!r}"
    kind = response["Content-Type"].split(";")[0]
    assert kind in described["content"]
    body: dict[str, Any] = json.loads(response.content)
    rules = {**described["content"][kind]["schema"], "components": DOCUMENT["components"]}
    jsonschema.Draft202012Validator(
        rules, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    ).validate(body)
    return body


def test_the_committed_description_is_up_to_date():
    assert schema.COMMITTED.exists(), "run: python -m motcua.web.api.schema"
    assert schema.COMMITTED.read_text("utf-8") == schema.text(), (
        "the API changed: run python -m motcua.web.api.schema and review the difference"
    )


def test_the_description_is_served_and_kept_by_caches(client: Client):
    first = client.get("/api/v1/openapi.json")
    assert json.loads(first.content) == DOCUMENT
    assert DOCUMENT["openapi"].startswith("3.1")
    assert (
        client.get("/api/v1/openapi.json", headers={"If-None-Match": first["ETag"]}).status_code
        == 304
    )


def test_the_page_lists_every_operation(client: Client):
    page = client.get(reverse("api:index")).content.decode()
    for path in DOCUMENT["paths"]:
        assert path in page
    assert "https://" not in page.split("<main")[1].split("</main>")[0]


def test_procedures_list_filters_and_pages(client: Client, world: World):
    everything = keeps_contract(client.get("/api/v1/procedures"))
    codes = [item["code"] for item in everything["items"]]
    assert MARITAL in codes
    assert everything["next"] == ""
    found = keeps_contract(client.get("/api/v1/procedures", {"q": "tinh trang hon nhan"}))
    assert [item["code"] for item in found["items"]] == [MARITAL]
    field = everything["items"][0]["field"]["code"]
    narrowed = keeps_contract(client.get("/api/v1/procedures", {"field": field}))
    assert {item["field"]["code"] for item in narrowed["items"]} == {field}
    event = everything["items"][0]["life_events"][0]
    assert keeps_contract(client.get("/api/v1/procedures", {"life_event": event}))["items"]
    paged: list[str] = []
    after = ""
    while True:
        page = keeps_contract(client.get("/api/v1/procedures", {"size": 2, "after": after}))
        paged += [item["code"] for item in page["items"]]
        after = page["next"]
        if not after:
            break
    assert paged == codes


def test_a_procedure_is_told_in_the_language_asked_for(client: Client, world: World):
    address = f"/api/v1/procedures/{MARITAL}"
    vi = keeps_contract(client.get(address))
    english = client.get(address, headers={"Accept-Language": "en-GB,en;q=0.9"})
    en = keeps_contract(english)
    assert english["Content-Language"] == "en"
    assert "Accept-Language" in english["Vary"]
    assert "Cookie" not in english["Vary"]
    assert vi["name"] != en["name"]
    online = vi["cases"][0]["channels"][0]
    assert online["limit"]["text"] == "3 ngày làm việc"
    assert (online["limit"]["amount"], online["limit"]["unit"]) == (3, "working_day")
    assert online["fee"]["amount"] == 0
    assert vi["papers"]
    assert vi["legal_bases"]


def test_a_cookie_does_not_change_a_shared_answer(client: Client, world: World):
    client.cookies["django_language"] = "en"
    assert client.get("/api/v1/procedures")["Content-Language"] == "vi"


def test_what_is_not_confirmed_is_not_told(client: Client, world: World):
    row = ProcedureVersion.objects.get(procedure__code=MARITAL)
    document = row.document
    for limit in document["limits"]:
        limit["confirmed"] = False
    document["components"][0]["confirmed"] = False
    hidden = document["components"][0]["id"]
    ProcedureVersion.objects.filter(pk=row.pk).update(valid_to=dt.date(2020, 1, 1))
    ProcedureVersion.objects.bulk_create(
        [
            ProcedureVersion(
                procedure_id=row.procedure_id,
                version=99,
                name=row.name,
                name_en=row.name_en,
                document=document,
                checksum="",
                valid_from=row.valid_from,
                published_at=now(),
                created_at=now(),
            )
        ]
    )
    facts = keeps_contract(client.get(f"/api/v1/procedures/{MARITAL}"))
    for case in facts["cases"]:
        for way in case["channels"]:
            assert way["limit"]["amount"] is None
            assert way["limit"]["unit"] is None
            assert "3" not in way["limit"]["text"]
    assert hidden not in [paper["id"] for paper in facts["papers"]]


def test_public_answers_are_kept_for_a_minute_and_revalidated(client: Client, world: World):
    first = client.get("/api/v1/procedures")
    assert first["Cache-Control"] == "public, max-age=60"
    again = client.get("/api/v1/procedures", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content
    head = client.head("/api/v1/procedures")
    assert head.status_code == 200
    assert head["ETag"] == first["ETag"]
    assert not head.content


def test_the_public_look_up_tells_the_state_and_no_more(client: Client, world: World, dossier: str):
    code = keeps_contract(_mine(world))["items"][0]["code"]
    body = keeps_contract(client.get(f"/api/v1/dossiers/{code}/state"))
    assert set(body) == {"code", "state"}
    assert body["state"]["id"] == "new"
    assert body["state"]["number"] == 1
    missing = client.get("/api/v1/dossiers/H29.130.1-200101-9999/state")
    assert keeps_contract(missing)["code"] == "not-found"
    assert missing["Cache-Control"] in {"no-store", "private, no-store"}


def _mine(world: World) -> HttpResponse:
    client = Client()
    client.force_login(Account.objects.get(pk=world.citizen.account_id))
    return client.get("/api/v1/me/dossiers")


def test_agencies_by_kind_and_commune(client: Client, world: World):
    found = keeps_contract(client.get("/api/v1/agencies?kind=centre&commune=26740"))
    assert [item["code"] for item in found["items"]] == [world.centre.code]
    page = keeps_contract(client.get("/api/v1/agencies?size=1"))
    assert page["next"] == page["items"][0]["code"]
    rest = keeps_contract(client.get("/api/v1/agencies", {"after": page["next"]}))
    assert page["next"] not in [item["code"] for item in rest["items"]]


def test_a_due_date_explains_itself(client: Client):
    asked = {"start": "2026-11-20T09:30:00+07:00", "amount": 3, "unit": "working_day"}
    due = keeps_contract(client.get("/api/v1/calendar/due", asked))
    assert due["due_at"].startswith("2026-11-26T")
    assert due["explanation"]
    assert all(line["legal_basis"] for line in due["explanation"])
    english = client.get("/api/v1/calendar/due", asked, headers={"Accept-Language": "en"})
    assert keeps_contract(english)["limit"] == "3 working days"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"amount": 3, "unit": "working_day"}, "start"),
        ({"start": "yesterday", "unit": "hour"}, "start"),
        ({"start": "2026-11-20T09:30:00", "unit": "hour"}, "start"),
        ({"start": "2026-11-20T09:30:00Z", "unit": "fortnight"}, "unit"),
        ({"start": "2026-11-20T09:30:00Z", "unit": "hour", "amount": 0}, "amount"),
        ({"start": "2026-11-20T09:30:00Z", "unit": "same_day", "amount": 2}, "amount"),
        ({"start": "2026-11-20T09:30:00Z", "unit": "hour", "colour": "red"}, "colour"),
    ],
)
def test_wrong_questions_name_the_field(client: Client, asked: dict[str, Any], field: str):
    response = client.get("/api/v1/calendar/due", asked)
    body = keeps_contract(response)
    assert response.status_code == 422
    assert body["code"] == "invalid-input"
    assert list(body["fields"]) == [field]
    assert body["fields"][field]


def test_years_without_a_calendar_are_refused(client: Client):
    far = {"start": "9999-11-20T09:30:00Z", "unit": "working_day"}
    last = {"start": "9999-12-31T23:00:00Z", "unit": "hour", "amount": 1000}
    first = {"start": "0001-01-01T00:00:00+07:00", "unit": "calendar_day"}
    for asked in (far, last, first):
        response = client.get("/api/v1/calendar/due", asked)
        assert response.status_code == 422, asked
        assert keeps_contract(response)["code"] == "calendar-outside"


def test_faults_are_said_in_both_languages():
    found = faults_of(
        [
            "Object missing required field `start` - at `$.parsed_query`",
            "Object contains unknown field `colour` - at `$.parsed_body.paper`",
            "Expected `int` >= 1 - at `$.parsed_query.size`",
            "Expected `object`, got `array`",
        ]
    )
    assert list(found) == ["start", "paper.colour", "size", "body"]
    assert found["start"].vi == "Thiếu mục này."
    assert found["start"].en == "This field is missing."


def test_a_file_is_checked_in_etsi_words(client: Client, world: World):
    pdf = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    file = SimpleUploadedFile("a.pdf", pdf, "application/pdf")
    report = keeps_contract(client.post("/api/v1/verify", {"file": file}), method="post")
    assert report["indication"] == "INDETERMINATE"
    assert report["size"] == len(pdf)
    assert report["problem"]
    assert report["signatures"] == []


def test_a_missing_or_empty_file_is_named(client: Client):
    for form in ({}, {"file": SimpleUploadedFile("a.pdf", b"")}):
        response = client.post("/api/v1/verify", form)
        assert response.status_code == 422
        assert any(
            key.startswith("file") for key in keeps_contract(response, method="post")["fields"]
        )
    response = client.post("/api/v1/verify", b"%PDF", content_type="application/pdf")
    assert keeps_contract(response, method="post")["code"] == "malformed-request"


def test_a_file_too_large_is_refused_before_it_is_read(client: Client, settings: Any):
    settings.MOTCUA_UPLOAD_MAX_BYTES = 1024 * 1024
    for size in (1024 * 1024 + 1, 2 * 1024 * 1024):
        file = SimpleUploadedFile("a.pdf", b"x" * size, "application/pdf")
        response = client.post("/api/v1/verify", {"file": file})
        assert response.status_code == 413
        assert keeps_contract(response, method="post")["data"] == {"limit_mb": 1}


def test_own_dossiers_need_a_login(client: Client, dossier: str):
    for address in ("/api/v1/me/dossiers", f"/api/v1/me/dossiers/{dossier}"):
        response = client.get(address)
        assert response.status_code == 401
        assert keeps_contract(response)["code"] == "login-required"


def test_own_dossiers_and_the_whole_of_one(citizen: Client, world: World, dossier: str):
    second = world.file()
    page = keeps_contract(citizen.get("/api/v1/me/dossiers?size=1"))
    assert [item["uid"] for item in page["items"]] == [second]
    rest = citizen.get("/api/v1/me/dossiers", {"after": page["next"]})
    assert [item["uid"] for item in keeps_contract(rest)["items"]] == [dossier]
    assert rest["Cache-Control"] == "private, no-store"
    own = keeps_contract(citizen.get(f"/api/v1/me/dossiers/{dossier}"))
    assert own["dossier"]["procedure"] == MARITAL
    assert own["dossier"]["state"]["id"] == "new"
    assert own["history"]
    assert own["papers"]


def test_somebody_elses_dossier_does_not_exist(world: World, dossier: str):
    from motcua.casework.testing.makers import make_citizen

    stranger = Client()
    stranger.force_login(Account.objects.get(pk=make_citizen().account_id))
    official = Client()
    official.force_login(Account.objects.get(pk=world.clerk.account_id))
    for client in (stranger, official):
        for uid in (dossier, str(uuid4())):
            response = client.get(f"/api/v1/me/dossiers/{uid}")
            assert response.status_code == 404
            assert keeps_contract(response)["code"] == "not-found"
        assert keeps_contract(client.get("/api/v1/me/dossiers"))["items"] == []
        after = client.get("/api/v1/me/dossiers", {"after": dossier})
        assert after.status_code in {200, 422}


class Unsafe(CitizenApi):
    """An unsafe method with a session, for the test below."""

    @modify(status_code=200)
    def post(self) -> str:
        return "done"


def test_unsafe_methods_with_a_session_need_the_csrf_token(world: World):
    request = RequestFactory(enforce_csrf_checks=True).post("/api/v1/unsafe")
    request.user = Account.objects.get(pk=world.citizen.account_id)
    refused = Unsafe.as_view()(request)
    assert refused.status_code == 403
    assert json.loads(refused.content)["code"] == "csrf-refused"
    token = _token(request)
    good = RequestFactory(enforce_csrf_checks=True).post(
        "/api/v1/unsafe", headers={"X-CSRFToken": token, "Cookie": f"csrftoken={token}"}
    )
    good.COOKIES["csrftoken"] = token
    good.user = request.user
    assert Unsafe.as_view()(good).status_code == 200


def _token(request: HttpRequest) -> str:
    from django.middleware.csrf import get_token

    CsrfViewMiddleware(lambda _: HttpResponse()).process_request(request)
    return get_token(request)[-32:]


def test_health_tells_the_lag_and_a_dead_database(client: Client, monkeypatch: pytest.MonkeyPatch):
    body = keeps_contract(client.get("/api/v1/health"))
    assert body == {"status": "ok", "database": True, "worker_lag_seconds": 0.0}
    with at_time(now() - dt.timedelta(hours=1)):
        enqueue(next(iter(HANDLERS)), {})
    late = keeps_contract(client.get("/api/v1/health"))
    assert late["status"] == "degraded"
    assert late["worker_lag_seconds"] > 3500

    def dead() -> float:
        raise health.Error("connection to secret-host refused")

    monkeypatch.setattr(health, "lag_seconds", dead)
    down = client.get("/api/v1/health")
    assert down.status_code == 503
    assert keeps_contract(down)["status"] == "down"
    assert b"secret" not in down.content


def test_other_addresses_methods_and_formats(client: Client):
    unknown = client.get("/api/v1/nothing")
    assert unknown.status_code == 404
    assert unknown["Content-Type"] == "application/problem+json"
    refused = client.delete("/api/v1/health")
    assert refused.status_code == 405
    assert refused["Allow"] == "GET, HEAD"
    assert json.loads(refused.content)["code"] == "method-refused"
    xml = client.get("/api/v1/health", headers={"Accept": "application/xml"})
    assert keeps_contract(xml)["code"] == "not-acceptable"


def test_a_mistake_of_ours_is_a_problem_too(monkeypatch: pytest.MonkeyPatch):
    def broken() -> None:
        raise ValueError("a detail that stays in the log")

    monkeypatch.setattr(health, "health", broken)
    response = Client(raise_request_exception=False).get("/api/v1/health")
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["code"] == "server-fault"
    assert b"detail that stays" not in response.content


@pytest.mark.parametrize(
    ("address", "statements"),
    [
        ("/api/v1/procedures", 1),
        (f"/api/v1/procedures/{MARITAL}", 2),
        ("/api/v1/agencies", 1),
        ("/api/v1/calendar/due?start=2026-11-20T09:30:00Z&unit=working_day", 3),
        ("/api/v1/health", 1),
    ],
)
def test_public_answers_take_few_statements(
    address: str,
    statements: int,
    client: Client,
    world: World,
    django_assert_max_num_queries: Any,
):
    with django_assert_max_num_queries(statements):
        assert client.get(address).status_code == 200


@pytest.fixture
def described(db: None) -> Iterator[Any]:
    """The description as Schemathesis reads it from the running application.

    The server's habit of dropping stale connections between requests would end the test's
    transaction; Django's own test client switches it off in the same way.
    """
    load_all_checks()
    between = (request_started, request_finished)
    for signal in between:
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for signal in between:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("path", PUBLIC_GETS)
def test_generated_requests_keep_the_contract(path: str, described: Any, world: World):
    """Schemathesis: valid and invalid requests, the same ones in every run."""
    operation = described[path]["GET"]
    # A date may be a right one and lie in a year whose days off nobody has decided yet.
    left_out = [schemathesis.checks.positive_data_acceptance] if "calendar" in path else []

    @given(case=operation.as_strategy())
    @settings(
        max_examples=40,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def run(case: Any) -> None:
        case.call_and_validate(excluded_checks=left_out)

    run()
