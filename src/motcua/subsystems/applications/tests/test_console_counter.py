"""Receiving at the counter, from the procedure to Form 01."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from motcua.casework.cases.public import Case
from motcua.casework.forms.public import one_screen
from motcua.casework.ledger.public import entries
from motcua.casework.people.public import Party
from motcua.subsystems.applications.models import Application, Slip
from motcua.subsystems.applications.tests.console import client_of
from motcua.subsystems.applications.tests.world import MARITAL, World, make_world

pytestmark = pytest.mark.django_db
PERSON = {
    "_step": "counter-applicant",
    "_action": "next",
    "identity_number": "079190001234",
    "full_name": "Trần Thị Lan",
    "birth_date_day": "3",
    "birth_date_month": "2",
    "birth_date_year": "1990",
    "phone": "0901234567",
    "address.commune": "26740",
    "address.line": "12 Lê Lợi",
    "channel": "counter",
}


@pytest.fixture
def world(working_morning: dt.datetime) -> World:
    return make_world()


def _typed(step: Any, answers: dict[str, Any]) -> dict[str, Any]:
    """What a browser posts for the fields of a screen."""
    sent: dict[str, Any] = {"_step": step.id, "_action": "next"}
    for name in step.fields:
        value = answers.get(name)
        if value is None:
            continue
        if isinstance(value, dict):
            sent |= {f"{name}.{part}": text for part, text in value.items()}
        elif isinstance(value, bool):
            sent[name] = "true" if value else ""
        elif re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
            year, month, day = str(value).split("-")
            sent |= {f"{name}_year": year, f"{name}_month": month, f"{name}_day": day}
        else:
            sent[name] = str(value)
    return sent


def begin(clerk: Client) -> str:
    response = clerk.post("/console/tiep-nhan/bat-dau/", {"procedure": "1.004873"})
    return str(response["Location"]).removesuffix("nguoi-nop/")


def fill(clerk: Client, base: str, person: dict[str, str] = PERSON) -> None:
    response = clerk.post(f"{base}nguoi-nop/", person)
    assert response.status_code == 302, response.content.decode()
    fill_form(clerk, str(response["Location"]))


def fill_form(clerk: Client, address: str) -> None:
    """The whole e-form on its one page."""
    from motcua.subsystems.applications.dossiers import form_of
    from motcua.subsystems.procedures.public import version_in_force

    form = form_of(version_in_force("1.004873", dt.date(2026, 11, 18)))
    answers = {**MARITAL, "result_channel": "counter"}
    assert address.endswith("to-khai/only/")
    sheet = one_screen(form, [name for step in form.steps for name in step.fields])
    revision = re.search(r'name="_revision" value="(\d+)"', clerk.get(address).content.decode())
    assert revision is not None
    sent = {**_typed(sheet.steps[0], answers), "_revision": revision.group(1)}
    response = clerk.post(address, sent)
    assert response.status_code == 302, response.content.decode()
    assert str(response["Location"]).endswith("giay-to/")


def test_from_the_person_to_an_accepted_dossier(world: World) -> None:
    clerk = client_of(world.clerk)
    base = begin(clerk)
    fill(clerk, base)
    page = clerk.get(f"{base}giay-to/")
    screen = page.context["screen"]
    assert "Trần Thị Lan" in page.content.decode()
    shown = [line.paper.id for line in screen.papers if line.paper.required]
    assert screen.fee.kind == "money"
    counts = {f"original-{shown[0]}": "1", f"copy-{shown[0]}": "2"}
    sent = {"key": screen.key, "file": "1", "accept": "on", "shown": shown, **counts}
    refused = clerk.post(f"{base}giay-to/", {**sent, "amount": "nhiều"})
    assert "Nhập mức thu bằng số đồng" in refused.content.decode()
    response = clerk.post(f"{base}giay-to/", {**sent, "amount": "15.000"})
    assert response.status_code == 302, response.content.decode()
    case = Case.objects.get()
    assert (case.state, case.channel) == ("received", "counter")
    application = Application.objects.get(pk=case.pk)
    assert application.fee_amount == 15_000
    assert application.assisted_by_id == world.clerk.account_id
    assert application.papers[shown[0]]["copy"] == 2
    row = json.loads(Slip.objects.get(form="01").data)["papers"][0]
    assert (row["original"], row["copy"]) == (1, 2)
    assert case.applicant is not None
    assert case.applicant.full_name == "Trần Thị Lan"
    done = str(response["Location"])
    assert "In giấy tiếp nhận" in clerk.get(done).content.decode()
    clerk.post(done)
    assert "BL 000001/2026" in clerk.get(f"/console/ho-so/{case.uid}/bien-lai/").content.decode()
    assert "Nộp hộ tại quầy" in clerk.get(f"/console/ho-so/{case.uid}/").content.decode()
    assert "Đang nhập dở" in clerk.get("/console/tiep-nhan/").content.decode()


def test_missing_papers_and_answers_are_named_with_their_places(world: World) -> None:
    clerk = client_of(world.clerk)
    base = begin(clerk)
    clerk.post(f"{base}nguoi-nop/", PERSON)
    response = clerk.post(f"{base}giay-to/", {"key": "k", "file": "1"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "#id_paper-identity" in page or "Giấy tờ" in page
    assert "/to-khai/" in page
    assert not Case.objects.exists()


def test_a_known_person_is_found_by_number_and_that_is_recorded(world: World) -> None:
    party = Party.objects.get(pk=world.citizen.party_id)
    clerk = client_of(world.clerk)
    base = begin(clerk)
    clerk.post(f"{base}nguoi-nop/", {"find": party.identity_number})
    assert party.full_name in clerk.get(f"{base}nguoi-nop/").content.decode()
    chain = f"lookups:{world.clerk.account_id}"
    assert [e.verb for e in entries(chain)] == ["people.look_up"]
    clerk.post(f"{base}nguoi-nop/", {"find": "079000000000"})
    page = clerk.get(f"{base}nguoi-nop/").content.decode()
    assert "Chưa có người này" in page
    assert "079000000000" in page


def test_errors_of_the_person_stand_at_their_fields(world: World) -> None:
    clerk = client_of(world.clerk)
    base = begin(clerk)
    response = clerk.post(f"{base}nguoi-nop/", {**PERSON, "identity_number": "123"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Nhập đủ 12 chữ số" in page
    assert 'value="Trần Thị Lan"' in page


def test_scans_stay_while_other_things_are_mended(world: World) -> None:
    clerk = client_of(world.clerk)
    base = begin(clerk)
    fill(clerk, base)
    paper = clerk.get(f"{base}giay-to/").context["screen"].papers[0]
    png = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(png, "PNG")
    bad = SimpleUploadedFile("virus.pdf", b"not a pdf at all", "application/pdf")
    assert clerk.post(f"{base}giay-to/", {paper.field: bad, "keep": "1"}).status_code == 422
    good = SimpleUploadedFile("the-can-cuoc.png", png.getvalue(), "image/png")
    response = clerk.post(f"{base}giay-to/", {paper.field: good, "keep": "1"})
    assert response.status_code == 302, response.content.decode()[:3000]
    assert "the-can-cuoc.png" in clerk.get(f"{base}giay-to/").content.decode()


CARD = "079190001234||Trần Thị Lan|03021990|Nữ|12 Lê Lợi, phường Sài Gòn, TP. HCM|01072021\r\n"


def test_a_scanned_card_and_a_few_letters_open_the_form(world: World) -> None:
    clerk = client_of(world.clerk)
    start = "/console/tiep-nhan/bat-dau/"
    several = clerk.post(start, {"procedure": "dang ky", "card": CARD})
    assert several.status_code == 422
    assert 'name="choice"' in several.content.decode()
    assert "079190001234" in several.content.decode()  # nothing typed is lost
    assert "Không có thủ tục nào khớp" in clerk.post(start, {"procedure": "xyz"}).content.decode()
    opened = clerk.post(start, {"procedure": "tinh trang hon", "card": CARD})
    address = str(opened["Location"])
    assert address.endswith("to-khai/only/")
    page = clerk.get(address).content.decode()
    for fact in ("Trần Thị Lan", "079190001234", "1990"):
        assert fact in page
    assert re.search(r'value="26740"[^>]* selected', page)
    by_number = clerk.post(start, {"procedure": "1.004873", "card": "079000000000"})
    assert str(by_number["Location"]).endswith("nguoi-nop/")  # a name is missing


def test_who_filed_for_somebody_stands_on_the_dossier(world: World) -> None:
    clerk = client_of(world.clerk)
    base = begin(clerk)
    helper = {"helper": "volunteer", "helper_name": "", "helper_identity": "079190009999",
              "helper_organisation": "Tổ công nghệ số cộng đồng"}  # fmt: skip
    wrong = clerk.post(f"{base}nguoi-nop/", {**PERSON, **helper})
    assert wrong.status_code == 422
    fill(clerk, base, {**PERSON, **helper, "helper_name": "Lê Văn Tám"})
    screen = clerk.get(f"{base}giay-to/").context["screen"]
    shown = [line.paper.id for line in screen.papers if line.paper.required]
    clerk.post(f"{base}giay-to/", {"key": screen.key, "file": "1", "accept": "on",
                                   "shown": shown, "amount": "0"})  # fmt: skip
    application = Application.objects.select_related("case").get()
    assert application.helper_identity == "079190009999"
    assert application.case.submitter_id == application.case.applicant_id
    slip = json.loads(Slip.objects.get(form="01").data)
    assert slip["helper"] == "Người hỗ trợ cộng đồng: Lê Văn Tám, Tổ công nghệ số cộng đồng"
    opening = entries(f"case:{application.case_id}")[0]
    assert opening.after["helper"] == "volunteer"
    assert "Lê Văn Tám" not in str(opening.after)
    party = Party.objects.get(pk=application.case.applicant_id)
    assert party.full_name == "Trần Thị Lan"
    page = clerk.get(f"/console/ho-so/{application.case.uid}/").content.decode()
    assert "Lê Văn Tám" in page


def test_an_authorised_representative_is_the_submitter(world: World) -> None:
    clerk = client_of(world.clerk)
    base = begin(clerk)
    fill(clerk, base, {**PERSON, "helper": "representative", "helper_name": "Lê Văn Tám",
                       "helper_identity": "079190009999"})  # fmt: skip
    screen = clerk.get(f"{base}giay-to/").context["screen"]
    shown = [line.paper.id for line in screen.papers if line.paper.required]
    clerk.post(f"{base}giay-to/", {"key": screen.key, "file": "1", "shown": shown})
    case = Case.objects.select_related("submitter", "applicant").get()
    assert case.submitter is not None
    assert case.submitter.full_name == "Lê Văn Tám"
    assert case.applicant is not None
    assert case.applicant.full_name == "Trần Thị Lan"


def test_only_the_counter_receives(world: World) -> None:
    assert client_of(world.officer).get("/console/tiep-nhan/").status_code == 403
    clerk = client_of(world.clerk)
    assert clerk.post("/console/tiep-nhan/bat-dau/", {"procedure": "zz"}).status_code == 422
