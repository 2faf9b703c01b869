"""The builder of e-forms and the drawing of processes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.forms.public import check_form
from motcua.subsystems.procedure_editor import services
from motcua.subsystems.procedure_editor.models import ProcedureDraft
from motcua.subsystems.procedure_editor.rules.form_edits import (
    WIDGETS,
    add_field,
    add_step,
    facts_of_field,
    move_field,
    remove_field,
    remove_step,
    with_field,
)
from motcua.subsystems.procedure_editor.tests.office import (
    administrators,
    client_of,
    complete,
    document_of,
)

LABEL = {"vi": "Tên con vật", "en": "Name of the animal"}


def names(form: dict[str, Any]) -> list[list[str]]:
    return [step["fields"] for step in form["steps"]]


@pytest.mark.parametrize("widget", [value for value, _text in WIDGETS])
def test_every_way_of_answering_gives_a_form_that_may_be_published(widget: str) -> None:
    form = add_field(complete()["form"], 1, widget, LABEL)
    assert names(form)[1] == ["result_channel", "truthful", "ten_con_vat"]
    assert not check_form(form)
    facts = facts_of_field(form, "ten_con_vat")
    assert with_field(form, "ten_con_vat", facts) == form
    for other, _text in WIDGETS:
        assert not check_form(with_field(form, "ten_con_vat", facts | {"widget": other})), other


def test_questions_move_within_and_across_steps_and_vanish_everywhere() -> None:
    form = add_step(complete()["form"], {"vi": "Con vật", "en": "Animal"})
    assert names(form)[2] == ["cau_hoi_moi"]
    up = move_field(move_field(form, "truthful", -1), "truthful", -1)
    assert names(up)[0][-1] == "truthful"
    gone = remove_field(form, "cau_hoi_moi")
    assert len(gone["steps"]) == 2
    assert "cau_hoi_moi" not in gone["schema"]["properties"]
    assert "cau_hoi_moi" not in gone["schema"]["required"]
    assert remove_step(form, 2) == gone
    assert not check_form(gone)


@pytest.fixture
def draft(db: None) -> ProcedureDraft:
    editor, _second = administrators()
    row = services.start_draft(actor=editor, document=complete())
    row.client = client_of(editor)  # type: ignore[attr-defined]
    return row


def test_build_a_form_by_buttons(draft: ProcedureDraft) -> None:
    client: Client = draft.client  # type: ignore[attr-defined]
    root = f"/console/soan-thu-tuc/{draft.uid}/to-khai/"

    def press(do: str, **more: str) -> None:
        draft.refresh_from_db()
        data = {"do": do, "revision": str(draft.revision), **more}
        assert client.post(f"{root}sap-xep/", data).status_code == 302

    press("add_field:1", vi="Loài", en="Species", widget="radio")
    press("up:loai")
    assert names(document_of(draft)["form"])[1] == ["result_channel", "loai", "truthful"]
    draft.refresh_from_db()
    typed = {
        "revision": str(draft.revision), "label.vi": "Loài vật", "label.en": "Species",
        "widget": "radio", "options": "cat | Mèo | Cat\ndog | Chó",
        "visible": "requester_name != ''",
    }  # fmt: skip
    shown = client.post(f"{root}cau/loai/", typed | {"preview": "1"}).content.decode()
    assert "Loài vật" in shown
    assert "Mèo" in shown
    assert document_of(draft)["form"]["fields"]["loai"]["label"]["vi"] == "Loài"
    wrong = client.post(f"{root}cau/loai/", typed | {"options": "cat"})
    assert wrong.status_code == 422
    assert "Dòng 1: cần" in wrong.content.decode()
    assert client.post(f"{root}cau/loai/", typed).status_code == 302
    words = document_of(draft)["form"]["fields"]["loai"]
    assert words["options"][1] == {"value": "dog", "label": {"vi": "Chó", "en": "Chó"}}
    assert "loai" not in document_of(draft)["form"]["schema"]["required"]
    assert "Loài vật" in client.get(f"{root}?buoc=finish").content.decode()


def test_the_raw_form_names_the_line_of_a_fault(draft: ProcedureDraft) -> None:
    client: Client = draft.client  # type: ignore[attr-defined]
    address = f"/console/soan-thu-tuc/{draft.uid}/to-khai/json/"
    wrong = client.post(address, {"text": '{\n "id": 1,,\n}', "revision": "1"})
    assert "dòng 2, cột 10" in wrong.content.decode()
    form = document_of(draft)["form"] | {"title": {"vi": "Tờ khai thử", "en": "Trial"}}
    assert client.post(address, {"text": json.dumps(form), "revision": "1"}).status_code == 302
    assert document_of(draft)["form"]["title"]["vi"] == "Tờ khai thử"


def test_the_table_changes_steps_and_the_limit_is_held(draft: ProcedureDraft) -> None:
    client: Client = draft.client  # type: ignore[attr-defined]
    root = f"/console/soan-thu-tuc/{draft.uid}/quy-trinh/"
    row = {
        "examine.name": "Thẩm định", "examine.name_en": "Examine", "examine.role": "case_officer",
        "examine.unit": "competent", "revision": "1",
    }  # fmt: skip
    bad = client.post(f"{root}bang/", row | {"examine.hours": "lâu", "examine.role": "vua"})
    assert bad.status_code == 422
    assert 'value="lâu"' in bad.content.decode()
    assert client.post(f"{root}bang/", row | {"examine.hours": "400"}).status_code == 302
    page = client.get(root)
    assert "vượt thời hạn" in page.content.decode()
    step = next(s for s in document_of(draft)["process"]["steps"] if s["id"] == "examine")
    assert step["hours"] == 400


def test_a_drawing_keeps_its_places_and_a_faulty_one_is_not_lost(draft: ProcedureDraft) -> None:
    client: Client = draft.client  # type: ignore[attr-defined]
    root = f"/console/soan-thu-tuc/{draft.uid}/quy-trinh/"
    before = document_of(draft)["process"]
    xml = client.get(f"{root}so-do.bpmn").content.decode()
    moved = xml.replace('x="', 'x="1')
    told = client.post(f"{root}ve/", {"xml": moved, "revision": "1"}).json()
    assert told["faults"] == []
    assert client.get(f"{root}so-do.bpmn").content.decode() == moved
    renamed = moved.replace("Lãnh đạo ký", "Chủ tịch ký")
    told = client.post(f"{root}ve/", {"xml": renamed, "revision": "1"}).json()
    assert told["revision"] == 2
    sign = next(s for s in document_of(draft)["process"]["steps"] if s["id"] == "sign")
    assert sign["name"]["vi"] == "Chủ tịch ký"
    assert before["start"] == document_of(draft)["process"]["start"]
    broken = renamed.replace("bpmn:userTask", "bpmn:scriptTask")
    told = client.post(f"{root}ve/", {"xml": broken, "revision": "2"}).json()
    assert any("chưa được hỗ trợ" in fault["text"] for fault in told["faults"])
    draft.refresh_from_db()
    assert draft.revision == 2
    assert client.get(f"{root}so-do.bpmn").content.decode() == broken
    whole = SimpleUploadedFile("p.bpmn", xml.encode())
    assert client.post(f"{root}ve/", {"file": whole, "revision": "2"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.revision, draft.drawing_faulty) == (3, False)
