"""The whole journey of a building permit, everybody in a real browser.

Citizen → clerk → head of division → officer → consulted department → officer → head of
division → leader → records clerk → clerk → citizen; every screen clean and pictured.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motcua.casework.attachments.tests.samples import pdf
from motcua.casework.cases.public import Case
from motcua.casework.ledger.public import check_ledger
from motcua.casework.testing.makers import make_agency, make_official
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.testing.browser import (
    assert_axe_clean,
    assert_no_sideways_scroll,
    open_page,
    shot,
)
from motcua.subsystems.applications.tests.console import page_of
from motcua.subsystems.applications.tests.walking import (
    NEXT,
    fill_form,
    go_on,
    log_in,
    settle_in,
)
from motcua.subsystems.applications.tests.world import World, make_world
from motcua.subsystems.procedures.tests.samples import BUILDING

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DRAWINGS = ("site", "floors", "foundation", "utilities")

OFFICIALS = (
    ("clerk", "accept"),
    ("clerk", "forward"),
    ("division", "assign"),
    ("officer", "ask_consultation"),
    ("planner", "agree"),
    ("officer", "propose"),
    ("division", "approve"),
    ("leader", "sign"),
    ("records", "issue"),
    ("clerk", "deliver"),
)


@pytest.fixture
def world() -> World:
    made = make_world()
    settle_in(made)
    planning = make_agency(
        "Sở Quy hoạch – Kiến trúc", code="so-qhkt", kind="department", level="city"
    )
    made.people["planner"] = make_official(planning, "consulted_officer", name="Cán bộ quy hoạch")
    run_until_idle()
    return made


class Pictures:
    """Numbers the pictures of one journey and checks each screen."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.count = 0

    def take(self, page: Any, name: str) -> None:
        self.count += 1
        page.evaluate("document.fonts.ready.then(() => true)")
        shot(page, f"journey-{self.width}-{self.count:02}-{name}")
        # The built-in viewer of PDF files is the browser's own page, not ours.
        assert_axe_clean(page)
        assert_no_sideways_scroll(page)


def _apply(page: Any, site: str, folder: Path, pictures: Pictures) -> str:
    """From the front door to the page to keep; the dossier's uid."""
    open_page(page, site + "/")
    page.fill(".hero input[type=search]", "xay nha")
    page.press(".hero input[type=search]", "Enter")
    page.click("main .card-link a[href*='1.013225']")
    page.wait_for_selector("#cost")
    pictures.take(page, "procedure")
    page.click("main a.button-primary")
    log_in(page, site)
    page.click("main button.button-primary")
    page.wait_for_url("**/mau/**")
    pictures.take(page, "form")
    fill_form(page, BUILDING)
    go_on(page)
    (folder / "ban-ve.pdf").write_bytes(pdf())
    for drawing in DRAWINGS:
        page.set_input_files(f"#id_paper-drawing_{drawing}", str(folder / "ban-ve.pdf"))
    pictures.take(page, "papers")
    page.click(NEXT)
    page.wait_for_url("**/kiem-tra/")
    pictures.take(page, "check")
    page.click("main button.button-primary")
    page.wait_for_url("**/da-nop/")
    pictures.take(page, "kept")
    return page.url.rstrip("/").split("/")[-2]


def _press(page: Any, action: str) -> None:
    """Take one action of the console as the official would: answer what it asks, press it."""
    form = page.locator(f"form.action:has(input[name=action][value={action}])").first
    fold = page.locator("details.action-fold", has=form)
    if fold.count() and not form.is_visible():
        fold.first.locator("summary").click()
    for box in form.locator("textarea:visible").all():
        box.fill("Đã xem xét, đủ điều kiện theo quy định.")
    for choice in form.locator("select:visible").all():
        if not choice.input_value():
            choice.select_option(index=1)
    for box in form.locator("input[name=receiver]:visible").all():
        box.fill("Trần Thị Lan")
    with page.expect_navigation():
        form.locator("button.button").last.click()
    page.wait_for_load_state("load")
    faults = page.locator(".error-summary, .notice-danger")
    assert not faults.count(), faults.first.inner_text()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_building_permit_from_the_search_to_the_rating(
    world: World, live_server: Any, new_page: Callable[..., Any], tmp_path: Path, width: int
) -> None:
    site, pictures = live_server.url, Pictures(width)
    citizen = new_page(width=width)
    uid = _apply(citizen, site, tmp_path, pictures)
    pages: dict[str, Any] = {}
    for who, action in OFFICIALS:
        run_until_idle()
        if who not in pages:
            pages[who] = page_of(new_page, live_server, world.people[who], width=width)
            open_page(pages[who], f"{site}/console/")
            if action in {"accept", "sign"}:
                pictures.take(pages[who], f"{who}-inbox")
        open_page(pages[who], f"{site}/console/ho-so/{uid}/")
        pictures.take(pages[who], f"{who}-{action}")
        _press(pages[who], action)
        if action == "ask_consultation":
            open_page(citizen, f"{site}/ho-so/{uid}/")
            pictures.take(citizen, "citizen-waits")
    run_until_idle()
    case = Case.objects.get(uid=uid)
    assert (case.state, case.outcome, case.is_open) == ("returned", "granted", False)
    assert list(check_ledger()) == []
    _finish(citizen, site, uid, pictures)


def _finish(page: Any, site: str, uid: str, pictures: Pictures) -> None:
    """The citizen reads the result, checks its signatures and rates."""
    open_page(page, f"{site}/ho-so/{uid}/")
    pictures.take(page, "citizen-result")
    address = page.get_attribute("#result ~ * a.button-primary", "href")
    assert page.context.request.get(f"{site}{address}").body().startswith(b"%PDF")
    page.check("[name=score][value='3']")
    page.click("#rate ~ form button")
    page.wait_for_selector("#story")
    page.click("#result ~ * a.button-secondary")
    page.wait_for_selector("text=TOTAL-PASSED")
    pictures.take(page, "verified")
