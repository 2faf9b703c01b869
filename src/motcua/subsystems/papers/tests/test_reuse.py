"""A paper given once is asked for nowhere again, and its owner sees and allows every use."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.casework.attachments.public import Attachment, receive_upload
from motcua.casework.attachments.tests.samples import pdf
from motcua.casework.cases.public import Case
from motcua.casework.people.public import Party
from motcua.casework.testing.makers import make_official
from motcua.foundation.crypto import keyed_hash
from motcua.foundation.outbox.public import run_until_idle
from motcua.subsystems.applications.drafting import begin as begin_online
from motcua.subsystems.applications.tests.console import client_of
from motcua.subsystems.applications.tests.world import World, make_world
from motcua.subsystems.national_portal.files import file_address
from motcua.subsystems.papers.kinds import codes_for, kinds
from motcua.subsystems.papers.models import Consent, Look, ShareCode, StoredPaper
from motcua.subsystems.papers.rules import lasts_until, months_later
from motcua.subsystems.papers.tests.counter import filing, papers_page

pytestmark = pytest.mark.django_db
PAPER, CODE, LAN = "residence", "1.004873", "079190001234"
ON = dt.date(2026, 11, 18)
BYTES = pdf()


@pytest.fixture
def world(working_morning: dt.datetime) -> World:
    made = make_world((CODE,))
    party = Party.objects.get(pk=made.citizen.party_id)
    party.identity_number, party.identity_hash = LAN, keyed_hash(LAN)
    party.save()
    return made


def kept(world: World) -> StoredPaper:
    """Lan gave a paper online; it is in her store."""
    receive_upload(
        actor=world.citizen, file=SimpleUploadedFile("giay.pdf", BYTES), component_code=PAPER,
        draft_key="d1",
    )  # fmt: skip
    world.do("clerk", world.file(draft_key="d1"), "accept")
    run_until_idle()
    return StoredPaper.objects.get(source="given")


def test_at_the_counter_with_consent(world: World, django_assert_max_num_queries: Any) -> None:
    paper, clerk, lan = kept(world), client_of(world.clerk), client_of(world.citizen)
    page = papers_page(clerk)
    take = {"take": f"{PAPER}:{paper.uid}"}
    before = clerk.get(page)
    assert "Người nộp đồng ý cho xem" in before.content.decode()
    assert str(paper.uid) not in before.content.decode()
    assert "không dùng lại được" in clerk.post(page, take).content.decode()
    clerk.post(page, {"agree": "1"})
    with django_assert_max_num_queries(21):
        after = clerk.get(page)
    assert str(paper.uid) in after.content.decode()
    assert clerk.post(page, take).status_code == 302
    taken = Attachment.objects.get(owner_id=world.clerk.account_id, withdrawn_at=None)
    assert (taken.source, taken.blob_id, taken.reused_from_id) == (
        "store", paper.sha256, paper.attachment_id,
    )  # fmt: skip
    assert clerk.post(page, filing(clerk.get(page).context["screen"])).status_code == 302
    seen = lan.get("/kho-giay-to/").content.decode()
    assert "Cán bộ clerk" in seen
    assert Case.objects.order_by("-pk")[0].code in seen

    again = papers_page(clerk)
    assert str(paper.uid) not in clerk.get(again).content.decode()
    clerk.post(again, {"agree": "1"})
    newest = Consent.objects.order_by("-pk")[0]
    stranger = client_of(make_official(world.centre, "receiving_clerk"))
    assert str(paper.uid) not in stranger.get(again).content.decode()
    assert lan.post(f"/kho-giay-to/dong-y/{newest.uid}/thu-hoi/").status_code == 302
    assert str(paper.uid) not in clerk.get(again).content.decode()
    assert "không dùng lại được" in clerk.post(again, take).content.decode()


def test_expired_is_shown_and_not_used(world: World) -> None:
    paper, clerk, lan = kept(world), client_of(world.clerk), client_of(world.citizen)
    paper.valid_until = ON - dt.timedelta(days=1)
    paper.save()
    assert "Đã hết hạn" in lan.get("/kho-giay-to/").content.decode()
    page = papers_page(clerk)
    clerk.post(page, {"agree": "1"})
    assert "Hết hạn 17/11/2026" in clerk.get(page).content.decode()
    assert f"{PAPER}:{paper.uid}" not in clerk.get(page).content.decode()
    assert "không dùng lại" in clerk.post(page, {"take": f"{PAPER}:{paper.uid}"}).content.decode()
    work = begin_online(world.citizen, CODE)
    url = f"/thu-tuc/{CODE}/nop/{work.key}/giay-to/"
    assert lan.post(url, {"_action": f"stored:{PAPER}:{paper.uid}"}).status_code == 422
    assert lan.post(f"/kho-giay-to/{paper.uid}/", {"_action": "code"}).status_code == 404


def test_every_way_out_is_seen_by_the_owner(world: World) -> None:
    paper = kept(world)
    assert paper.attachment is not None
    head, lan = client_of(world.head), client_of(world.citizen)
    uid = paper.attachment.uid
    for way in (
        reverse("attachments:page", args=[uid, 1]),
        reverse("attachments:thumbnail", args=[uid]),
        reverse("attachments:original", args=[uid]),
    ):
        Look.objects.all().delete()
        assert head.get(way).status_code == 200
        assert [look.looker for look in Look.objects.all()] == [f"u:{world.head.account_id}"]
    Look.objects.all().delete()
    address = file_address("paper", str(uid)).partition("localhost")[2] or file_address(
        "paper", str(uid)
    )
    assert head.get("/" + address.split("/", 3)[-1]).status_code == 200
    assert [look.who for look in Look.objects.all()] == ["Cổng Dịch vụ công quốc gia"]
    Look.objects.all().delete()
    answer = lan.get(f"/kho-giay-to/{paper.uid}/tep?tai")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert not Look.objects.exists()
    for actor in (world.clerk, world.head, world.officer):
        assert client_of(actor).get(f"/kho-giay-to/{paper.uid}/tep").status_code == 404


def test_deleted_is_gone_from_the_store_alone(world: World) -> None:
    paper, lan = kept(world), client_of(world.citizen)
    page = f"/kho-giay-to/{paper.uid}/"
    StoredPaper.objects.update(source="scanned")
    assert lan.post(page, {"_action": "delete"}).status_code == 404
    StoredPaper.objects.update(source="given")
    assert lan.post(page, {"_action": "delete"}).status_code == 302
    assert paper.name not in lan.get("/kho-giay-to/").content.decode()
    assert lan.get(f"{page}tep").status_code == 404
    assert Attachment.objects.filter(case_id=paper.case_id, withdrawn_at=None).exists()
    receive_upload(
        actor=world.citizen, file=SimpleUploadedFile("giay.pdf", BYTES), component_code=PAPER,
        draft_key="d2",
    )  # fmt: skip
    world.do("clerk", world.file(draft_key="d2"), "accept")
    run_until_idle()
    paper.refresh_from_db()
    assert (paper.deleted_at, StoredPaper.objects.count()) == (None, 1)


def test_a_code_serves_once_and_only_while_open(world: World) -> None:
    from motcua.casework.attachments.public import take_stored_by_code
    from motcua.foundation.errors import NotFound

    paper, lan = kept(world), client_of(world.citizen)
    page = f"/kho-giay-to/{paper.uid}/"

    def code() -> str:
        return str(lan.post(page, {"_action": "code"}).context["code"])

    first, second = code(), code()
    assert first != second
    assert first not in lan.get("/kho-giay-to/").content.decode()

    def take(typed: str) -> Attachment:
        return take_stored_by_code(
            actor=world.head, code=typed, component_code=PAPER, draft_key="partner-1"
        )

    for bad in (first, "AAAAA-BBBBB", ""):
        with pytest.raises(NotFound):
            take(bad)
    assert take(second.lower().replace("-", " ")).blob_id == paper.sha256
    with pytest.raises(NotFound):
        take(second)
    assert ShareCode.objects.get(used_at__isnull=False).used_by_id == world.head.account_id
    assert Look.objects.get().who == "Cán bộ head"
    third = code()
    lan.post(page, {"_action": "forbid"})
    with pytest.raises(NotFound):
        take(third)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Giấy khai sinh hoặc Giấy chứng sinh", {"giay-khai-sinh", "giay-chung-sinh"}),
        ("Bản sao Giấy chứng nhận đăng ký kinh doanh", {"gcn-ho-kinh-doanh"}),
        ("Trích lục ghi chú ly hôn (ly hôn ở nước ngoài)", {"trich-luc-ghi-chu-ly-hon"}),
        ("Giấy uỷ quyền", {"van-ban-uy-quyen"}),
        ("Giấy ủy quyền", {"van-ban-uy-quyen"}),
        ("Đơn đề nghị cấp giấy phép xây dựng (Mẫu 01)", {"don-to-khai"}),
        ("Bản vẽ mặt bằng các tầng", set()),
    ],
)  # fmt: skip
def test_kinds_by_name(name: str, codes: set[str]) -> None:
    assert codes_for(name, ON) == codes


def test_kinds_are_told_apart_and_last_as_long_as_their_rule() -> None:
    named = {kind.code: kind for kind in kinds()}
    assert len(named) == len(kinds())
    marital = named["giay-xac-nhan-tinh-trang-hon-nhan"]
    assert lasts_until(marital, dt.date(2026, 8, 31)) == dt.date(2027, 2, 28)
    assert lasts_until(marital, None) is None
    assert lasts_until(named["giay-khai-sinh"], ON) is None
    assert months_later(dt.date(2026, 12, 1), 1) == dt.date(2027, 1, 1)
