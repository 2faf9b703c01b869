"""A day at the service centre, everybody in a real browser: from opening to closing.

The pictures that the tutorial *A day at the centre* shows are taken here: with
``MOTCUA_PICTURES=docs/images`` they are written there.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from motcua.casework.attachments.tests.samples import pdf
from motcua.casework.cases.public import Case
from motcua.casework.ledger.public import check_ledger
from motcua.foundation import timesource
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.testing.browser import (
    assert_axe_clean,
    assert_no_sideways_scroll,
    open_page,
)
from motcua.foundation.timesource import CITY_ZONE, at_time, today
from motcua.subsystems.applications.models import YearRegister
from motcua.subsystems.applications.tests.console import page_of
from motcua.subsystems.payments.models import CashDrawer
from motcua.subsystems.reception.models import Sitting, Ticket, TicketRating
from motcua.subsystems.reception.services import Booking, book
from motcua.subsystems.reception.tests.world import HallWorld, make_hall

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CARD = "079185001234||Phạm Văn Hùng|03021985|Nam|12 Lê Lợi, phường Sài Gòn|01072021"
IDENTITY = "079190001234"
MORNING = dt.datetime(2026, 11, 18, 9, 0, tzinfo=CITY_ZONE)
NEXT_YEAR = dt.datetime(2027, 1, 4, 8, 0, tzinfo=CITY_ZONE)
PICTURES = os.environ.get("MOTCUA_PICTURES", "")


class Day:
    """Everybody's page, opened once; each screen is checked the first time it is seen."""

    def __init__(self, hall: HallWorld, site: str, make: Callable[..., Any]) -> None:
        self.hall, self.world, self.site = hall, hall.world, site
        self._make, self._pages = make, dict[str, Any]()

    def page(self, who: str, width: int = 1280) -> Any:
        """The page of somebody; devices and citizens are seen at 360 px as well."""
        if who not in self._pages:
            actor = self.world.citizen if who == "citizen" else self.world.people[who]
            self._pages[who] = self._make(actor, width)
        return self._pages[who]

    def go(self, who: str, path: str, width: int = 1280) -> Any:
        page = self.page(who, width)
        open_page(page, f"{self.site}{path}")
        return page

    def look(self, page: Any, name: str = "") -> None:
        """Axe, no sideways scroll; a picture for the tutorial where one is named."""
        assert_axe_clean(page)
        assert_no_sideways_scroll(page)
        if name and PICTURES:
            page.screenshot(path=str(Path(PICTURES) / f"day-{name}.png"))

    def press(self, who: str, uid: str, action: str, **typed: str) -> Any:
        """Take an action on the page of a dossier, as the official would."""
        page = self.go(who, f"/console/ho-so/{uid}/")
        form = page.locator(f"form.action:has(input[name=action][value={action}])").first
        fold = page.locator("details.action-fold", has=form)
        if fold.count() and not form.is_visible():
            fold.first.locator("summary").click()
        for name, value in typed.items():
            form.locator(f"[name={name}]").fill(value)
        for choice in form.locator("select:visible").all():
            if not choice.input_value():
                choice.select_option(index=1)
        choices = form.locator("input[type=radio]:visible")
        if choices.count() and not form.locator("input[type=radio]:checked").count():
            choices.first.check()
        self.look(page)
        with page.expect_navigation():
            form.locator("button.button").last.click()
        faults = page.locator(".error-summary, .notice-danger")
        assert not faults.count(), faults.first.inner_text()
        run_until_idle()
        return page


class OneClock:
    """One time for the test and for the server's threads, which have contexts of their own."""

    def __init__(self) -> None:
        self.moment: dt.datetime | None = None

    def get(self) -> dt.datetime | None:
        return self.moment

    def set(self, moment: dt.datetime | None) -> dt.datetime | None:
        before, self.moment = self.moment, moment
        return before

    def reset(self, before: dt.datetime | None) -> None:
        self.moment = before


