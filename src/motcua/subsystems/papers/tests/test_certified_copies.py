"""A certified electronic copy: scanned at the counter, signed, sealed, verifiable, used again."""

from __future__ import annotations

import datetime as dt
import io

import pypdfium2
import pytest
from django.test import Client

from motcua.casework.access.public import actor_of
from motcua.casework.attachments.public import ScanOrder, stored_offers
from motcua.casework.cases.public import Case
from motcua.casework.issuing.public import IssuedDocument, document_bytes, verify
from motcua.casework.people.public import Account, Party, PartyDetails
from motcua.foundation.errors import InvalidInput
from motcua.foundation.outbox.public import run_until_idle
from motcua.subsystems.applications.public import Filing, receive_at_counter
from motcua.subsystems.applications.tests.world import World, make_world
from motcua.subsystems.papers.indexing import read_typed
from motcua.subsystems.papers.models import StoredPaper
from motcua.subsystems.papers.services import add_sheets, begin_scan, describe, sign_paper
from motcua.subsystems.papers.tests.counter import give_key, photo

pytestmark = pytest.mark.django_db
CODE, PAPER, LAN = "2.000815", "original_scan", "079190001234"
ANSWERS = {
    "requester_name": "Trần Thị Lan",
    "requester_identity": LAN,
    "requester_birth_date": "1990-02-03",
    "requester_phone": "0901234567",
    "requester_address": {"commune": "26740", "line": "12 Lê Lợi"},
    "paper_name": "Giấy khai sinh",
    "paper_number": "15/2015",
    "paper_issuer": "UBND phường Bến Nghé",
    "paper_foreign": "no",
    "pages": 2,
    "copies": 1,
    "copy_form": "electronic",
    "result_channel": "online",
    "truthful": True,
}


@pytest.fixture
def world(working_morning: dt.datetime) -> World:
    made = make_world((CODE,))
    give_key(made, made.clerk)
    return made


def filed(world: World, draft_key: str) -> str:
    filing = Filing(
        procedure_code=CODE, answers=ANSWERS, receiving_agency_id=world.centre.pk,
        draft_key=draft_key, papers_shown=("original", PAPER),
    )  # fmt: skip
    lan = PartyDetails(full_name="Trần Thị Lan", identity_number=LAN, birth_date="1990-02-03")
    return str(receive_at_counter(actor=world.clerk, filing=filing, applicant=lan)["uid"])


def digitise(world: World, draft_key: str) -> None:
    order = ScanOrder(
        draft_key=draft_key, component_code=PAPER, name="Giấy khai sinh",
        agency_id=world.centre.pk,
    )  # fmt: skip
    scan = begin_scan(actor=world.clerk, order=order)
    add_sheets(actor=world.clerk, uid=scan.uid, files=[photo("1"), photo("2", (420, 300))])
    typed = read_typed(
        {
            "name": "Giấy khai sinh",
            "kind_code": "giay-khai-sinh",
            "number": "15/2015",
            "issuer": "UBND phường Bến Nghé",
            "compared": "on",
        }
    )
    describe(actor=world.clerk, uid=scan.uid, typed=typed)
    sign_paper(actor=world.clerk, uid=scan.uid)


def test_from_the_original_to_the_sealed_copy_and_its_use(world: World) -> None:
    with pytest.raises(InvalidInput) as refused:
        filed(world, "copy-0")
    assert f"paper-{PAPER}" in refused.value.fields
    digitise(world, "copy-1")
    uid = filed(world, "copy-1")
    for who, action in (("clerk", "accept"), ("clerk", "forward"), ("officer", "propose"),
                        ("leader", "sign"), ("records", "issue")):  # fmt: skip
        world.do(who, uid, action)
    run_until_idle()
    case = Case.objects.get(uid=uid)
    document = IssuedDocument.objects.get(case=case, template="results/certified-e-copy")
    assert document.state == "sealed"
    assert document.full_number == "01/SCT/BS"
    pdf = document_bytes(document)
    report = verify(pdf)
    assert len(report.signatures) == 2
    made = pypdfium2.PdfDocument(io.BytesIO(pdf))
    texts = [page.get_textpage().get_text_bounded() for page in made]
    assert len(texts) == 3
    assert "BẢN SAO ĐIỆN TỬ" in texts[0]
    assert "đúng với bản chính" in texts[2]
    assert made[1].get_width() > made[1].get_height()
    made.close()
    public = Client().get(f"/verify/{document.code}/").content.decode()
    assert "01/SCT/BS" in public
    assert "Trần Thị Lan" not in public

    kept = StoredPaper.objects.get(source="result")
    assert (kept.kind, kept.kind_code, kept.number) == ("certified", "giay-khai-sinh", "15/2015")
    account = Account.objects.create(
        username="lan", kind="citizen", display_name="Lan", created_at=case.opened_at,
        party=Party.objects.get(pk=kept.owner_id),
    )  # fmt: skip
    offers = stored_offers(actor_of(account), {"x": "Giấy khai sinh hoặc Giấy chứng sinh"})
    assert kept.uid in [offer.uid for offer in offers["x"]]
