"""A report from its intake to the reporter's word: routing, clock, proof, merging, privacy."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from motcua.casework.access.public import ANONYMOUS, SYSTEM
from motcua.casework.attachments.public import receive_upload
from motcua.casework.cases.public import InboxFilters, inbox
from motcua.casework.ledger.public import check_ledger
from motcua.casework.notices.models import Notice
from motcua.foundation.errors import (
    InvalidInput,
    NotAllowed,
    NotFound,
    NotPossibleNow,
)
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.timesource import at_time, today
from motcua.subsystems.reports.errors import CategoryRetired, RatingClosed
from motcua.subsystems.reports.models import Category, Photo
from motcua.subsystems.reports.selectors import (
    public_photo,
    public_report,
    report_for,
    same_nearby,
)
from motcua.subsystems.reports.services import (
    Intake,
    answer_question,
    ask_reopening,
    decide_photo,
    keep_photos,
    merge,
    rate,
    receive_report,
    set_public,
    support,
    unmerge,
)
from motcua.subsystems.reports.tests.world import World, make_world, picture

pytestmark = pytest.mark.django_db
PROOF = "proof-1"
TEST_SAVEPOINT = 2


@pytest.fixture
def world(working_morning: dt.datetime) -> World:
    return make_world()


def proof(world: World, who: Any, key: str = PROOF) -> str:
    file = SimpleUploadedFile("xong.jpg", picture("green"))
    receive_upload(actor=who, file=file, draft_key=key, component_code="photo")
    return key


def test_it_goes_where_the_rules_say(world: World):
    pothole = world.report()
    case = pothole.case
    assert (case.state, case.holder_agency_id) == ("forwarded", world.wards[0].pk)
    assert case.code == "1022-261118-0001"
    assert pothole.rule == "phường"
    # 40 working hours are five working days, and 24 November is a day off.
    assert case.due_at == pothole.expected_at == dt.datetime(2026, 11, 26, 2, 0, tzinfo=dt.UTC)
    assert "0901234567" not in pothole.public_text
    assert pothole.public_place == "12 Lê Lợi, Phường 00001"
    lamps = world.report(category="den", answers={"lamps": "many"})
    assert lamps.case.holder_agency_id == world.department.pk
    paper = world.report(category="hanh-chinh", longitude=None, latitude=None)
    assert (paper.case.state, paper.case.holder_agency_id) == ("received", world.desk.pk)
    assert (paper.public_place, paper.public_latitude) == ("", None)
    noise = world.report(category="tieng-on", longitude=107.00012, latitude=10.5)
    assert noise.public_place == "Phường 00002"
    assert noise.public_longitude not in {None, 107.00012}
    rows = inbox(world.officer, InboxFilters()).rows
    assert [row.code for row in rows] == [case.code]


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"description": " a "}, "description"),
        ({"description": "x" * 4001}, "description"),
        ({"category": "ha-tang"}, "category"),
        ({"longitude": 109.0}, "place"),  # the sea
        ({"longitude": 999.0}, "place"),
        ({"longitude": float("nan")}, "place"),
        ({"longitude": None, "latitude": None}, "area"),
        ({"longitude": None, "latitude": None, "area_code": "9"}, "area"),
        ({"longitude": None, "latitude": None, "area_code": "00001", "address": ""}, "address"),
        ({"email": "x@"}, "email"),
        ({"phone": "12"}, "phone"),
        ({"category": "den"}, "lamps"),
        ({"category": "den", "answers": {"lamps": "ten"}}, "lamps"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(world: World, more: dict[str, Any], place: str):
    with pytest.raises(InvalidInput) as refused:
        world.report(**more)
    assert place in refused.value.fields


def test_a_category_that_ends_meanwhile_loses_nothing(world: World):
    Category.objects.filter(code="o-ga").update(valid_to=today() - dt.timedelta(days=1))
    from motcua.foundation.remembering import forget_everything

    forget_everything()
    with pytest.raises(CategoryRetired):
        world.report()


def test_sent_twice_is_one_report(world: World, django_assert_num_queries: Any):
    given = {"category": "o-ga", "longitude": 106.5, "latitude": 10.5, "email": "lan@example.vn"}
    connection.run_on_commit.clear()  # the set-up is settled, as in a process that serves
    world.report()  # and what is remembered is remembered now
    intake = Intake(description="Ổ gà sâu trước chợ", **given)
    with django_assert_num_queries(14 + TEST_SAVEPOINT):
        first = receive_report(actor=ANONYMOUS, intake=intake, key="k1")
    assert receive_report(actor=ANONYMOUS, intake=intake, key="k1") == first
    with django_assert_num_queries(10 + TEST_SAVEPOINT):
        receive_report(
            actor=world.citizen, intake=Intake(description="Ổ gà sâu", **given), key="k2"
        )


def test_channels_are_for_those_who_may(world: World):
    world.report(world.operator, channel="phone", urgency="emergency")
    for actor, channel in ((ANONYMOUS, "phone"), (world.citizen, "open311"), (ANONYMOUS, "api")):
        with pytest.raises(NotAllowed):
            world.report(actor, channel=channel)


def test_a_stranger_sees_and_does_nothing(world: World):
    report = world.report()
    for actor in (world.other, world.citizen, ANONYMOUS):
        with pytest.raises(NotFound):
            report_for(actor, report.case.uid)
        with pytest.raises(NotFound):
            world.do(actor, report, "take")
    assert report_for(world.operator, report.case.uid).pk == report.pk


def test_replied_is_not_resolved_and_resolved_needs_proof(world: World):
    report = world.do(world.officer, world.report(), "take")
    report = world.do(world.officer, report, "reply", text="Sẽ vá trong tuần")
    assert (report.case.state, report.case.is_open) == ("replied", True)
    assert report.case.clock_state == "running"
    with pytest.raises(InvalidInput) as refused:
        world.do(world.officer, report, "resolve", text="Đã vá xong")
    assert "proof" in refused.value.fields
    key = proof(world, world.officer)
    report = world.do(world.officer, report, "resolve", text="Đã vá xong", draft_key=key)
    assert (report.case.state, report.case.is_open) == ("resolved", False)
    assert report.case.clock_state == "stopped"
    photo = report.photos.get(role=Photo.Role.PROOF)
    assert photo.state == Photo.State.WAITING
    with pytest.raises(NotFound):
        public_photo(photo.uid)
    noise = world.report(category="tieng-on")
    assert world.do(world.officer, noise, "resolve", text="Đã nhắc nhở").case.state == "resolved"
    assert not list(check_ledger())


def test_reasons_are_asked_and_states_are_kept(world: World):
    report = world.report()
    for action in ("refuse", "pause", "ask", "transfer", "hand_on"):
        with pytest.raises(InvalidInput) as refused:
            world.do(world.officer, report, action)
        assert "text" in refused.value.fields
    with pytest.raises(NotPossibleNow):
        world.do(world.officer, report, "resume")
    with pytest.raises(NotAllowed):
        world.do(world.officer, report, "no-such")
    refused_one = world.do(world.officer, report, "refuse", text="Đường của tư nhân")
    assert refused_one.status_note == "Đường của tư nhân"
    with pytest.raises(NotPossibleNow):
        world.do(world.officer, refused_one, "take")


def test_a_question_stops_the_clock_until_it_is_answered(
    world: World, working_morning: dt.datetime
):
    report = world.do(world.officer, world.report(), "ask", text="Gần số nhà nào?")
    assert (report.case.state, report.case.due_at) == ("waiting", None)
    with at_time(working_morning + dt.timedelta(days=1)):
        answer_question(actor=ANONYMOUS, uid=report.case.uid, text="Số 12")
        with pytest.raises(NotPossibleNow):
            answer_question(actor=ANONYMOUS, uid=report.case.uid, text="Số 12")
        report = world.load(report.case.uid)
        assert report.case.state == "in_progress"
        assert report.case.due_at == dt.datetime(2026, 11, 27, 2, 0, tzinfo=dt.UTC)
        paused = world.do(world.officer, report, "pause", text="Chờ hết mưa")
        replied = world.do(world.officer, paused, "reply", text="Mai làm")
        assert replied.case.clock_state == "running"


def test_a_report_that_nobody_wants_comes_back_to_the_desk(world: World):
    report = world.report()
    report = world.do(world.officer, report, "transfer", text="Của sở", agency="so")
    assert report.case.holder_agency_id == world.department.pk
    with pytest.raises(NotAllowed):  # it is not this ward's any more
        world.do(world.officer, report, "take")
    report = world.do(world.engineer, report, "transfer", text="Của phường", agency="ubnd-2")
    report = world.do(world.other, report, "transfer", text="Của phường 1", agency="ubnd-1")
    assert (report.case.state, report.case.holder_agency_id) == ("received", world.desk.pk)
    assert report.transfers == 3
    report = world.do(world.operator, report, "forward", agency="ubnd-1")
    assert report.case.state == "forwarded"


def test_a_denunciation_is_seen_by_a_person_before_the_public(world: World):
    report = world.report(description="Tôi tố cáo cán bộ nhận hối lộ")
    assert (report.sounds_like, report.hidden) == ("denunciation", True)
    with pytest.raises(NotFound):
        public_report(report.case.code or "")
    report = world.do(world.officer, report, "hand_on", text="Gửi Thanh tra", kind="denunciation")
    assert (report.case.state, report.case.is_open) == ("handed_on", False)
    plain = world.report()
    handed = world.do(world.officer, plain, "hand_on", text="Gửi Thanh tra", kind="complaint")
    with pytest.raises(NotFound):
        public_report(handed.case.code or "")


def test_photos_wait_and_the_public_copy_has_no_exif(world: World):
    files = [SimpleUploadedFile("a.jpg", picture()), SimpleUploadedFile("b.jpg", picture("red"))]
    keep_photos(actor=ANONYMOUS, draft_key="tạm-1", files=files)
    report = world.report(draft_key="tạm-1")
    first, second = report.photos.order_by("pk")
    with pytest.raises(NotFound):
        decide_photo(actor=world.other, uid=first.uid, show=True)
    decide_photo(actor=world.officer, uid=first.uid, show=True)
    decide_photo(actor=world.officer, uid=second.uid, show=False)
    from motcua.casework.attachments.public import derivative, read_bytes

    blob = public_photo(first.uid).attachment.blob_id
    copy = derivative(blob, "preview")
    assert copy is not None
    assert b"bi mat" in read_bytes(blob)
    assert b"bi mat" not in read_bytes(copy.sha256)
    with pytest.raises(NotFound):
        public_photo(second.uid)
    set_public(actor=world.officer, uid=report.case.uid, hidden=True, reason="Có tên người")
    with pytest.raises(NotFound):
        public_photo(first.uid)
    more = [SimpleUploadedFile(f"{n}.jpg", picture(exif=False)) for n in range(6)]
    with pytest.raises(InvalidInput):
        keep_photos(actor=ANONYMOUS, draft_key="tạm-2", files=more)


def test_duplicates_are_found_supported_merged_and_taken_apart(world: World):
    first, second = world.report(), world.report(world.citizen, longitude=106.5003)
    near = same_nearby(["o-ga"], 106.5001, 10.5, metres=100, days=30)
    assert [n.report.pk for n in near] == [first.pk, second.pk]
    assert same_nearby(["o-ga"], 106.51, 10.5, metres=100, days=30) == []
    assert same_nearby(["den"], 106.5, 10.5, metres=100, days=30) == []
    code, other = first.case.code or "", second.case.code or ""
    assert support(actor=ANONYMOUS, code=other, browser="b1")
    assert not support(actor=ANONYMOUS, code=other, browser="b1")
    with pytest.raises(NotFound):
        merge(actor=world.other, uid=second.case.uid, into=code)
    with pytest.raises(InvalidInput):
        merge(actor=world.officer, uid=second.case.uid, into=other)
    merge(actor=world.officer, uid=second.case.uid, into=code)
    first, second = world.load(first.case.uid), world.load(second.case.uid)
    assert (first.supporters, second.case.state) == (2, "merged")
    assert (second.case.clock_state, second.case.is_open) == ("paused", False)
    with pytest.raises(InvalidInput):  # no chains
        merge(actor=world.officer, uid=first.case.uid, into=other)
    unmerge(actor=world.officer, uid=second.case.uid)
    first, second = world.load(first.case.uid), world.load(second.case.uid)
    assert (first.supporters, second.supporters) == (0, 1)
    assert (second.case.state, second.case.is_open) == ("forwarded", True)
    assert second.case.clock_state == "running"


def test_the_reporter_rates_and_asks_again(world: World, working_morning: dt.datetime):
    report = world.report(world.citizen)
    uid = report.case.uid
    with pytest.raises(RatingClosed):
        rate(actor=world.citizen, uid=uid, satisfied=True)
    key = proof(world, world.officer)
    world.do(world.officer, report, "resolve", text="Đã vá", draft_key=key)
    rate(actor=world.citizen, uid=uid, satisfied=False, comment="Vẫn còn")
    with pytest.raises(RatingClosed):
        rate(actor=world.citizen, uid=uid, satisfied=True)
    with pytest.raises(InvalidInput):
        ask_reopening(actor=world.citizen, uid=uid, reason=" ")
    ask_reopening(actor=world.citizen, uid=uid, reason="Vẫn còn ổ gà")
    report = world.load(uid)
    assert (report.case.state, report.case.is_open) == ("reopened", True)
    assert report.case.clock_state == "running"
    world.do(world.officer, report, "resolve", text="Vá lại")
    rate(actor=world.citizen, uid=uid, satisfied=True)
    with at_time(working_morning + dt.timedelta(days=15)), pytest.raises(RatingClosed):
        ask_reopening(actor=world.citizen, uid=uid, reason="Lại hỏng")


def test_the_reporter_is_told(world: World):
    report = world.report(email="lan@example.vn", name="Lan")
    world.do(world.officer, report, "take")
    world.do(world.officer, report, "reply", text="Sẽ vá")
    run_until_idle()
    told = list(Notice.objects.order_by("pk"))
    assert [n.template for n in told] == ["report.received", "report.acted"]
    assert "Sẽ vá" in told[1].body
    assert all("lan@" not in n.link and "/phan-anh/theo-doi/" in n.link for n in told)
    assert receive_report(
        actor=SYSTEM,
        intake=Intake(category="o-ga", description="Ổ gà", longitude=106.2, latitude=10.2),
    )