@pytest.fixture
def day(
    monkeypatch: pytest.MonkeyPatch, live_server: Any, new_page: Callable[..., Any]
) -> Iterator[Day]:
    cache.clear()
    monkeypatch.setattr(timesource, "_fixed", OneClock())

    def make(actor: Any, width: int) -> Any:
        page = page_of(new_page, live_server, actor, width=width)
        page.set_default_timeout(30_000)
        return page

    with at_time(MORNING):
        yield Day(make_hall(), live_server.url, make)


def test_a_day_at_the_service_centre(day: Day, tmp_path: Path) -> None:
    online = day.world.file(
        answers={
            "result_channel": "counter",
            "lived_elsewhere": "yes",
            "former_commune": "26743",
            "former_from": "2010-01-01",
            "former_to": "2015-12-31",
        }
    )
    key = {kind: day.hall.device(kind) for kind in ("kiosk", "screen", "tablet")}
    _open(day)
    _draw_tickets(day, key)
    walk_in = _receive(day, key, tmp_path)
    _handle(day, online)
    _return(day, online, key)
    _close_the_cash(day)
    _hand_over(day, walk_in)
    _close_the_hall(day)
    _close_the_year(day)
    assert list(check_ledger()) == []


def _open(day: Day) -> None:
    """The clerk sits down at counter 1 and takes over the float."""
    page = day.go("clerk", "/console/sanh/")
    page.get_by_role("button", name="Mở quầy").click()
    page.wait_for_selector("[data-key=n]")
    day.look(page)
    page = day.go("clerk", "/console/quy-tien-mat/")
    page.get_by_label("Tiền ứng đầu ngày").fill("200.000")
    page.get_by_role("button", name="Bắt đầu thu").click()
    page.wait_for_selector("text=200.000")
    day.look(page)


def _draw_tickets(day: Day, key: dict[str, str]) -> None:
    """An ordinary number, one of a priority group, one by appointment."""
    book(
        actor=day.world.citizen,
        booking=Booking(
            agency_id=day.world.centre.pk,
            starts_at=dt.datetime(2026, 11, 18, 10, 0, tzinfo=CITY_ZONE),
            name="Trần Thị Lan",
            phone="0901234567",
            identity=IDENTITY,
            field=day.hall.fields[0],
            procedure_code="1.004873",
        ),
    )
    kiosk = f"/may/{key['kiosk']}/"
    page = day.go("citizen", kiosk, 360)
    day.look(page)
    for group in ("", "elderly"):
        open_page(page, f"{day.site}{kiosk}")
        page.click(".kiosk-fields a >> nth=0")
        if group:
            page.select_option("[name=group]", group)
            day.look(page)
        page.get_by_role("button", name="Lấy số").click()
        page.wait_for_selector(".slip-number")
    day.look(page, "slip-360")
    open_page(page, f"{day.site}{kiosk}")
    page.get_by_label("Có lịch hẹn? Quét thẻ căn cước").fill(IDENTITY)
    page.get_by_role("button", name="Lấy số theo lịch hẹn").click()
    page.wait_for_selector(".slip-number")
    assert Ticket.objects.count() == 3


def _receive(day: Day, key: dict[str, str], folder: Path) -> str:
    """The elderly person is called first and received by keys; the uid of the dossier."""
    page = day.go("clerk", "/console/sanh/")
    day.look(page, "hall-1280")
    page.keyboard.press("n")
    page.wait_for_selector(".ticket-now")
    assert page.inner_text(".ticket-now") == "A002"  # the priority group, not the first to come
    screen = day.go("head", f"/may/{key['screen']}/")
    assert screen.inner_text(".is-calling .screen-number") == "A002"
    day.look(screen, "screen-1280")
    page.keyboard.press("s")
    page.wait_for_selector("[data-key=t]")
    page.keyboard.press("t")
    page.wait_for_url("**/tiep-nhan/**")
    uid = _at_the_counter(day, page, folder)
    # The tablet asks by itself once the service is over.
    tablet = day.go("head", f"/may/{key['tablet']}/")
    page.goto(f"{day.site}/console/sanh/")
    page.keyboard.press("f")
    tablet.wait_for_selector(".tablet-level")
    day.look(tablet)
    tablet.click("button[value='3']")
    tablet.wait_for_selector("text=Cảm ơn bạn")
    assert TicketRating.objects.count() == 1
    return uid


