"""The pages of money by HTTP: the payer's, the cashier's, the head's."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.timesource import now, today
from motcua.subsystems.applications.tests.console import client_of
from motcua.subsystems.applications.tests.world import World, make_world
from motcua.subsystems.payments.models import (
    Arrival,
    CashDrawer,
    Charge,
    NoticeKey,
    PaymentOrder,
    Receipt,
    ReceiptBook,
    Refund,
)
from motcua.subsystems.payments.services import Notice, set_account, take_notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(working_morning: dt.datetime) -> World:
    world = make_world()
    set_account(
        actor=world.head, agency_id=world.centre.pk, bank_bin="970436", bank_name="Vietcombank",
        number="0011223344", holder="UBND PHUONG SAI GON", valid_from=today(),
    )  # fmt: skip
    return world


def owe(world: World) -> str:
    """An accepted dossier whose charge is open."""
    uid = world.file()
    world.do("clerk", uid, "accept", amount="15.000")
    Charge.objects.filter(case__uid=uid).update(amount=15_000, state="open")
    return uid


def tell(order: PaymentOrder, amount: int, number: str) -> Arrival:
    notice = Notice("bank:t", number, amount, order.reference, now(), order.agency_id)
    return take_notice(notice=notice)[0]


def test_a_citizen_pays_by_vietqr_and_gets_the_sealed_receipt(world: World) -> None:
    uid = owe(world)
    Receipt.objects.all().delete()
    ReceiptBook.objects.all().delete()
    citizen = client_of(world.citizen)
    page = f"/thanh-toan/ho-so/{uid}/"
    assert page in citizen.get(f"/ho-so/{uid}/").content.decode()
    assert client_of(world.consulted).get(page).status_code == 404
    citizen.post(page, {"way": "vietqr"})
    order = PaymentOrder.objects.get()
    shown = citizen.get(page).content.decode()
    assert order.reference in shown
    picture = citizen.get(f"/thanh-toan/lenh/{order.uid}/ma.svg")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/svg+xml")
    state = f"/thanh-toan/lenh/{order.uid}/trang-thai/"
    assert citizen.get(state).status_code == 204
    assert citizen.get(f"{page}bien-lai/").status_code == 404
    tell(order, 15_000, "1")
    assert citizen.get(state)["HX-Refresh"] == "true"
    run_until_idle()
    paid = citizen.get(page).content.decode()
    assert "Đã nộp" in paid
    pdf = citizen.get(f"{page}bien-lai/")
    assert pdf.content.startswith(b"%PDF")
    assert pdf.content == citizen.get(f"{page}bien-lai/").content


def test_the_cashier_reconciles_and_gives_back(world: World) -> None:
    uid = owe(world)
    client_of(world.citizen).post(f"/thanh-toan/ho-so/{uid}/", {"way": "vietqr"})
    arrival = tell(PaymentOrder.objects.get(), 9_000, "1")
    clerk, head = client_of(world.clerk), client_of(world.head)
    page = "/console/doi-soat/"
    assert client_of(world.officer).get(page).status_code == 403
    assert "Nộp thiếu" in clerk.get(page).content.decode()
    sent = {"arrival": arrival.uid, "what": "refund", "amount": "9.000", "way": "cash"}
    assert clerk.post(page, sent).status_code == 422
    clerk.post(page, sent | {"reason": "Không nộp nữa"})
    refund = Refund.objects.get()
    assert "Không nộp nữa" in head.get("/console/hoan-tra/").content.decode()
    head.post("/console/hoan-tra/", {"refund": refund.uid, "what": "approve"})
    clerk.post("/console/hoan-tra/", {"refund": refund.uid, "what": "pay"})
    refund.refresh_from_db()
    assert refund.state == "paid"
    book = clerk.get("/console/so-thu/").content.decode()
    assert "Cân đối" in book
    assert "Không cân đối" not in book


def test_a_day_at_the_drawer(world: World) -> None:
    clerk, head = client_of(world.clerk), client_of(world.head)
    clerk.post("/console/quy-tien-mat/", {"opening": "20.000"})
    drawer = CashDrawer.objects.get()
    page = f"/console/quy-tien-mat/{drawer.uid}/"
    assert "Kiểm đếm cuối ngày" in clerk.get(page).content.decode()
    wrong = clerk.post(page, {"what": "count", "note_10000": "1"})
    assert wrong.status_code == 422
    assert 'value="1"' in wrong.content.decode()
    clerk.post(page, {"what": "count", "note_10000": "2"})
    assert "Duyệt và nhận tiền" not in clerk.get(page).content.decode()
    head.post(page, {"what": "approve"})
    drawer.refresh_from_db()
    assert drawer.state == "approved"
    assert clerk.get(f"{page}bien-ban.pdf").content.startswith(b"%PDF")
    assert "Đã duyệt" in clerk.get("/console/quy-tien-mat/").content.decode()


def test_the_head_sets_an_account_and_sees_a_secret_once(world: World) -> None:
    head = client_of(world.head)
    page = "/console/tai-khoan-thu/"
    assert client_of(world.clerk).get(page).status_code == 403
    bad = head.post(page, {"what": "account", "bank_bin": "12", "number": "ạ"})
    assert bad.status_code == 422
    made = head.post(page, {"what": "key", "bank": "Vietcombank"})
    assert "Bí mật:" in made.content.decode()
    assert "Bí mật:" not in head.get(page).content.decode()


def test_sums_of_another_law_are_kept_beside_the_fee(world: World) -> None:
    from motcua.subsystems.payments.models import Obligation

    uid = owe(world)
    clerk, citizen = client_of(world.clerk), client_of(world.citizen)
    page = f"/console/nghia-vu/{uid}/"
    assert client_of(world.records).get(page).status_code == 403
    asked = {"what": "ask", "name": "Lệ phí trước bạ", "amount": "4.500.000"}
    wrong = clerk.post(page, asked)
    assert wrong.status_code == 422
    assert "4.500.000" in wrong.content.decode()
    clerk.post(page, asked | {"basis": "Thông báo TB 12"})
    duty = Obligation.objects.get()
    assert "4.500.000" in citizen.get(f"/thanh-toan/ho-so/{uid}/").content.decode()
    proof = {"what": "prove", "duty": duty.uid, "amount": "4.500.000", "number": "CT-1"}
    assert clerk.post(page, proof | {"number": ""}).status_code == 422
    clerk.post(page, proof)
    duty.refresh_from_db()
    assert duty.state == "paid"
    assert clerk.post(page, proof | {"amount": "1"}).status_code == 422
    assert "CT-1" in clerk.get(page).content.decode()


def test_the_demo_bank_pays_only_in_a_demo(world: World, settings: Any) -> None:
    uid = owe(world)
    Receipt.objects.all().delete()
    citizen = client_of(world.citizen)
    citizen.post(f"/thanh-toan/ho-so/{uid}/", {"way": "vietqr"})
    order = PaymentOrder.objects.get()
    page = f"/thanh-toan/lenh/{order.uid}/ngan-hang-mau/"
    NoticeKey.objects.create(
        key_id="demo-bank", bank="Mẫu", secret="bi-mat", agency_id=world.centre.pk, made_at=now()
    )
    assert citizen.get(page).status_code == 404
    settings.DEMO = True
    assert page in citizen.get(f"/thanh-toan/ho-so/{uid}/").content.decode()
    assert client_of(world.consulted).post(page, {"amount": "15000"}).status_code == 404
    citizen.post(page, {"amount": "một ít"})
    assert not Arrival.objects.exists()
    citizen.post(page, {"amount": "15.000"})
    assert Charge.objects.get(case__uid=uid).state == "paid"
    settings.DEMO = False
    assert citizen.post(page, {"amount": "15.000"}).status_code == 404
    assert Arrival.objects.count() == 1
