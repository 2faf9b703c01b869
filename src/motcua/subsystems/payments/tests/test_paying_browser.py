"""A citizen pays online in a real browser: the amount and why, the code, paid, the receipt."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from motcua.adapters.bank.simulator import BankSimulator
from motcua.casework.cases.public import Case
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.testing.browser import (
    ROOT,
    assert_axe_clean,
    assert_no_sideways_scroll,
    shot,
)
from motcua.foundation.timesource import today
from motcua.subsystems.applications.tests.walking import fill_form, go_on, log_in, settle_in
from motcua.subsystems.applications.tests.world import World, make_world
from motcua.subsystems.payments.models import Arrival, PaymentOrder, Receipt
from motcua.subsystems.payments.rules.vietqr import crc16
from motcua.subsystems.payments.services import make_notice_key, set_account
from motcua.subsystems.procedures.tests.samples import SAMPLES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FOOD = "1.013855"
DECODER = ROOT / "src/motcua/web/static/dist/card.js"
READ = """async (picture) => {
  const image = new Image(600, 600);
  image.src = picture;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 640;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, 640, 640);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(image, 20, 20, 600, 600);
  return window.readQrImage(pen.getImageData(0, 0, 640, 640));
}"""


@pytest.fixture
def world() -> World:
    made = make_world((FOOD,))
    cache.clear()
    settle_in(made)
    set_account(
        actor=made.head, agency_id=made.centre.pk, bank_bin="970436", bank_name="Vietcombank",
        number="0011223344", holder="UBND PHUONG SAI GON", valid_from=today(),
    )  # fmt: skip
    run_until_idle()
    return made


def look(page: Any, name: str) -> None:
    page.evaluate("document.fonts.ready.then(() => true)")
    shot(page, f"pay-{name}-360-vi")
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)


def tags(text: str) -> dict[str, str]:
    """An EMVCo text as tag → value."""
    found: dict[str, str] = {}
    while text:
        size = int(text[2:4])
        found[text[:2]], text = text[4 : 4 + size], text[4 + size :]
    return found


def test_a_citizen_applies_pays_by_vietqr_and_the_dossier_goes_on(
    world: World, live_server: Any, new_page: Callable[..., Any], tmp_path: Path
) -> None:
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():
        live_server.thread.connections_override.clear()
    page, site = new_page(width=360), live_server.url
    case = _apply(page, site, world)
    page.goto(f"{site}/ho-so/{case.uid}/")
    page.wait_for_selector(".notice-turn")
    look(page, "1-turn")
    page.click(".notice-turn a.button-turn")
    page.wait_for_selector("#ways")
    assert "350.000" in page.inner_text("main")
    page.click("main summary")
    assert "67/2021/TT-BTC" in page.inner_text("main")
    look(page, "2-amount")
    page.click("button[value=vietqr]")
    page.wait_for_selector("img.pay-qr")
    look(page, "3-code")
    order = PaymentOrder.objects.get()
    _read_back(page, site, order)
    key, secret = make_notice_key(actor=world.head, agency_id=world.centre.pk, bank="Vietcombank")
    bank = BankSimulator(
        tmp_path / "bank.sqlite3", target=f"{site}/thanh-toan/bao-co/",
        key_id=key.key_id, secret=secret,
    )  # fmt: skip
    bank.mischief.wrong_signature = True
    told = bank.transfer(account="0011223344", amount=350_000, content=f"ct {order.reference}")
    assert (bank.answers()[told], Arrival.objects.count()) == ("401", 0)
    bank.mischief.wrong_signature, bank.mischief.twice = False, True
    assert bank.tell_again() == 1
    assert (bank.answers()[told], Arrival.objects.count()) == ("200", 1)
    page.wait_for_selector("#receipts", timeout=20_000)
    look(page, "4-paid")
    with page.expect_download() as got:
        page.eval_on_selector("a[href$='/bien-lai/']", "e => e.setAttribute('download', '')")
        page.click("a[href$='/bien-lai/']")
    assert Path(got.value.path()).read_bytes().startswith(b"%PDF")
    run_until_idle()
    case.refresh_from_db()
    assert (case.state, case.clock_state) == ("processing", "running")
    assert Receipt.objects.get().amount == 350_000
    page.goto(f"{site}/ho-so/{case.uid}/")
    look(page, "5-goes-on")
    assert "Đã nhận đủ thanh toán" in page.inner_text("main")


def _apply(page: Any, site: str, world: World) -> Case:
    """File on-line as people do; the officer then asks for the fee."""
    log_in(page, site, f"/thu-tuc/{FOOD}/nop/")
    page.wait_for_url(f"**/thu-tuc/{FOOD}/nop/")
    page.click("main button.button-primary")
    page.wait_for_url("**/mau/**")
    fill_form(page, SAMPLES[FOOD])
    go_on(page)
    for box in page.locator("main input[type=file]").all():
        box.set_input_files({"name": "giay.pdf", "mimeType": "application/pdf", "buffer": _paper()})
    go_on(page)
    page.click("main button.button-primary")
    page.wait_for_url("**/da-nop/")
    case = Case.objects.get()
    uid = str(case.uid)
    world.do("clerk", uid, "accept")
    world.do("clerk", uid, "forward")
    world.do("division", uid, "assign", officer=str(world.officer.account_id))
    world.do("officer", uid, "request_fee", note="Đề nghị nộp phí thẩm định.")
    run_until_idle()
    return case


def _paper() -> bytes:
    from motcua.casework.attachments.tests.samples import pdf

    return pdf()


def _read_back(page: Any, site: str, order: PaymentOrder) -> None:
    """The picture, read by a decoder of its own, is the order's payment and nothing else."""
    picture = page.request.get(f"{site}/thanh-toan/lenh/{order.uid}/ma.svg").body()
    page.evaluate(DECODER.read_text(encoding="utf-8") + "\n;true")
    address = "data:image/svg+xml;base64," + base64.b64encode(picture).decode()
    text = page.evaluate(READ, address)
    assert text[-4:] == crc16(text[:-4])
    parts = tags(text)
    where = tags(tags(parts["38"])["01"])
    assert (where["00"], where["01"]) == ("970436", "0011223344")
    assert (parts["53"], parts["54"], parts["58"]) == ("704", "350000", "VN")
    assert tags(parts["62"])["08"] == order.reference
