"""Officials at work in a real browser, wide and narrow, in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from motcua.casework.cases.public import Case
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.testing.browser import (
    assert_axe_clean,
    assert_no_sideways_scroll,
    open_page,
    shot,
)
from motcua.foundation.timesource import at_time
from motcua.subsystems.applications.tests.console import page_of
from motcua.subsystems.applications.tests.world import World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = [(1280, "vi"), (360, "vi"), (1280, "en"), (360, "en")]


@pytest.fixture
def world(working_morning: dt.datetime) -> World:
    return make_world()


def _check(page: Any, name: str, width: int, language: str) -> None:
    shot(page, f"console-{name}-{width}-{language}")
    # The built-in viewer of PDF files is the browser's own page, not ours.
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)


def _dossiers(world: World, morning: dt.datetime) -> str:
    """Several dossiers of several ages; the uid of the last."""
    uid = ""
    for days in (9, 4, 1, 0):
        with at_time(morning - dt.timedelta(days=days)):
            uid = world.file()
            if days:
                world.do("clerk", uid, "accept")
    return uid


@pytest.mark.parametrize("look", LOOKS)
def test_the_clerk_works_through_the_inbox(
    world: World,
    working_morning: dt.datetime,
    live_server: Any,
    new_page: Callable[..., Any],
    look: tuple[int, str],
) -> None:
    width, language = look
    uid = _dossiers(world, working_morning)
    page = page_of(new_page, live_server, world.clerk, width=width, language=language)
    open_page(page, live_server.url + "/console/")
    _check(page, "inbox", width, language)
    if width == 1280:
        heights = page.eval_on_selector_all(
            ".inbox-table tbody tr",
            "rows => rows.map(row => [row.getBoundingClientRect().height,"
            " row.querySelector('.why-late') !== null])",
        )
        # A late row says why on a second line.
        assert all(height <= (56 if late else 37) for height, late in heights), heights
        page.keyboard.press("j")
        page.keyboard.press("x")
        assert page.is_visible(".bulk-bar")
        shot(page, f"console-inbox-chosen-{width}-{language}")
    open_page(page, f"{live_server.url}/console/ho-so/{uid}/")
    _check(page, "case-new", width, language)


@pytest.mark.parametrize(("width", "language"), LOOKS)
def test_the_clerk_asks_once_for_everything(
    world: World, live_server: Any, new_page: Callable[..., Any], width: int, language: str
) -> None:
    uid = world.file()
    page = page_of(new_page, live_server, world.clerk, width=width, language=language)
    open_page(page, f"{live_server.url}/console/ho-so/{uid}/")
    fold = page.locator(".action-fold", has=page.locator("[name=asks_items]"))
    fold.locator("summary").click()
    box = page.locator("[id='item-field:purpose']")
    box.check()
    fold.locator("button.button").last.click()
    page.wait_for_selector(".error-summary")
    assert page.locator("[id='item-field:purpose']").is_checked()
    _check(page, "supplement-error", width, language)
    page.fill("[id='why-field-purpose']", "Ghi rõ dùng vào việc gì")
    page.locator(".action-card", has=page.locator("[name=asks_items]")).locator(
        "button.button"
    ).last.click()
    page.wait_for_selector(".correction")
    _check(page, "supplement-asked", width, language)


@pytest.mark.parametrize("width", [1280, 360])
def test_from_the_officer_to_the_sealed_result(
    world: World, live_server: Any, new_page: Callable[..., Any], width: int
) -> None:
    uid = world.file(answers={"result_channel": "counter"})
    for who, action in (("clerk", "accept"), ("clerk", "forward")):
        world.do(who, uid, action)
    look = {"width": width, "language": "vi"}
    address = f"{live_server.url}/console/ho-so/{uid}/"
    officer = page_of(new_page, live_server, world.officer, **look)
    open_page(officer, address)
    officer.locator(".action-card textarea").first.fill("Đủ điều kiện xác nhận")
    officer.locator(".action-card button.button").last.click()
    officer.wait_for_selector(".toast")
    _check(officer, "case-proposed", width, "vi")
    world.do("citizen", uid, "confirm_draft")
    world.do("division", uid, "approve")
    leader = page_of(new_page, live_server, world.leader, **look)
    open_page(leader, live_server.url + "/console/cho-ky/")
    _check(leader, "signing", width, "vi")
    leader.locator(".action button:has-text('Ký')").first.click()
    leader.wait_for_selector(".empty")
    _check(leader, "signing-empty", width, "vi")
    records = page_of(new_page, live_server, world.records, **look)
    open_page(records, live_server.url + "/console/cho-dong-dau/")
    _check(records, "sealing", width, "vi")
    records.locator(".action button:has-text('Ban hành')").click()
    records.wait_for_selector(".empty")
    run_until_idle()
    clerk = page_of(new_page, live_server, world.clerk, **look)
    open_page(clerk, address)
    _check(clerk, "case-finished", width, "vi")
    clerk.fill(".action [name=receiver]", "Trần Thị Lan")
    clerk.locator(".action button:has-text('Trả kết quả')").click()
    clerk.wait_for_selector(".toast")
    assert Case.objects.get(uid=uid).state == "returned"
    open_page(clerk, f"{address}bien-lai/")
    _check(clerk, "receipt", width, "vi")
    open_page(clerk, f"{address}so-do/")
    clerk.wait_for_selector("[data-drawn]")
    # bpmn-js draws its own picture; the steps stand beside it as a list.
    shot(clerk, f"console-diagram-{width}-vi")


@pytest.mark.parametrize("width", [1280, 360])
def test_two_officials_meet(
    world: World, live_server: Any, new_page: Callable[..., Any], width: int
) -> None:
    uid = world.file()
    page = page_of(new_page, live_server, world.clerk, width=width)
    open_page(page, f"{live_server.url}/console/ho-so/{uid}/")
    fold = page.locator(".action-fold", has=page.locator("[name=basis]"))
    fold.locator("summary").click()
    fold.locator("textarea").fill("Không thuộc thẩm quyền của trung tâm")
    world.do("clerk", uid, "accept")
    fold.locator("button.button").last.click()
    page.wait_for_selector(".notice-danger")
    assert "Không thuộc thẩm quyền" in page.inner_text(".typed")
    _check(page, "conflict", width, "vi")


@pytest.mark.parametrize(("width", "language"), LOOKS)
def test_the_counter(
    world: World, live_server: Any, new_page: Callable[..., Any], width: int, language: str
) -> None:
    page = page_of(new_page, live_server, world.clerk, width=width, language=language)
    open_page(page, live_server.url + "/console/tiep-nhan/")
    _check(page, "counter-start", width, language)
    page.fill("#id_procedure", "1.004873")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-form]")
    page.click("[data-form] .button-row button[value=next]")
    page.wait_for_selector(".error-summary")
    _check(page, "counter-person-error", width, language)
    page.fill("#id_identity_number", "079190001234")
    page.fill("#id_full_name", "Trần Thị Lan")
    page.click("[data-form] .button-row button[value=next]")
    page.wait_for_selector("[data-form]:not([data-form=counter-applicant])")
    _check(page, "counter-form", width, language)
    open_page(page, page.url.split("to-khai/")[0] + "giay-to/")
    page.click("button[name=file]")
    page.wait_for_selector(".error-summary")
    _check(page, "counter-papers", width, language)


@pytest.mark.parametrize(("width", "language"), LOOKS)
def test_the_pages_of_the_house(
    world: World, live_server: Any, new_page: Callable[..., Any], width: int, language: str
) -> None:
    from motcua.casework.agencies.public import Agency
    from motcua.casework.testing.makers import make_official

    city = Agency.objects.get(code="ubnd-tp")
    keeper = make_official(city, "administrator", name="Quản trị viên")
    page = page_of(new_page, live_server, keeper, width=width, language=language)
    for name, path in (
        ("jobs", "he-thong/"), ("ledger", "he-thong/so-cai/"), ("calendar", "he-thong/lich/"),
        ("agencies", "he-thong/co-quan/"), ("search", "tim/?q=lan"),
    ):  # fmt: skip
        open_page(page, f"{live_server.url}/console/{path}")
        _check(page, name, width, language)
