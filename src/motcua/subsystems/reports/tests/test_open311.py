"""Open311 GeoReport v2: both formats, the published JSON schemas, errors, keys, limits."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from motcua.casework.access import keys
from motcua.casework.access.public import Actor, accept_keys
from motcua.casework.testing.makers import make_account
from motcua.foundation.rest import KeyRefused
from motcua.subsystems.reports.models import Report
from motcua.subsystems.reports.tests.world import World, make_world

pytestmark = pytest.mark.django_db
V2 = "/open311/v2"
SCHEMAS = Path("/work/shared/data/requests-311/georeport-v2")


@pytest.fixture
def world(working_morning: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> World:
    made = make_world()
    account = make_account("client", "Ứng dụng khác")
    client = Actor(account.pk, None, "client", "Ứng dụng khác")

    def reader(text: str) -> Actor:
        if text != "good":
            raise KeyRefused
        return client

    monkeypatch.setattr(keys, "_readers", [])
    accept_keys(reader)
    return made


def xml(answer: Any) -> ET.Element:
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.content.startswith(b"<?xml")
    return ET.fromstring(answer.content)


def valid(body: Any, name: str) -> None:
    """Against the published schema, where it is here."""
    if not SCHEMAS.exists():
        return
    from jsonschema import Draft7Validator
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT7

    loaded = {p.name: json.loads(p.read_text()) for p in SCHEMAS.glob("*.json")}
    found = {n: Resource(s, DRAFT7) for n, s in loaded.items()}
    registry = Registry().with_resources(found.items())
    Draft7Validator(loaded[name], registry=registry).validate(body)


def test_discovery_and_services_in_both_formats(world: World, client: Client):
    found = client.get(f"{V2}/discovery.json").json()
    assert found["endpoints"][0]["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert dt.datetime.fromisoformat(found["changeset"]) < dt.datetime.now(dt.UTC)
    drawn = xml(client.get(f"{V2}/discovery.xml"))
    assert [f.text for f in drawn.iter("format")] == ["text/xml", "application/json"]
    services = client.get(f"{V2}/services.json").json()
    valid(services, "services.json")
    assert {s["service_code"] for s in services} == {"o-ga", "den", "tieng-on", "hanh-chinh"}
    drawn = xml(client.get(f"{V2}/services.xml"))
    assert [e.tag for e in drawn] == ["service"] * 4
    assert drawn.find("service/metadata").text in {"true", "false"}  # type: ignore[union-attr]
    questions = client.get(f"{V2}/services/den.json").json()
    valid(questions, "service-definition.json")
    assert questions["attributes"][0]["values"][1] == {"key": "many", "name": "Cả dãy"}
    drawn = xml(client.get(f"{V2}/services/den.xml"))
    assert drawn.findtext("attributes/attribute/values/value/key") == "one"


def test_a_request_is_sent_and_read_again(world: World, client: Client):
    given = {"api_key": "good", "service_code": "den", "lat": "10.5", "long": "106.5",
             "description": "Đèn hỏng <b>cả dãy</b> & tối", "attribute[lamps]": "many",
             "first_name": "Lan", "email": "lan@example.vn"}  # fmt: skip
    made = client.post(f"{V2}/requests.json", given)
    assert made.status_code == 201
    assert made["Content-Type"] == "application/json; charset=utf-8"
    code = made.json()[0]["service_request_id"]
    report = Report.objects.select_related("case").get()
    assert (report.case.channel, report.case.holder_agency_id) == ("open311", world.department.pk)
    rows = client.get(f"{V2}/requests/{code}.json").json()
    valid(rows, "requests.json")
    row = rows[0]
    assert (row["service_request_id"], row["status"]) == (code, "open")
    assert row["expected_datetime"] == "2026-11-20T09:00:00+07:00"
    assert "Lan" not in json.dumps(rows)
    drawn = xml(client.get(f"{V2}/requests/{code}.xml"))
    assert drawn.findtext("request/description") == given["description"]
    assert drawn.find("request/zipcode").text is None  # type: ignore[union-attr]
    in_xml = xml(client.post(f"{V2}/requests.xml", given))
    assert in_xml.findtext("request/service_request_id") == "1022-261118-0002"


def test_the_query_filters_within_its_limits(
    world: World, client: Client, django_assert_max_num_queries: Any
):
    pothole, noise = world.report(), world.report(category="tieng-on")
    world.report(description="Tôi tố cáo ông A")
    world.do(world.officer, noise, "refuse", text="Không có căn cứ")

    def codes(query: str) -> list[str]:
        return [r["service_request_id"] for r in client.get(f"{V2}/requests.json?{query}").json()]

    with django_assert_max_num_queries(2):
        assert codes("") == [noise.case.code, pothole.case.code]
    assert codes("status=closed") == [noise.case.code]
    assert codes("status=open,closed&service_code=o-ga,den") == [pothole.case.code]
    assert codes(f"service_request_id={noise.case.code}&status=open") == [noise.case.code]
    assert codes("start_date=2026-01-01T00:00:00Z&end_date=2026-02-01T00:00:00Z") == []
    assert codes("start_date=2026-11-18T00:00:00%2B07:00") == [noise.case.code, pothole.case.code]
    assert codes("jurisdiction_id=x&service_code=") == [noise.case.code, pothole.case.code]


GOOD = {"api_key": "good", "service_code": "o-ga", "lat": "10.5", "long": "106.5",
        "description": "Ổ gà sâu"}  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "given", "status"),
    [
        ("get", "/services/none.{f}", {}, 404),
        ("get", "/services/o-ga.{f}", {}, 404),
        ("get", "/requests/1022-1.{f}", {}, 404),
        ("get", "/tokens/abc.{f}", {}, 404),
        ("get", "/requests.{f}?start_date=yesterday", {}, 400),
        ("get", "/requests.{f}?status=done", {}, 400),
        ("get", "/requests.{f}?start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z",
         {}, 400),
        ("post", "/requests.{f}", {**GOOD, "api_key": ""}, 403),
        ("post", "/requests.{f}", {**GOOD, "api_key": "bad"}, 403),
        ("post", "/requests.{f}", {**GOOD, "service_code": ""}, 400),
        ("post", "/requests.{f}", {**GOOD, "service_code": "none"}, 404),
        ("post", "/requests.{f}", {**GOOD, "lat": "", "long": ""}, 400),
        ("post", "/requests.{f}", {**GOOD, "lat": "x"}, 400),
        ("post", "/requests.{f}", {**GOOD, "long": "109"}, 400),
        ("post", "/requests.{f}", {**GOOD, "description": ""}, 400),
        ("post", "/requests.{f}", {**GOOD, "service_code": "den"}, 400),  # an answer is missing
    ],
)  # fmt: skip
def test_errors_are_said_as_the_standard_says(
    world: World, client: Client, method: str, path: str, given: dict[str, str], status: int
):
    answer = getattr(client, method)(f"{V2}{path.format(f='json')}", given)
    assert answer.status_code == status
    assert answer.json()[0]["code"] == str(status)
    assert answer.json()[0]["description"]
    answer = getattr(client, method)(f"{V2}{path.format(f='xml')}", given)
    assert answer.status_code == status
    assert xml(answer).findtext("error/code") == str(status)
    assert not Report.objects.exists()