def _at_the_counter(day: Day, page: Any, folder: Path) -> str:
    """Card, procedure, form, papers with a scan, cash, Form 01; the uid of the dossier."""
    day.look(page)
    page.focus("#id_card")
    page.keyboard.type(CARD + "\n")  # the scanner, not a person
    page.wait_for_function("document.activeElement.id === 'id_procedure'")
    page.keyboard.type("tinh trang hon")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-form]")
    day.look(page, "counter-1280")
    for name, value in _ANSWERS.items():
        field = page.locator(f"[name='{name}']")
        if field.count() > 1:
            page.locator(f"[name='{name}'][value='{value}']").check()
        elif field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.locator("[name=truthful]").check()
    page.click("[data-form] .button-row button[value=next]")
    page.wait_for_selector("[data-drop-papers]")
    for box in page.locator("[name=shown]").all():
        box.check()
    (folder / "can-cuoc.pdf").write_bytes(pdf())
    page.locator("input[type=file]").last.set_input_files(str(folder / "can-cuoc.pdf"))
    page.fill("#id_amount", "15000")
    day.look(page)
    page.focus("button[name=file]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-key=p]")
    day.look(page, "received-1280")
    page.keyboard.press("m")
    page.wait_for_selector(".toast")
    run_until_idle()
    with page.context.expect_page() as printed:
        page.focus("[data-key=p]")
        page.keyboard.press("Enter")
    printed.value.close()
    case = Case.objects.get(state="received")
    return str(case.uid)


_ANSWERS = {
    "relation": "self",
    "requester_phone": "0901234567",
    "person_sex": "male",
    "person_ethnicity": "kinh",
    "person_nationality": "Việt Nam",
    "person_address.commune": "26740",
    "person_address.line": "12 Lê Lợi",
    "lived_elsewhere": "no",
    "marital_status": "never",
    "purpose": "property",
    "copies": "1",
    "had_previous": "no",
    "result_channel": "counter",
}


def _handle(day: Day, uid: str) -> None:
    """The dossier filed online: accepted, asked about elsewhere, proposed, signed, sealed."""
    page = day.go("clerk", "/console/")
    day.look(page)
    day.press("clerk", uid, "accept")
    day.press("clerk", uid, "forward")
    day.press("officer", uid, "verify_status", note="Đề nghị xác minh thời gian cư trú trước đây")
    day.press("consulted", uid, "answer", note="Chưa đăng ký kết hôn tại phường")
    page = day.go("officer", f"/console/ho-so/{uid}/")
    day.look(page, "officer-1280")
    day.press("officer", uid, "propose_online", note="Đủ điều kiện xác nhận")
    citizen = day.go("citizen", f"/ho-so/{uid}/", 360)
    day.look(citizen, "dossier-360")
    day.world.do("citizen", uid, "confirm_draft")
    day.press("division", uid, "approve")
    page = day.go("leader", "/console/cho-ky/")
    day.look(page, "signing-1280")
    page.locator(".action button:has-text('Ký')").first.click()
    page.wait_for_selector(".empty")
    page = day.go("records", "/console/cho-dong-dau/")
    day.look(page)
    page.locator(".action button:has-text('Ban hành')").click()
    page.wait_for_selector(".empty")
    run_until_idle()


