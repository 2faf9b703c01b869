"""A walk-in in a real browser: kiosk, call, card, form, Form 01, tablet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from motcua.casework.cases.public import Case
from motcua.foundation.testing.browser import (
    assert_axe_clean,
    assert_no_sideways_scroll,
    open_page,
    shot,
)
from motcua.subsystems.applications.tests.console import page_of
from motcua.subsystems.reception.models import Appointment, Ticket
from motcua.subsystems.reception.services import open_counter
from motcua.subsystems.reception.tests.world import HallWorld, make_hall

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CARD = "079190001234||Trần Thị Lan|03021990|Nữ|12 Lê Lợi, phường Sài Gòn|01072021"


@pytest.fixture
def place(working_morning: dt.datetime) -> HallWorld:
    return make_hall()


def _check(page: Any, name: str, width: int) -> None:
    shot(page, f"hall-{name}-{width}")
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize("width", [1280, 360])
def test_the_devices_and_the_hall(
    place: HallWorld, live_server: Any, new_page: Callable[..., Any], width: int
) -> None:
    key = {kind: place.device(kind) for kind in ("kiosk", "screen", "tablet")}
    kiosk = page_of(new_page, live_server, place.world.citizen, width=width)
    kiosk.set_default_timeout(60000)
    open_page(kiosk, f"{live_server.url}/may/{key['kiosk']}/")
    _check(kiosk, "kiosk", width)
    kiosk.click(".kiosk-fields a >> nth=0")
    _check(kiosk, "kiosk-field", width)
    kiosk.click("button:has-text('Lấy số')")
    kiosk.wait_for_selector(".slip-number")
    _check(kiosk, "slip", width)
    open_counter(actor=place.world.clerk, counter_id=place.counters[0].pk)
    clerk = page_of(new_page, live_server, place.world.clerk, width=width)
    open_page(clerk, f"{live_server.url}/console/sanh/")
    _check(clerk, "hall", width)
    clerk.keyboard.press("n")
    clerk.wait_for_selector(".ticket-now")
    open_page(kiosk, f"{live_server.url}/may/{key['screen']}/")
    assert kiosk.inner_text(".is-calling .screen-number") == "A001"
    _check(kiosk, "screen", width)
    clerk.keyboard.press("s")
    clerk.wait_for_selector("[data-key=f]")
    _check(clerk, "serving", width)
    open_page(kiosk, f"{live_server.url}/may/{key['tablet']}/")
    clerk.keyboard.press("f")
    kiosk.wait_for_selector(".tablet-level")  # the tablet noticed by itself
    _check(kiosk, "tablet", width)
    kiosk.click("button[value='3']")
    kiosk.wait_for_selector("text=Cảm ơn bạn")
    head = page_of(new_page, live_server, place.world.head, width=width)
    for name in ("sanh/thiet-lap", "sanh/so-lieu", "giao-nhan"):
        open_page(head, f"{live_server.url}/console/{name}/")
        _check(head, name.replace("/", "-"), width)


@pytest.mark.parametrize("width", [360])
def test_a_citizen_books_and_moves(
    place: HallWorld, live_server: Any, new_page: Callable[..., Any], width: int
) -> None:
    page = page_of(new_page, live_server, place.world.citizen, width=width)
    open_page(page, f"{live_server.url}/dat-lich-hen/")
    _check(page, "book-days", width)
    page.click(".slot-list a >> nth=0")
    _check(page, "book-slots", width)
    page.click(".slot-list a >> nth=0")
    page.fill("#id_phone", "12")
    page.click("main form button:has-text('Đặt lịch hẹn')")
    page.wait_for_selector(".error-summary")
    _check(page, "book-error", width)
    page.fill("#id_phone", "0901234567")
    page.click("main form button:has-text('Đặt lịch hẹn')")
    page.wait_for_selector("text=Bạn có lịch hẹn")
    _check(page, "appointment", width)
    page.click("text=Dời lịch hẹn")
    page.click(".slot-list a >> nth=0")
    page.click(".slot-button >> nth=1")
    page.wait_for_selector("text=Thêm vào lịch")
    assert Appointment.objects.get().sequence == 1


def _fill_in(page: Any, keys: Callable[..., None], words: Callable[[str], None]) -> None:
    """What the card does not say; each choice costs a Tab and a key."""
    answers = {"relation": "self", "person_sex": "female", "lived_elsewhere": "no",
               "marital_status": "never", "purpose": "property", "had_previous": "no",
               "result_channel": "counter"}  # fmt: skip
    for name, value in answers.items():
        choice = page.locator(f"[name={name}][value={value}]")
        if choice.count():
            choice.focus()
            keys("Tab", "Space")
            if not choice.is_checked():
                choice.check()
        else:
            page.select_option(f"[name={name}]", value)
            keys("Tab", "ArrowDown")
    for name, value in {"requester_phone": "0901234567", "person_ethnicity": "kinh",
                        "person_nationality": "Việt Nam", "copies": "1"}.items():  # fmt: skip
        field = page.locator(f"[name={name}]")
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(value)
            keys("Tab", "ArrowDown")
        elif not field.input_value():
            field.focus()
            words(value)
    if not page.locator("[name='person_address.commune']").input_value():
        page.select_option("[name='person_address.commune']", "26740")
    page.fill("[name='person_address.line']", "12 Lê Lợi")


def test_a_walk_in_from_the_card_to_form_01(
    place: HallWorld, live_server: Any, new_page: Callable[..., Any]
) -> None:
    """From the scan to Form 01; the number of keys a person presses is bounded."""
    page = page_of(new_page, live_server, place.world.clerk, width=1280)
    pressed = 0

    def keys(*names: str) -> None:
        nonlocal pressed
        for name in names:
            page.keyboard.press(name)
            pressed += 1

    def words(text: str) -> None:
        nonlocal pressed
        page.keyboard.type(text)
        pressed += len(text)

    open_page(page, f"{live_server.url}/console/tiep-nhan/")
    page.keyboard.type(CARD + "\n")  # the scanner, not a person
    page.wait_for_function("document.activeElement.id === 'id_procedure'")
    words("tinh trang hon")
    keys("Enter")
    page.wait_for_selector("[data-form]")
    _check(page, "counter-one-page", 1280)
    _fill_in(page, keys, words)
    page.locator("[name=truthful]").check()
    keys("Tab", "Space")
    page.focus("#id_requester_phone")
    keys("Enter")
    page.wait_for_selector("[data-drop-papers]")
    _check(page, "counter-papers", 1280)
    for box in page.locator("[name=shown]").all():
        box.check()
        keys("Tab", "Space")
    if page.locator("#id_amount").count():
        page.focus("#id_amount")
        words("15000")
    page.focus("button[name=file]")
    keys("Enter")
    page.wait_for_selector("[data-key=p]")
    assert page.evaluate("document.activeElement.dataset.key") == "p"
    _check(page, "counter-done", 1280)
    assert Case.objects.get().state == "received"
    assert pressed < 120, pressed
    assert not Ticket.objects.exists()
