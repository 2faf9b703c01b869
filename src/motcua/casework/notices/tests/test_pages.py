"""The pages: own notices, unsubscribing, the demo's mailbox."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from motcua.casework.access.public import SYSTEM
from motcua.casework.notices.models import Delivery, MailMessage, Notice, OptOut
from motcua.casework.notices.public import Recipient, notify, unread_count
from motcua.casework.notices.tests.conftest import actor
from motcua.casework.people.public import Account
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.timesource import now

pytestmark = pytest.mark.django_db
DATA = {"code": "H29.1", "procedure": "Đăng ký khai sinh", "agency": "UBND", "state": "Đang xử lý"}


def tell(account: Account, template: str = "dossier.state_changed", link: str = "") -> Notice:
    notify(
        actor=SYSTEM,
        template=template,
        recipients=[Recipient(party_id=account.party_id)],
        data=DATA,
        link=link,
    )
    return Notice.objects.latest("pk")


def page(client: Client, path: str) -> str:
    response: HttpResponse = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_own_notices_are_listed_and_read(client: Client, citizen: Account) -> None:
    assert client.get("/notices/").status_code == 302
    client.force_login(citizen)
    assert "Chưa có thông báo nào" in page(client, "/notices/")
    notice = tell(citizen, link="/my/x")
    assert "Hồ sơ H29.1 có chuyển biến" in page(client, "/notices/")
    assert client.get(f"/notices/{notice.uid}/read").status_code == 405
    response = client.post(f"/notices/{notice.uid}/read")
    assert (response.status_code, response["Location"]) == (302, "/my/x")
    assert unread_count(actor(citizen)) == 0
    tell(citizen)
    client.post("/notices/read-all")
    assert unread_count(actor(citizen)) == 0


def test_a_strangers_notice_is_not_found(
    client: Client, citizen: Account, official: Account
) -> None:
    notice = tell(citizen)
    client.force_login(official)
    assert client.post(f"/notices/{notice.uid}/read").status_code == 404
    assert unread_count(actor(citizen)) == 1


def test_long_lists_go_page_by_page(client: Client, citizen: Account) -> None:
    for _ in range(45):
        tell(citizen)
    client.force_login(citizen)
    path, seen = "/notices/", 0
    for _ in range(3):
        text = page(client, path)
        seen += text.count("<article")
        path = "/notices/" + next(iter(re.findall(r'href="(\?before=[^"]+)" rel="next"', text)), "")
    assert seen == 45
    assert path == "/notices/"
    assert page(client, "/notices/?before=nonsense").count("<article") == 20


def test_optional_mail_is_stopped_by_its_link_and_by_one_click(
    client: Client, citizen: Account, settings
) -> None:
    settings.MOTCUA_QUIET_HOURS = ""
    tell(citizen, "dossier.rating_asked")
    run_until_idle()
    (message,) = mail.outbox
    header = message.extra_headers["List-Unsubscribe"]
    path = header.strip("<>").removeprefix("http://127.0.0.1:8000")
    assert path in message.body
    assert "binh" not in path
    assert "mời đánh giá" in page(client, path)
    assert not OptOut.objects.exists()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert OptOut.objects.get().template == "dossier.rating_asked"
    client.post(path, {"again": "1"})
    assert not OptOut.objects.exists()
    assert client.get(path[:-2] + "xx").status_code == 404


def test_mail_that_matters_cannot_be_stopped(client: Client, citizen: Account, settings) -> None:
    settings.MOTCUA_QUIET_HOURS = ""
    tell(citizen)
    run_until_idle()
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers
    assert Delivery.objects.filter(state="sent").count() == 2


def test_the_mailbox_is_shown_in_the_demo_only(client: Client, settings) -> None:
    kept = MailMessage.objects.create(
        message_id="<1@x>",
        sender="a@x",
        recipients="binh@example.vn",
        subject="Hồ sơ <b>H29.1</b>",
        body="Xem http://127.0.0.1:8000/x <script>",
        at=now(),
    )
    settings.DEMO = False
    assert client.get("/demo/mail").status_code == 404
    assert client.get(f"/demo/mail/{kept.uid}").status_code == 404
    settings.DEMO = True
    assert "binh@example.vn" in page(client, "/demo/mail")
    text = page(client, f"/demo/mail/{kept.uid}")
    assert '<a href="http://127.0.0.1:8000/x"' in text
    assert "<script>" not in text.split("<main", 1)[1].split("</main", 1)[0]
    assert "&lt;b&gt;" in text