def _return(day: Day, uid: str, key: dict[str, str]) -> None:
    """The owner came by appointment: called, handed the result, asked at the tablet."""
    page = day.go("clerk", "/console/sanh/")
    page.keyboard.press("n")
    page.wait_for_selector(".ticket-now")
    assert page.inner_text(".ticket-now") == "A001"
    page.keyboard.press("v")  # the first number never came
    page.wait_for_selector("text=Gọi số tiếp theo")
    page.keyboard.press("n")
    page.wait_for_selector(".ticket-now")
    assert page.inner_text(".ticket-now") == "A003"
    page.keyboard.press("s")
    page.wait_for_selector("[data-key=f]")
    day.press("clerk", uid, "deliver", receiver="Trần Thị Lan")
    assert Case.objects.get(uid=uid).state == "returned"
    page = day.go("clerk", "/console/sanh/")
    page.keyboard.press("f")
    page.wait_for_selector("[data-key=n]")
    tablet = day.go("head", f"/may/{key['tablet']}/")
    tablet.click("button[value='2']")
    tablet.wait_for_selector("text=Cảm ơn bạn")


def _close_the_cash(day: Day) -> None:
    """Counted 1,000 đ short: refused without a reason, taken with one, received by the head."""
    page = day.go("clerk", "/console/quy-tien-mat/")
    page.get_by_role("link", name="Mở quỹ, kiểm đếm").click()
    page.wait_for_selector("#count")
    for value, number in (("200000", "1"), ("10000", "1"), ("2000", "2")):
        page.fill(f"[name=note_{value}]", number)
    page.get_by_role("button", name="Chốt quỹ").click()
    page.wait_for_selector(".error-summary")
    assert page.input_value("[name=note_2000]") == "2"
    day.look(page)
    page.fill("[name=explanation]", "Thối nhầm 1.000 đ cho người nộp thứ hai")
    page.get_by_role("button", name="Chốt quỹ").click()
    page.wait_for_selector("text=In biên bản bàn giao")
    day.look(page, "cash-1280")
    drawer = CashDrawer.objects.get()
    head = day.go("head", f"/console/quy-tien-mat/{drawer.uid}/")
    head.get_by_role("button", name="Duyệt và nhận tiền").click()
    head.wait_for_selector(".toast")
    day.look(head)
    drawer.refresh_from_db()
    assert (drawer.state, drawer.expected, drawer.counted) == ("approved", 215_000, 214_000)


def _hand_over(day: Day, uid: str) -> None:
    """The walk-in's papers go to the ward with a numbered sheet."""
    day.press("clerk", uid, "forward")
    page = day.go("clerk", "/console/giao-nhan/")
    day.look(page, "hand-over-1280")
    sheets = page.get_by_role("button", name="Lập và in phiếu")
    left = sheets.count()
    assert left
    while left:
        sheets.first.click()
        page.wait_for_load_state()
        page = day.go("clerk", "/console/giao-nhan/")
        assert sheets.count() == left - 1
        left -= 1
    run_until_idle()
    day.look(day.go("clerk", "/console/giao-nhan/"))


def _close_the_hall(day: Day) -> None:
    """The counter closes, the head looks at the day's figures."""
    page = day.go("clerk", "/console/sanh/")
    page.get_by_role("button", name="Đóng quầy").click()
    page.wait_for_selector("text=Mở quầy để gọi số")
    day.look(page)
    day.look(day.go("head", "/console/sanh/so-lieu/"), "figures-1280")
    assert not Sitting.objects.filter(closed_at__isnull=True).exists()


def _close_the_year(day: Day) -> None:
    """On the first working day of the next year Form 07 is closed for good."""
    year = today().year
    with at_time(NEXT_YEAR):
        page = day.go("head", "/console/so-theo-doi/")
        page.get_by_text("Khóa sổ của năm đã hết").click()
        page.get_by_role("button", name="Khóa sổ").click()
        page.wait_for_load_state()
        run_until_idle()
        page = day.go("head", "/console/so-theo-doi/")
        page.wait_for_selector("text=đã khóa")
    book_of_year = YearRegister.objects.get(year=year)
    assert book_of_year.closed_at is not None
