"""A paper given once is offered again, and belongs to its owner alone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.casework.access.public import SYSTEM
from motcua.casework.attachments.public import Attachment, receive_upload, stored_offers
from motcua.casework.attachments.tests.samples import pdf
from motcua.casework.cases.public import Case
from motcua.casework.ledger.public import entries
from motcua.casework.people.public import Account, Party
from motcua.casework.testing.makers import make_citizen
from motcua.foundation.outbox.public import run_until_idle
from motcua.subsystems.applications.drafting import begin
from motcua.subsystems.applications.public import dossier_report
from motcua.subsystems.applications.tests.world import World, make_world
from motcua.subsystems.papers.models import Look, StoredPaper
from motcua.subsystems.papers.rules import same_kind, still_valid
from motcua.subsystems.papers.services import keep_papers
from motcua.subsystems.procedures.public import all_components, version_in_force

pytestmark = pytest.mark.django_db
CODE = "1.004873"


@pytest.fixture
def world(working_morning: dt.datetime) -> World:
    return make_world((CODE,))


def client_of(actor: object) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))  # type: ignore[attr-defined]
    return client


def paper_id() -> str:
    return "residence"


def stored(world: World) -> tuple[str, StoredPaper]:
    """A dossier with one paper, accepted; what the store holds of it."""
    receive_upload(
        actor=world.citizen, file=SimpleUploadedFile("giay.pdf", pdf()), component_code=paper_id(),
        draft_key="d1",
    )  # fmt: skip
    uid = world.file(draft_key="d1")
    world.do("clerk", uid, "accept")
    run_until_idle()
    return uid, StoredPaper.objects.get(source="given")


def test_given_once_offered_again(world: World) -> None:
    uid, paper = stored(world)
    assert (paper.owner_id, paper.kind) == (world.citizen.party_id, "copy")
    keep_papers(actor=SYSTEM, case_id=paper.case_id)
    assert StoredPaper.objects.count() == 1
    lan = client_of(world.citizen)
    page = lan.get("/kho-giay-to/").content.decode()
    assert paper.name in page
    assert Case.objects.get(uid=uid).code in page
    wanted = {paper_id(): paper.name}
    assert [offer.uid for offer in stored_offers(world.citizen, wanted)[paper_id()]] == [paper.uid]


def test_used_again_from_the_papers_step(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _uid, paper = stored(world)
    from motcua.subsystems.applications import drafting

    package = version_in_force(CODE, dt.date(2026, 11, 18)).document
    needed = tuple(p for p in all_components(package) if p.id == paper_id())
    monkeypatch.setattr(drafting.Work, "papers", lambda work: needed)
    work = begin(world.citizen, CODE)
    url = f"/thu-tuc/{CODE}/nop/{work.key}/giay-to/"
    lan = client_of(world.citizen)
    value = f"stored:{paper_id()}:{paper.uid}"
    assert value in lan.get(url).content.decode()
    assert lan.post(url, {"_action": value}).status_code == 302
    taken = Attachment.objects.get(draft_key=work.draft_key)
    assert (taken.blob_id, taken.source, taken.reused_from_id) == (
        paper.sha256, "store", paper.attachment_id,
    )  # fmt: skip
    assert value not in lan.get(url).content.decode()
    again = world.file(draft_key=work.draft_key)
    report = dossier_report(Case.objects.get(uid=again).pk)
    assert [given.reused for given in report.papers] == [True]
    assert Case.objects.get(uid=again).code in lan.get("/kho-giay-to/").content.decode()
    verbs = [entry.verb for entry in entries(f"papers:{paper.owner_id}")]
    assert verbs == ["papers.keep", "papers.reuse"]
    lan.post(f"/kho-giay-to/{paper.uid}/", {"_action": "forbid"})
    other = begin(world.citizen, CODE)
    url = f"/thu-tuc/{CODE}/nop/{other.key}/giay-to/"
    assert lan.post(url, {"_action": value}).status_code == 422
    assert not Attachment.objects.filter(draft_key=other.draft_key).exists()


def test_the_owner_alone(world: World) -> None:
    _uid, paper = stored(world)
    page = f"/kho-giay-to/{paper.uid}/"
    assert "/login/" in Client().get("/kho-giay-to/").url
    for actor in (make_citizen("Lê Văn Minh"), world.clerk, world.consulted):
        other = client_of(actor)
        assert paper.name not in other.get("/kho-giay-to/").content.decode()
        assert other.post(page, {"_action": "hide"}).status_code == 404
        assert stored_offers(actor, {"x": paper.name}) == {}
    lan = client_of(world.citizen)
    assert lan.post(page, {"_action": "burn"}).status_code == 404
    assert lan.post(page, {"_action": "hide"}).status_code == 302
    assert paper.name not in lan.get("/kho-giay-to/").content.decode()
    assert paper.name in lan.get("/kho-giay-to/?an").content.decode()
    assert stored_offers(world.citizen, {"x": paper.name}) == {}


def test_an_official_who_looks_is_seen(world: World) -> None:
    _uid, paper = stored(world)
    assert paper.attachment is not None
    clerk = client_of(world.clerk)
    file = reverse("attachments:original", args=[paper.attachment.uid])
    assert clerk.get(file).status_code == clerk.get(file).status_code == 200
    assert client_of(world.consulted).get(file).status_code == 404
    assert Look.objects.count() == 1
    assert "Cán bộ clerk" in client_of(world.citizen).get("/kho-giay-to/").content.decode()


def test_nothing_for_who_is_not_proven(world: World) -> None:
    Party.objects.filter(pk=world.citizen.party_id).update(identity_proven=False)
    receive_upload(
        actor=world.citizen, file=SimpleUploadedFile("giay.pdf", pdf()), component_code=paper_id(),
        draft_key="d1",
    )  # fmt: skip
    uid = world.file(draft_key="d1")
    world.do("clerk", uid, "accept")
    run_until_idle()
    assert not StoredPaper.objects.exists()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Giấy chứng sinh", "GIẤY CHỨNG SINH (bản chính)", True),
        ("Giấy xác nhận tình trạng hôn nhân còn hạn", "Giấy xác nhận tình trạng hôn nhân", True),
        ("Đơn", "Đơn đăng ký", False),
        ("Giấy chứng sinh", "Giấy chứng tử", False),
        ("", "Giấy chứng sinh", False),
    ],
)
def test_names_of_the_same_kind(one: str, other: str, same: bool) -> None:
    assert same_kind(one, other) is same


def test_a_paper_runs_out() -> None:
    day = dt.date(2026, 11, 18)
    assert still_valid(None, day)
    assert still_valid(day, day)
    assert not still_valid(day - dt.timedelta(days=1), day)


def test_a_sealed_result_is_kept_and_used_again(world: World) -> None:
    uid = world.file()
    world.do("clerk", uid, "accept")
    world.do("clerk", uid, "forward")
    world.do("officer", uid, "propose_online")
    world.do("citizen", uid, "confirm_draft")
    world.do("division", uid, "approve")
    world.do("leader", uid, "sign")
    world.do("records", uid, "issue")
    run_until_idle()
    kept = StoredPaper.objects.get(source="result")
    assert kept.document is not None
    assert (kept.number, kept.sha256) == (kept.document.full_number, kept.document.sha256)
    lan = client_of(world.citizen)
    assert kept.number in lan.get("/kho-giay-to/").content.decode()
    work = begin(world.citizen, CODE)
    work.answers |= {"had_previous": "yes", "previous_returned": "yes"}
    work.keep()
    papers = f"/thu-tuc/{CODE}/nop/{work.key}/giay-to/"
    value = f"stored:old_certificate:{kept.uid}"
    assert value in lan.get(papers).content.decode()
    lan.post(papers, {"_action": value})
    taken = Attachment.objects.get(draft_key=work.draft_key)
    assert (taken.blob_id, taken.kind, taken.source) == (kept.sha256, "electronic", "store")
    view = reverse("attachments:original", args=[taken.uid])
    assert lan.get(view).status_code == 200
