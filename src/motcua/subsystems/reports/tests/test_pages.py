"""The report line by HTTP: the wizard without JavaScript, public pages, the unit, the operator."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.people.models import Account
from motcua.subsystems.reports.models import Photo, Report
from motcua.subsystems.reports.tests.world import World, make_world, picture

pytestmark = pytest.mark.django_db
SEND = "/phan-anh/gui/"


@pytest.fixture
def world(working_morning: dt.datetime) -> World:
    return make_world()


def log_in(client: Client, actor: Any) -> Client:
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def hidden(page: Any) -> dict[str, str]:
    """What the page itself carries along in its form."""
    form = page.content.decode().rpartition('enctype="multipart/form-data"')[2]
    tags = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    import html

    return {n: html.unescape(v) for n, v in tags if n != "csrfmiddlewaretoken"}


def walk(client: Client, *screens: dict[str, Any]) -> Any:
    """Post screen after screen, each with what the page before carried."""
    page = client.get(SEND)
    for screen in screens:
        page = client.post(SEND, {**hidden(page), **screen})
    return page


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("duong.jpg", picture(), content_type="image/jpeg")


WHAT = {"description": "Có ổ gà to trước chợ, gọi 0901234567"}
WHERE = {"area": "00001", "address": "12 Lê Lợi"}


def test_a_citizen_sends_follows_and_is_heard(world: World, client: Client):
    page = walk(
        client,
        {**WHAT, "photos": photo()},
        WHERE,
        {"category": "o-ga"},
        {"name": "Lan", "hide_name": "on"},
    )
    assert page.status_code == 302
    follow = page["Location"]
    report = Report.objects.select_related("case").get()
    code = report.case.code or ""
    assert report.case.holder_agency_id == world.wards[0].pk
    assert report.photos.get().state == Photo.State.WAITING
    own = client.get(follow)
    assert own["Cache-Control"] == "private, no-store"
    assert code in own.content.decode()
    assert client.get(follow.replace(follow.split("/")[4], "0" * 32)).status_code == 404
    public = client.get(f"/phan-anh/{code}/").content.decode()
    assert "[đã ẩn]" in public
    for secret in ("0901234567", "Lan", "/files/", "/phan-anh/anh/"):
        assert secret not in public
    officer = log_in(Client(), world.officer)
    case = f"/console/phan-anh/{report.case.uid}/"
    assert code in officer.get("/console/").content.decode()
    assert officer.get(case).status_code == 200
    first = report.photos.get()
    officer.post(f"/console/phan-anh/anh/{first.uid}/", {"show": "yes"})
    done = {"action": "resolve", "text": "Đã vá xong", "key": "k1-resolve"}
    refused = officer.post(f"{case}xu-ly/", done)
    assert refused.status_code == 422
    assert "Đã vá xong" in refused.content.decode()
    assert officer.post(f"{case}xu-ly/", {**done, "proof": photo()}).status_code == 302
    public = client.get(f"/phan-anh/{code}/").content.decode()
    assert "Đã vá xong" in public
    shown = client.get(f"/phan-anh/anh/{first.uid}/")
    assert shown["Content-Type"] == "image/webp"
    proof = report.photos.get(role=Photo.Role.PROOF)
    assert client.get(f"/phan-anh/anh/{proof.uid}/").status_code == 404  # nobody looked yet
    respond = follow.partition("?")[0]
    assert "Bạn có hài lòng" in client.get(respond).content.decode()
    assert client.post(f"{respond}danh-gia/", {"satisfied": "no"}).status_code == 302
    assert client.post(f"{respond}danh-gia/", {"satisfied": "yes"}).status_code == 409
    assert client.post(f"{respond}mo-lai/", {"reason": "Lại lún"}).status_code == 302
    report.case.refresh_from_db()
    assert report.case.state == "reopened"


def test_each_screen_says_what_is_wrong_and_keeps_what_was_typed(world: World, client: Client):
    page = walk(client, {"description": "", "photos": photo()})
    assert page.status_code == 422
    assert "Đã nhận 1 ảnh" in page.content.decode()
    page = client.post(SEND, {**hidden(page), **WHAT})
    page = client.post(SEND, {**hidden(page), "area": "00001", "address": ""})
    assert page.status_code == 422
    page = client.post(SEND, {**hidden(page), "area": "", "longitude": "109", "latitude": "10"})
    assert "ngoài thành phố" in page.content.decode()
    page = client.post(SEND, {**hidden(page), **WHERE, "longitude": "", "latitude": ""})
    text = page.content.decode()
    assert 'value="o-ga"' in text  # suggested by its words
    page = client.post(SEND, {**hidden(page), "category_other": "den"})
    assert "Bao nhiêu đèn hỏng?" in page.content.decode()
    page = client.post(SEND, {**hidden(page), "category_other": "den"})
    assert page.status_code == 422
    page = client.post(SEND, {**hidden(page), "category_other": "den", "lamps": "many"})
    page = client.post(SEND, {**hidden(page), "email": "x@"})
    assert page.status_code == 422
    back = client.post(SEND, {**hidden(page), "_action": "back"})
    assert WHAT["description"] in hidden(back)["description"]
    page = client.post(SEND, {**hidden(page), "email": "lan@example.vn"})
    assert page.status_code == 302
    assert Report.objects.get().case.holder_agency_id == world.department.pk


def test_the_same_is_shown_before_sending_and_supported_with_one_tap(world: World, client: Client):
    first = world.report()
    code = first.case.code or ""
    point = {"longitude": "106.5002", "latitude": "10.5"}
    page = walk(client, WHAT, point, {"category": "o-ga"})
    assert code in page.content.decode()
    for _ in range(2):
        assert client.post(f"/phan-anh/{code}/cung-gap/").status_code == 302
    assert world.load(first.case.uid).supporters == 1
    citizen = log_in(Client(), world.citizen)
    citizen.post(f"/phan-anh/{code}/cung-gap/")
    assert world.load(first.case.uid).supporters == 2


def test_the_public_list_filters_and_turns_pages(
    world: World, client: Client, django_assert_max_num_queries: Any
):
    for n in range(22):
        world.report(longitude=106.1 + n / 100)
    noise = world.report(category="tieng-on", longitude=107.5)
    secret = world.report(description="Tôi tố cáo ông A")
    page = client.get("/phan-anh/").content.decode()
    assert page.count('<li class="card') == 20
    assert secret.case.code not in page
    following = re.findall(r'href="(/phan-anh/\?[^"]*truoc=\d+)" rel="next"', page)
    rest = client.get(following[0].replace("&amp;", "&")).content.decode()
    assert rest.count('<li class="card') == 3
    for query, count in (("noi=00002", 1), ("linh-vuc=tieng-on", 1), ("tt=done", 0),
                         ("tt=open&noi=00001", 20)):  # fmt: skip
        assert client.get(f"/phan-anh/?{query}").content.decode().count('<li class="card') == count
    assert client.get(f"/phan-anh/?ma={noise.case.code}").status_code == 302
    assert client.get(f"/phan-anh/{secret.case.code}/").status_code == 404
    assert client.get("/phan-anh/1022-000000-0000/").status_code == 404
    with django_assert_max_num_queries(4):
        client.get("/phan-anh/")


def test_an_operator_types_a_call(world: World, client: Client):
    log_in(client, world.operator)
    call = {"description": "Ổ gà to giữa đường", "area": "Phường 00001 (00001)", "key": "c1",
            "address": "gần chợ", "name": "Ông Ba", "phone": "0901234567"}  # fmt: skip
    assert client.get("/console/phan-anh/tong-dai/").status_code == 200
    wrong = client.post("/console/phan-anh/tong-dai/", {**call, "phone": "12"})
    assert wrong.status_code == 422
    assert "Ông Ba" in wrong.content.decode()
    done = client.post("/console/phan-anh/tong-dai/", call, follow=True)
    report = Report.objects.select_related("case", "category").get()
    assert (report.case.code or "") in done.content.decode()
    assert (report.category.code, report.case.channel) == ("o-ga", "phone")
    assert client.get(f"/console/phan-anh/{report.case.uid}/").status_code == 200
    forwarded = {"action": "transfer", "text": "Đường lớn", "agency": "so", "key": "k"}
    client.post(f"/console/phan-anh/{report.case.uid}/xu-ly/", forwarded)
    assert world.load(report.case.uid).case.holder_agency_id == world.department.pk


def test_who_may_not(world: World, client: Client):
    report = world.report()
    case = f"/console/phan-anh/{report.case.uid}/"
    assert client.get(case).status_code == 302  # to the login
    for actor in (world.other, world.citizen):
        stranger = log_in(Client(), actor)
        assert stranger.get(case).status_code == 404
        assert stranger.post(f"{case}xu-ly/", {"action": "take"}).status_code == 404
        assert stranger.get(f"/phan-anh/cua-toi/{report.case.uid}/").status_code == 404
    assert log_in(Client(), world.officer).get("/console/phan-anh/tong-dai/").status_code == 403


def test_a_flood_from_one_address_is_stopped(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("MOTCUA_LIMIT_REPORTS", "1/3600")
    screens = (WHAT, WHERE, {"category": "o-ga"}, {})
    assert walk(client, *screens).status_code == 302
    page = walk(client, *screens)
    assert page.status_code == 429
    assert WHAT["description"].split(",")[0] in page.content.decode()
    assert Report.objects.count() == 1
