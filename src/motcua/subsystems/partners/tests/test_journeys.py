"""A partner's day: file for a person, follow, supplement, act in a post, be told."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from motcua.casework.access.public import SYSTEM
from motcua.casework.attachments.tests.samples import pdf
from motcua.casework.cases.public import Case
from motcua.casework.ledger.public import check_ledger
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.timesource import at_time, now
from motcua.subsystems.applications.tests.world import MARITAL, World, make_world
from motcua.subsystems.partners.models import Delivery, Partner
from motcua.subsystems.partners.rules import genuine
from motcua.subsystems.partners.services import end_key, give_key, give_post, open_partner

pytestmark = pytest.mark.django_db(transaction=True)
ALL = ["dossiers:submit", "dossiers:read", "dossiers:act", "webhooks", "applicants:proven"]
APPLICANT = {"name": "Trần Thị Lan", "identity_number": "079190001234", "phone": "0901234567"}


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def partner(world: World) -> Partner:
    return open_partner(actor=SYSTEM, name="Siêu ứng dụng Công dân số")


class Caller:
    """Another organisation's program."""

    def __init__(self, client: Any, key: str) -> None:
        self._client, self._key = client, key

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        sent = {"Authorization": f"Bearer {self._key}", **headers}
        ask = getattr(self._client, method)
        if method in {"get", "delete"}:
            return ask(f"/api/v1/{path}", headers=sent)
        return ask(f"/api/v1/{path}", body, content_type="application/json", headers=sent)


@pytest.fixture
def call(client: Any, partner: Partner) -> Caller:
    return Caller(client, give_key(actor=SYSTEM, partner_id=partner.pk, scopes=ALL, days=30))


def dossier(**more: Any) -> dict[str, Any]:
    return {
        "procedure": "1.004873",
        "receiving_agency": "pvhcc-26740",
        "applicant": APPLICANT,
        "answers": MARITAL,
    } | more


def file(call: Caller, key: str = "a-1", **more: Any) -> UUID:
    answer = call("post", "dossiers", dossier(**more), **{"Idempotency-Key": key})
    assert answer.status_code == 201, answer.content
    return UUID(answer.json()["uid"])


def test_a_dossier_is_filed_once_and_followed_to_its_result(world: World, call: Caller) -> None:
    uid = file(call)
    assert file(call) == uid  # the answer was lost: sent again, it is the same dossier
    case = Case.objects.get()
    assert case.applicant is not None
    assert (case.applicant.full_name, case.applicant.identity_proven) == ("Trần Thị Lan", True)
    world.do("clerk", str(uid), "accept")
    world.do("clerk", str(uid), "forward")
    world.do("officer", str(uid), "propose_online", note="Đủ điều kiện")
    seen = call("get", f"followed/{uid}").json()
    assert seen["dossier"]["state"]["id"] == "processing"
    confirmed = {"action": "confirm_draft"}  # the applicant's own act, through the partner
    answer = call("post", f"dossiers/{uid}/actions", confirmed, **{"Idempotency-Key": "c"})
    assert answer.status_code == 200, answer.content
    world.do("division", str(uid), "approve")
    world.do("leader", str(uid), "sign")
    assert call("get", f"followed/{uid}/result").status_code == 404
    world.do("records", str(uid), "issue")
    result = call("get", f"followed/{uid}/result").json()
    import base64

    assert base64.b64decode(result["content"]).startswith(b"%PDF")
    listed = call("get", "followed").json()
    assert [row["uid"] for row in listed["items"]] == [str(uid)]
    assert list(check_ledger()) == []


def test_a_key_without_proof_makes_nobody_proven(
    world: World, partner: Partner, client: Any
) -> None:
    scopes = ["dossiers:submit", "dossiers:read"]
    weak = Caller(client, give_key(actor=SYSTEM, partner_id=partner.pk, scopes=scopes, days=1))
    file(weak)
    case = Case.objects.get()
    assert case.applicant is not None
    assert not case.applicant.identity_proven


