"""A paper at the counter becomes a signed file with data, in the dossier and in the store."""

from __future__ import annotations

import datetime as dt
import io

import pypdfium2
import pytest
from PIL import Image

from motcua.casework.attachments.public import Attachment, Blob, read_bytes
from motcua.casework.cases.public import Case
from motcua.casework.issuing.public import verify
from motcua.casework.ledger.public import entries
from motcua.casework.people.public import Party
from motcua.casework.testing.makers import make_official
from motcua.foundation.outbox.public import run_until_idle
from motcua.subsystems.applications.tests.console import client_of
from motcua.subsystems.applications.tests.world import World, make_world
from motcua.subsystems.papers.models import PaperScan, StoredPaper
from motcua.subsystems.papers.rules import arranged, with_new_sheets
from motcua.subsystems.papers.tests.counter import INDEX, filing, give_key, papers_page, photo

pytestmark = pytest.mark.django_db
PAPER = "residence"


@pytest.fixture
def world(working_morning: dt.datetime) -> World:
    made = make_world(("1.004873",))
    give_key(made, made.clerk)
    return made


def test_from_the_scanner_to_the_store(world: World) -> None:
    clerk = client_of(world.clerk)
    papers = papers_page(clerk)
    sent = clerk.post(papers, {"digitise": PAPER, f"paper-{PAPER}": [photo("1"), photo("2")]})
    page = str(sent["Location"])
    assert page.startswith("/console/so-hoa/")
    shown = clerk.get(page)
    scan = PaperScan.objects.get()
    assert (scan.holder_name, [s.number for s in shown.context["sheets"]]) == (
        "Trần Thị Lan",
        [1, 2],
    )
    assert shown.context["coarse"]
    clerk.post(page, {**INDEX, "_do": "turn:0"})
    clerk.post(page, {**INDEX, "_do": "down:0"})
    clerk.post(page, {**INDEX, "_do": "save", "camera": photo("3")})
    clerk.post(page, {**INDEX, "_do": "out:0"})
    picture = Image.open(io.BytesIO(clerk.get(f"{page}trang/0").content))
    assert picture.size[0] > picture.size[1]
    wrong = clerk.post(page, {**INDEX, "issued_on_day": "31", "_do": "sign"})
    assert wrong.status_code == 422
    assert 'value="31"' in wrong.content.decode()
    done = clerk.post(page, {**INDEX, "_do": "sign"})
    assert done["Location"] == papers

    file = Attachment.objects.get(component_code=PAPER, withdrawn_at=None)
    assert (file.kind, file.source, file.digitised_by_id) == (
        "original", "scan", world.clerk.account_id,
    )  # fmt: skip
    assert file.blob.scan_state == Blob.Scan.MADE
    pdf = read_bytes(file.blob_id)
    assert [found.signer for found in verify(pdf).signatures] == ["Cán bộ clerk (DEMO)"]
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_bounded()
    assert (len(document), "BẢN SỐ HÓA" in text, "Đã đối chiếu" in text) == (2, True, True)
    assert b"pdfaid:part" in pdf
    assert clerk.post(page, {**INDEX, "_do": "sign"}).status_code == 409

    screen = clerk.get(papers)
    assert "Đã số hóa, ký số" in screen.content.decode()
    filed = clerk.post(papers, filing(screen.context["screen"]))
    assert filed.status_code == 302, filed.content.decode()
    run_until_idle()
    kept = StoredPaper.objects.get(source="scanned")
    assert (kept.number, kept.kind_code, kept.issuer) == (
        INDEX["number"], INDEX["kind_code"], INDEX["issuer"],
    )  # fmt: skip
    assert (kept.valid_until, kept.compared) == (dt.date(2027, 3, 3), True)
    assert kept.case == Case.objects.get()
    verbs = [e.verb for e in entries(f"agency:{world.centre.pk}") if e.verb.startswith("papers.")]
    assert verbs == ["papers.begin_scan", "papers.sign_scan"]


def test_another_clerk_and_one_who_left_find_nothing(world: World) -> None:
    clerk = client_of(world.clerk)
    page = str(clerk.post(papers_page(clerk), {"digitise": PAPER})["Location"])
    other = make_official(world.centre, "receiving_clerk")
    for actor in (other, world.officer, world.citizen):
        client = client_of(actor)
        assert client.get(page).status_code in {302, 404}
        assert client.post(page, {**INDEX, "_do": "sign"}).status_code in {302, 403, 404}
        assert client.get(f"{page}trang/0").status_code in {302, 404}
    assert PaperScan.objects.get().state == "open"
    assert clerk.get(f"{page}trang/0").status_code == 404
    empty = clerk.post(page, {**INDEX, "_do": "sign"})
    assert empty.status_code == 422
    assert "ít nhất một trang" in empty.content.decode()


def test_without_a_certificate_nothing_is_lost(world: World) -> None:
    head = client_of(world.head)
    page = str(head.post(papers_page(head), {"digitise": PAPER})["Location"])
    refused = head.post(page, {**INDEX, "_do": "sign", "files": photo()})
    assert refused.status_code == 422
    assert "khóa ký số" in refused.content.decode()
    scan = PaperScan.objects.get()
    assert (scan.state, scan.number, scan.blob_id) == ("open", INDEX["number"], None)
    assert Party.objects.filter(identity_proven=True).exists()


@pytest.mark.parametrize(
    ("verb", "place", "then"),
    [
        ("up", 1, "bac"), ("up", 0, "abc"), ("down", 2, "abc"), ("down", 0, "bac"),
        ("out", 1, "ac"), ("turn", 0, "abc"), ("fly", 0, "abc"), ("up", 9, "abc"),
    ],
)  # fmt: skip
def test_sheets_are_arranged(verb: str, place: int, then: str) -> None:
    rows = with_new_sheets([], {"a": 1, "b": 1, "c": 1})
    after = arranged(rows, verb, place)
    assert "".join(row["file"] for row in after if not row["out"]) == then
    assert after[0]["turn"] == (90 if verb == "turn" else 0)


def test_new_scans_come_last_and_lost_ones_go() -> None:
    first = arranged(with_new_sheets([], {"a": 2}), "out", 0)
    then = with_new_sheets(first, {"a": 2, "b": 1})
    assert [(r["file"], r["page"], r["out"]) for r in then] == [
        ("a", 1, True), ("a", 2, False), ("b", 1, False),
    ]  # fmt: skip
    assert [r["file"] for r in with_new_sheets(then, {"b": 1})] == ["b"]
