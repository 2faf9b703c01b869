"""The page of a dossier: actions, errors at their fields, conflicts, claims, fees, slips."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.casework.cases.public import Case
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.timesource import at_time, now
from motcua.subsystems.applications.models import Application, Slip
from motcua.subsystems.applications.tests.console import client_of, do, form_of_action
from motcua.subsystems.applications.tests.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(working_morning: dt.datetime) -> World:
    return make_world()


def _case(uid: str) -> Case:
    return Case.objects.get(uid=uid)


def test_a_stranger_and_a_citizen_see_nothing(world: World) -> None:
    uid = world.file()
    from django.test import Client

    assert Client().get(f"/console/ho-so/{uid}/").status_code == 302
    assert client_of(world.citizen).get(f"/console/ho-so/{uid}/").status_code == 404
    assert client_of(world.consulted).get(f"/console/ho-so/{uid}/").status_code == 404


def test_the_clerk_accepts_and_forwards(world: World) -> None:
    uid = world.file()
    clerk = client_of(world.clerk)
    response = do(clerk, uid, "accept")
    assert response.status_code == 302
    assert _case(uid).state == "received"
    assert do(clerk, uid, "forward").status_code == 302
    assert _case(uid).holder_role == "case_officer"


def test_an_amount_no_rule_knows_is_asked_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from motcua.subsystems.applications.console_views import feeing
    from motcua.subsystems.applications.services.verbs import receiving
    from motcua.subsystems.procedures.public import FeeResult

    unknown = FeeResult(None, ())
    for module in (feeing, receiving):
        monkeypatch.setattr(module, "fee_for", lambda *a, **k: unknown)
    uid = world.file()
    clerk = client_of(world.clerk)
    refused = do(clerk, uid, "accept", amount="")
    assert refused.status_code == 422
    assert "Nhập mức thu bằng số đồng" in refused.content.decode()
    without = do(clerk, uid, "accept", amount="75.000")
    assert without.status_code == 422
    assert "cần người xác định" in without.content.decode()
    assert "Nêu căn cứ của mức thu" in without.content.decode()
    law = "Nghị quyết của Hội đồng nhân dân"
    assert do(clerk, uid, "accept", amount="75.000", fee_basis=law).status_code == 302
    assert Application.objects.get(case__uid=uid).fee_lines[-1]["legal_basis"] == law
    assert Application.objects.get(case__uid=uid).fee_amount == 75_000


def test_a_second_press_does_the_act_once(world: World) -> None:
    uid = world.file()
    clerk = client_of(world.clerk)
    sent = form_of_action(clerk, uid, "accept")
    address = f"/console/ho-so/{uid}/thuc-hien/"
    assert clerk.post(address, sent).status_code == 302
    assert clerk.post(address, sent).status_code == 302
    assert Slip.objects.filter(case__uid=uid).count() == 1


def test_an_error_stands_at_its_field_and_nothing_typed_is_lost(world: World) -> None:
    uid = world.file()
    clerk = client_of(world.clerk)
    response = do(clerk, uid, "refuse", reason="", basis="Điều 17 Nghị định 118")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Hãy nêu lý do từ chối" in page
    assert "Điều 17 Nghị định 118" in page
    assert _case(uid).state == "new"


def test_everything_missing_is_asked_at_once(world: World) -> None:
    uid = world.file()
    clerk = client_of(world.clerk)
    typed = {
        "asks_items": "1",
        "item": ["field:purpose", "field:requester_phone"],
        "problem:field:purpose": "wrong",
        "reason:field:purpose": "",
        "problem:field:requester_phone": "unclear",
        "reason:field:requester_phone": "Số máy không gọi được",
        "reason": "Mời bổ sung",
    }
    response = do(clerk, uid, "request_supplement", **typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Số máy không gọi được" in page
    assert 'value="field:purpose" id="item-field:purpose" checked' in page
    assert 'id="why-field-purpose-error"' in page
    response = do(
        clerk, uid, "request_supplement", **{**typed, "reason:field:purpose": "Ghi rõ mục đích"}
    )
    assert response.status_code == 302
    assert _case(uid).state == "supplement"
    shown = clerk.get(f"/console/ho-so/{uid}/").content.decode()
    assert "Ghi rõ mục đích" in shown


def test_the_clerk_enters_a_supplement_for_the_citizen(world: World) -> None:
    uid = world.file()
    clerk = client_of(world.clerk)
    do(
        clerk,
        uid,
        "request_supplement",
        **{
            "asks_items": "1",
            "item": ["field:requester_phone"],
            "reason:field:requester_phone": "Sai số",
        },
    )
    with at_time(now() + dt.timedelta(hours=1)):
        response = do(clerk, uid, "supplement", **{"answer:requester_phone": "0908888888"})
    assert response.status_code == 302
    page = clerk.get(f"/console/ho-so/{uid}/").content.decode()
    assert "<ins>" in page
    assert "0908888888" in page.replace(" ", "")


def test_two_officials_meet_and_both_versions_are_shown(world: World) -> None:
    uid = world.file()
    clerk = client_of(world.clerk)
    stale = form_of_action(clerk, uid, "refuse")
    world.do("clerk", uid, "accept")
    response = clerk.post(
        f"/console/ho-so/{uid}/thuc-hien/", {**stale, "reason": "Không đúng nơi nộp"}
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "Bạn mở bản 1; nay là bản 2" in page
    assert "Tiếp nhận hồ sơ" in page
    assert "Không đúng nơi nộp" in page


def test_a_held_dossier_is_not_taken_by_another(world: World) -> None:
    from motcua.casework.testing.makers import make_official

    other = make_official(world.centre, "receiving_clerk", name="Cán bộ khác")
    uid = world.file()
    clerk = client_of(world.clerk)
    assert clerk.post(f"/console/ho-so/{uid}/giu/").status_code == 302
    response = do(client_of(other), uid, "accept")
    assert response.status_code == 409
    assert "Cán bộ clerk" in response.content.decode()
    clerk.post(f"/console/ho-so/{uid}/thoi-giu/")
    assert do(client_of(other), uid, "accept").status_code == 302


def test_who_else_is_looking(world: World) -> None:
    uid = world.file()
    client_of(world.clerk).post(f"/console/ho-so/{uid}/dang-xem/")
    answer = client_of(world.head).post(f"/console/ho-so/{uid}/dang-xem/")
    assert "Cán bộ clerk" in answer.content.decode()


def test_the_officer_mends_words_of_the_draft(world: World) -> None:
    uid = world.file(answers={"result_channel": "counter"})
    world.do("clerk", uid, "accept")
    world.do("clerk", uid, "forward")
    officer = client_of(world.officer)
    name = "result:person.name"
    response = do(
        officer, uid, "propose_online", **{f"was:{name}": "Trần Thị Lan", name: "TRẦN THỊ LAN"}
    )
    assert response.status_code == 302
    result = Application.objects.select_related("result").get(case__uid=uid).result
    assert result is not None
    assert "TRẦN THỊ LAN" in result.content


def test_draft_and_slips_open_as_files_that_run_nothing(world: World) -> None:
    uid = world.file()
    world.do("clerk", uid, "accept")
    clerk = client_of(world.clerk)
    response = clerk.post(f"/console/ho-so/{uid}/in/01/")
    assert response.status_code == 302
    file = clerk.get(response["Location"])
    assert file["Content-Type"] == "application/pdf"
    assert "default-src 'none'" in file["Content-Security-Policy"]
    assert b"%PDF" in file.content[:8]
    assert clerk.post(f"/console/ho-so/{uid}/in/06/").status_code == 302
    assert Slip.objects.filter(case__uid=uid, form="06", document__isnull=False).exists()


def test_leader_signs_and_records_clerk_seals_from_their_queues(world: World) -> None:
    uid = world.file(answers={"result_channel": "counter"})
    for who, action in (("clerk", "accept"), ("clerk", "forward"), ("officer", "propose_online"),
                        ("citizen", "confirm_draft"), ("division", "approve")):  # fmt: skip
        world.do(who, uid, action)
    leader = client_of(world.leader)
    queue = leader.get("/console/cho-ky/")
    assert uid in queue.content.decode()
    response = do(leader, uid, "sign", back="sign")
    assert response["Location"] == "/console/cho-ky/"
    assert "Không còn hồ sơ nào chờ" in leader.get("/console/cho-ky/").content.decode()
    records = client_of(world.records)
    assert uid in records.get("/console/cho-dong-dau/").content.decode()
    assert do(records, uid, "issue", back="seal").status_code == 302
    run_until_idle()
    clerk = client_of(world.clerk)
    assert do(clerk, uid, "deliver", receiver="").status_code == 422
    assert do(clerk, uid, "deliver", receiver="Trần Thị Lan").status_code == 302
    assert _case(uid).state == "returned"


def test_fee_is_taken_at_the_counter_with_a_receipt(world: World) -> None:
    from motcua.subsystems.payments.models import Charge

    uid = world.file()
    world.do("clerk", uid, "accept")
    Charge.objects.filter(case__uid=uid).update(state="open", amount=15000)
    charge = Charge.objects.get(case__uid=uid)
    getattr(charge, "receipt", None) and charge.receipt.delete()
    clerk = client_of(world.clerk)
    response = clerk.post(f"/console/ho-so/{uid}/thu-phi/", {"method": "cash"})
    assert response.status_code == 302
    page = clerk.get(response["Location"]).content.decode()
    assert "15.000" in page
    assert "Tiền mặt tại quầy" in page
    assert clerk.post(f"/console/ho-so/{uid}/thu-phi/", {"method": ""}).status_code == 302


def test_the_register_of_a_year_is_a_document(world: World) -> None:
    world.file()
    clerk = client_of(world.clerk)
    assert clerk.get("/console/so-theo-doi/").status_code == 200
    assert clerk.post("/console/so-theo-doi/", {"year": "abc"}).status_code == 422
    response = clerk.post("/console/so-theo-doi/", {"year": "2026", "agency": str(world.centre.pk)})
    assert clerk.get(response["Location"]).content[:4] == b"%PDF"


def test_the_page_of_a_dossier_costs_a_fixed_number_of_statements(world: World) -> None:
    uid = world.file()
    world.do("clerk", uid, "accept")
    clerk = client_of(world.clerk)
    clerk.get(f"/console/ho-so/{uid}/")
    with CaptureQueriesContext(
        connection,
    ) as seen:
        clerk.get(f"/console/ho-so/{uid}/")
    assert len(seen) <= 28, "\n".join(q["sql"][:120] for q in seen)


def test_the_process_opens_as_a_drawing_and_as_bpmn(world: World) -> None:
    uid = world.file()
    clerk = client_of(world.clerk)
    page = clerk.get(f"/console/ho-so/{uid}/so-do/").content.decode()
    assert "wf-active" in page
    assert 'data-current="receive"' in page
    assert b"definitions" in clerk.get(f"/console/ho-so/{uid}/so-do.bpmn").content