def test_what_was_asked_for_is_supplemented_for_the_applicant(world: World, call: Caller) -> None:
    uid = file(call)
    items = [
        {
            "target_kind": "field",
            "target": "purpose",
            "problem": "wrong",
            "reason": "Ghi rõ mục đích",
            "label": "Mục đích",
        }
    ]
    world.do("clerk", str(uid), "request_supplement", items=items, message="Bổ sung")
    waiting = call("get", f"followed/{uid}").json()
    assert waiting["waits_for_you"]
    upload = {"Idempotency-Key": "s-1"}
    body = {"answers": {"purpose": "property"}, "note": "Đã sửa"}
    answer = call("post", f"dossiers/{uid}/supplement", body, **upload)
    assert answer.status_code == 200, answer.content
    assert answer.json()["state"] == "new"
    again = call("post", f"dossiers/{uid}/supplement", body, **{"Idempotency-Key": "s-2"})
    assert again.status_code == 409  # nothing is asked any more


def test_files_go_ahead_of_the_dossier(world: World, call: Caller, client: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = client.post(
        "/api/v1/drafts/ho-so-0001/other",
        {"file": SimpleUploadedFile("giay.pdf", pdf(), "application/pdf")},
        headers={"Authorization": f"Bearer {call._key}"},
    )
    assert answer.status_code in {200, 201}, answer.content
    assert answer.json()["name"] == "giay.pdf"
    bad = client.post(
        "/api/v1/drafts/ho-so-0001/other",
        {"file": SimpleUploadedFile("giay.pdf", b"MZ\x90\x00 not a pdf", "application/pdf")},
        headers={"Authorization": f"Bearer {call._key}"},
    )
    assert bad.status_code in {415, 422}


def test_an_agency_system_works_in_its_post(
    world: World, client: Any, call: Caller, partner: Partner
) -> None:
    uid = world.file()
    assert call("get", f"dossiers/{uid}/actions").status_code == 404  # not its dossier
    give_post(
        actor=SYSTEM, partner_id=partner.pk, agency_code="pvhcc-26740", role="receiving_clerk"
    )
    offered = call("get", f"dossiers/{uid}/actions").json()["items"]
    assert "accept" in [row["action"] for row in offered]
    answer = call(
        "post", f"dossiers/{uid}/actions", {"action": "accept"}, **{"Idempotency-Key": "k"}
    )
    assert answer.json()["state"] == "received"
    other = call("post", f"dossiers/{uid}/actions", {"action": "sign"}, **{"Idempotency-Key": "l"})
    assert other.status_code == 409
    acted = Case.objects.get(uid=uid).changes.get(verb="applications.accept")
    assert acted.actor_name == "Siêu ứng dụng Công dân số"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (dossier(procedure="9.9"), ""),
        (dossier(receiving_agency="none"), "receiving_agency"),
        (dossier(answers=MARITAL | {"copies": "x"}), "copies"),
        (dossier(applicant={"name": ""}), "applicant.name"),
        (dossier(extra=1), "extra"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(
    world: World, call: Caller, body: dict[str, Any], field: str
) -> None:
    answer = call("post", "dossiers", body, **{"Idempotency-Key": "x"})
    problem = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.status_code in {404, 422}
    assert not field or field in problem["fields"]
    assert not Case.objects.exists()


class Hook(BaseHTTPRequestHandler):
    """A receiver that keeps what it gets and answers as told."""

    got: list[tuple[dict[str, str], bytes]] = []
    answers: list[int] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Hook.got.append((dict(self.headers), body))
        self.send_response(Hook.answers.pop(0) if Hook.answers else 204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def hook_url(settings: Any) -> Iterator[str]:
    settings.MOTCUA_WEBHOOKS_PRIVATE = True
    Hook.got, Hook.answers = [], []
    server = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/nhan"
    server.shutdown()
    server.server_close()


def _later(hours: int) -> None:
    start = now()
    for hour in range(hours + 1):
        with at_time(start + dt.timedelta(hours=hour)):
            run_until_idle()


def test_a_change_is_told_once_signed_and_nameless(
    world: World, call: Caller, hook_url: str
) -> None:
    made = call("post", "webhooks", {"url": hook_url, "topics": ["accept"]}).json()
    uid = file(call)
    world.file()  # another's dossier is nobody else's news
    world.do("clerk", str(uid), "accept")
    Hook.answers = [500, 503]
    _later(3)
    assert [len(Hook.got), Delivery.objects.get().state] == [3, "delivered"]
    headers, body = Hook.got[-1]
    assert len({h["Motcua-Delivery"] for h, _ in Hook.got}) == 1
    sent_at = dt.datetime.fromtimestamp(int(headers["Motcua-Signature"][2:].split(",")[0]), dt.UTC)
    assert genuine(headers["Motcua-Signature"], made["secret"], body, sent_at)
    told = json.loads(body)
    assert (told["type"], told["dossier"]["uid"]) == ("dossier.accept", str(uid))
    assert "Lan" not in body.decode()


def test_a_receiver_that_is_gone_is_given_up_and_can_be_told_again(
    world: World, call: Caller, hook_url: str, client: Any
) -> None:
    call("post", "webhooks", {"url": hook_url})
    file(call)
    Hook.answers = [410] * 9
    _later(60)
    row = Delivery.objects.get()
    assert (row.state, row.answer, row.tries) == ("given_up", "410", 9)
    from motcua.subsystems.partners.services import try_again

    try_again(actor=SYSTEM, uid=row.uid)
    _later(1)
    assert Delivery.objects.get().state == "delivered"


def test_a_webhook_that_was_ended_is_silent(world: World, call: Caller, hook_url: str) -> None:
    made = call("post", "webhooks", {"url": hook_url}).json()
    assert call("delete", f"webhooks/{made['uid']}").json()["items"] == []
    file(call)
    run_until_idle()
    assert (Hook.got, call("delete", f"webhooks/{made['uid']}").status_code) == ([], 404)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "https://10.0.0.1/x", "file:///etc/passwd", "https://[", "x"]
)
def test_addresses_inside_are_no_webhooks(world: World, call: Caller, url: str) -> None:
    answer = call("post", "webhooks", {"url": url})
    assert answer.status_code == 422
    assert "url" in answer.json()["fields"]


def test_the_example_of_the_documentation_runs(
    world: World, call: Caller, live_server: Any, tmp_path: Path
) -> None:
    """The thirty lines file a dossier, follow it, and end when it has ended."""
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():
        live_server.thread.connections_override.clear()
    page = Path(__file__).resolve().parents[5] / "docs" / "how-to" / "use-the-api.md"
    found = re.search(r"```python\n(.*?)```", page.read_text(), re.DOTALL)
    assert found
    script = tmp_path / "client.py"
    script.write_text(found[1].replace("sleep(60)", "sleep(0.1)"))
    (tmp_path / "dossier.json").write_text(json.dumps(dossier()))
    command = [sys.executable, str(script), live_server.url, call._key, "dossier.json"]
    running = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline().startswith("Filed: H29.130.1-")
    uid = str(Case.objects.get().uid)
    world.do("clerk", uid, "refuse", reason="Không thuộc thẩm quyền", basis="Luật Hộ tịch")
    said, _ = running.communicate(timeout=30)
    assert running.returncode == 0
    assert "Không được tiếp nhận" in said.splitlines()[-1]


def test_a_key_that_ended_opens_nothing(world: World, call: Caller) -> None:
    assert call("get", "followed").status_code == 200
    end_key(actor=SYSTEM, prefix=call._key.split("_")[1])
    answer = call("get", "followed")
    assert (answer.status_code, answer.json()["code"]) == (401, "key-refused")
