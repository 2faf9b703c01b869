"""The pages of the editor as they are used: over HTTP, without JavaScript."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.access.public import Actor
from motcua.casework.testing.makers import make_agency, make_citizen, make_official
from motcua.foundation.timesource import today
from motcua.subsystems.procedure_editor import services
from motcua.subsystems.procedure_editor.models import ProcedureDraft
from motcua.subsystems.procedure_editor.rules.archive import write_archive
from motcua.subsystems.procedure_editor.tests.office import (
    BASIS,
    administrators,
    client_of,
    complete,
    document_of,
)
from motcua.subsystems.procedures.public import version_in_force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("working_morning")]
ROOT = "/console/soan-thu-tuc/"


@pytest.fixture
def people() -> tuple[Actor, Actor]:
    return administrators()


@pytest.fixture
def client(people: tuple[Actor, Actor]) -> Client:
    return client_of(people[0])


@pytest.fixture
def draft(people: tuple[Actor, Actor]) -> ProcedureDraft:
    return services.start_draft(actor=people[0], document=complete())


def page(draft: ProcedureDraft, tail: str = "") -> str:
    return f"{ROOT}{draft.uid}/{tail}"


def revision(draft: ProcedureDraft) -> dict[str, str]:
    draft.refresh_from_db()
    return {"revision": str(draft.revision)}


FEE: dict[str, Any] = {
    "id": "paper", "kind": "phi", "name.vi": "Phí cấp giấy", "name.en": "Fee for the paper",
    "group": "giay", "amount": "8.000", "quantity": "", "setting": "", "when": "",
    "legal_basis": BASIS, "valid_from": "2026-01-01", "valid_to": "", "confirmed": "on",
}  # fmt: skip


def test_strangers_and_other_officials_see_nothing(draft: ProcedureDraft) -> None:
    ward = make_agency()
    for actor, status in (
        (make_citizen(), {302, 403, 404}),
        (make_official(ward, "leader"), {403}),
    ):
        answer = client_of(actor).get(page(draft))
        assert answer.status_code in status
    assert Client().get(ROOT).status_code in {302, 403}


def test_every_page_of_a_whole_and_of_a_new_draft_opens(
    client: Client, draft: ProcedureDraft, people: tuple[Actor, Actor]
) -> None:
    fresh = services.start_draft(actor=people[0])
    copied = services.start_from_version(actor=people[0], code="1.001193")
    for row in (draft, fresh, copied):
        overview = client.get(page(row))
        assert overview.status_code == 200
        for link in overview.context["pages"]:
            assert client.get(link.url).status_code == 200, link.url
        assert client.get(page(row, "duyet/")).status_code == 200
    assert client.get(page(copied, "phan/fees/0/")).status_code in {200, 404}
    assert client.get(page(copied, "phan/components/1/")).status_code == 200
    assert client.get(page(draft, "phan/khong-co/")).status_code == 404


def test_a_fee_is_added_tried_out_and_a_fault_keeps_what_was_typed(
    client: Client, draft: ProcedureDraft
) -> None:
    address = page(draft, "phan/fees/0/")
    wrong = client.post(address, FEE | revision(draft) | {"amount": "tám nghìn", "name.en": ""})
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert "tám nghìn" in text
    assert "Nhập một số nguyên" in text
    assert "Điền cả tiếng Việt và tiếng Anh" in text
    assert client.post(address, FEE | revision(draft)).status_code == 302
    assert document_of(draft)["fees"][0]["amount"] == 8000
    tried = client.get(page(draft, "phan/fees/?thu_channel=counter&thu_case=ordinary"))
    assert "8.000" in tried.content.decode(), tried.context["trial"]


def test_an_expression_is_judged_in_words(client: Client, draft: ProcedureDraft) -> None:
    def judged(text: str) -> str:
        answer = client.post(page(draft, "bieu-thuc/"), {"checked": "when", "when": text})
        return answer.content.decode()

    assert "“Họ, chữ đệm, tên”" in judged("requester_name != ''")
    assert "Không có trường hoặc biến nào tên “nguoi”" in judged("nguoi == 'a'")
    assert "Dòng 1, cột" in judged("requester_name ==")


def test_rows_are_ordered_copied_and_removed_by_buttons(
    client: Client, draft: ProcedureDraft
) -> None:
    for name in ("one", "two"):
        number = len(document_of(draft)["fees"])
        client.post(page(draft, f"phan/fees/{number}/"), FEE | {"id": name} | revision(draft))

    def press(verb: str, number: int) -> list[str]:
        address = page(draft, f"phan/fees/{number}/sap-xep/")
        client.post(address, {"verb": verb} | revision(draft))
        return [row["id"] for row in document_of(draft)["fees"]]

    assert press("down", 0) == ["two", "one"]
    assert press("up", 0) == ["two", "one"]
    assert press("copy", 0) == ["two", "two_2", "one"]
    assert press("remove", 1) == ["two", "one"]
    client.post(page(draft, "hoan-tac/"), {"verb": "undo", "back": "//evil.example/"})
    assert len(document_of(draft)["fees"]) == 3


def test_saving_as_one_types_answers_with_the_new_revision(
    client: Client, draft: ProcedureDraft
) -> None:
    address = page(draft, "phan/agencies/")
    typed = {"level": "commune", "decides": "committee", "autosave": "1"}
    saved = client.post(address, typed | {"competent_commune": "'26740'"} | revision(draft))
    assert saved.json()["revision"] == 2
    assert document_of(draft)["competent_commune"] == "'26740'"
    refused = client.post(address, typed | {"level": ""} | revision(draft))
    assert refused.status_code == 422
    assert refused.json()["errors"]["level"]


def test_somebody_faster_keeps_both(
    client: Client, draft: ProcedureDraft, people: tuple[Actor, Actor]
) -> None:
    old = revision(draft)
    client.post(page(draft, "phan/fees/0/"), FEE | old)
    answer = client_of(people[1]).post(page(draft, "phan/fees/0/"), FEE | {"id": "mine"} | old)
    assert answer.status_code == 409
    assert 'value="mine"' in answer.content.decode()
    assert [row["id"] for row in document_of(draft)["fees"]] == ["paper"]


def test_hand_in_refuse_oneself_and_publish_by_another(
    client: Client, draft: ProcedureDraft, people: tuple[Actor, Actor]
) -> None:
    tomorrow = today() + dt.timedelta(days=1)
    decide = page(draft, "duyet/quyet-dinh/")
    late = client.post(decide, {"verb": "submit", "valid_from": "2020-01-01"} | revision(draft))
    assert late.status_code == 422
    given = {"verb": "submit", "valid_from": tomorrow.isoformat()} | revision(draft)
    assert client.post(decide, given).status_code == 302
    assert client.post(decide, {"verb": "approve"} | revision(draft)).status_code == 403
    second = client_of(people[1])
    assert second.post(decide, {"verb": "reject", "reason": ""}).status_code == 422
    assert second.post(decide, {"verb": "approve"} | revision(draft)).status_code == 302
    assert version_in_force("9.000001", tomorrow).name == "Cấp giấy thử"


def test_a_package_file_goes_round_and_a_bad_one_says_why(
    client: Client, draft: ProcedureDraft
) -> None:
    content = client.get(page(draft, "goi.zip")).content
    assert content == write_archive(document_of(draft))
    given = {"way": "file", "file": SimpleUploadedFile("goi.zip", content)}
    address = client.post(f"{ROOT}bat-dau/", given)["Location"]
    again = ProcedureDraft.objects.order_by("-id")[0]
    assert str(again.uid) in address
    assert document_of(again) == document_of(draft)
    bad = {"way": "file", "file": SimpleUploadedFile("goi.zip", json.dumps({}).encode())}
    answer = client.post(f"{ROOT}bat-dau/", bad)
    assert answer.status_code == 422
    assert "không phải tệp .zip lành lặn" in answer.content.decode()
