"""A citizen's journey in a real browser, narrow and wide, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from motcua.casework.attachments.tests.samples import jpeg, pdf
from motcua.casework.cases.public import Case
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.testing.browser import open_page
from motcua.subsystems.applications.tests.walking import (
    NEXT,
    PASSWORD,
    fill,
    fill_form,
    go_on,
    log_in,
    look,
    settle_in,
)
from motcua.subsystems.applications.tests.world import MARITAL, World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = [(360, "vi"), (1280, "vi"), (360, "en"), (1280, "en")]
START = "/thu-tuc/1.004873/nop/"


@pytest.fixture
def world() -> World:
    made = make_world()
    cache.clear()
    settle_in(made)
    run_until_idle()
    return made


@pytest.mark.parametrize(("width", "language"), LOOKS)
def test_finding_reading_and_applying(
    world: World, live_server: Any, new_page: Callable[..., Any], width: int, language: str
) -> None:
    page, suffix = new_page(width=width, language=language), f"{width}-{language}"
    site = live_server.url
    open_page(page, site + "/")
    look(page, "home", suffix)
    page.fill("main input[type=search], .hero input[type=search]", "giay doc than")
    page.press(".hero input[type=search]", "Enter")
    page.wait_for_selector("main .card-link")
    look(page, "search", suffix)
    page.click("main .card-link a[href*='1.004873']")
    page.wait_for_selector("#cost")
    look(page, "procedure", suffix)
    page.click("main a.button-primary")
    page.wait_for_selector("#id_username")
    look(page, "login", suffix)
    log_in(page, site)
    page.wait_for_url(f"**{START}")
    look(page, "start", suffix)
    page.click("main button.button-primary")
    page.wait_for_url("**/mau/**")
    look(page, "step", suffix)
    fill_form(page, MARITAL)
    look(page, "office", suffix)
    assert page.input_value("#id_centre") == world.centre.code
    go_on(page)
    look(page, "papers", suffix)
    go_on(page)
    look(page, "check", suffix)
    page.dblclick("main button.button-primary")
    page.wait_for_url("**/da-nop/")
    look(page, "kept", suffix)
    assert Case.objects.count() == 1
    page.click("main a.button-primary")
    page.wait_for_selector("#story")
    look(page, "mine-new", suffix)
    open_page(page, site + "/")
    look(page, "home-own", suffix)
    open_page(page, site + "/ho-so/")
    look(page, "list", suffix)


@pytest.mark.parametrize(("width", "language"), LOOKS)
def test_from_supplement_to_rating(
    world: World, live_server: Any, new_page: Callable[..., Any], tmp_path: Path,
    width: int, language: str,
) -> None:  # fmt: skip
    page, suffix = new_page(width=width, language=language), f"{width}-{language}"
    uid = world.file()
    _ask(world, uid)
    run_until_idle()
    log_in(page, live_server.url, f"/ho-so/{uid}/")
    page.wait_for_selector(".notice-turn")
    look(page, "mine-turn", suffix)
    page.click(".notice-turn a.button-turn")
    look(page, "supplement", suffix)
    page.click("main button.button-turn")
    page.wait_for_selector(".error-summary")
    look(page, "supplement-errors", suffix)
    page.fill("[name=requester_phone]", "0907654321")
    page.click("main button.button-turn")
    page.wait_for_selector("#story")
    world.do("clerk", uid, "accept")
    world.do("clerk", uid, "forward")
    world.do("officer", uid, "propose_online")
    run_until_idle()
    page.reload()
    look(page, "mine-draft", suffix)
    page.click(".notice-turn a.button-secondary")
    page.wait_for_selector("#id_reason")
    page.click("main button.button-primary")
    page.wait_for_selector(".error-summary")
    look(page, "act-errors", suffix)
    page.fill("#id_reason", "Sai ngày sinh")
    page.click("main button.button-primary")
    page.wait_for_selector("#story")
    world.do("officer", uid, "propose_online")
    page.reload()
    page.click(".notice-turn a.button-turn")
    page.click("main button.button-primary")
    page.wait_for_selector("#story")
    for who, action in (
        ("division", "approve"), ("leader", "sign"), ("records", "issue"), ("clerk", "deliver")
    ):  # fmt: skip
        world.do(who, uid, action)
    run_until_idle()
    page.reload()
    look(page, "mine-done", suffix)
    page.click("#rate ~ form button")
    page.wait_for_selector(".error-summary")
    look(page, "rate-errors", suffix)
    page.check("[name=score][value='3']")
    page.click("#rate ~ form button")
    page.wait_for_selector("#story")
    assert not page.locator("#rate").count()
    code = Case.objects.get(uid=uid).code
    open_page(page, f"{live_server.url}/tra-cuu/{code}")
    look(page, "lookup", suffix)
    open_page(page, f"{live_server.url}/tra-cuu/H29.1-000000-0000")
    look(page, "lookup-unknown", suffix)


def _ask(world: World, uid: str) -> None:
    world.do(
        "clerk", uid, "request_supplement", note="Kiểm tra lại giúp chúng tôi hai mục sau.",
        items=[
            {"kind": "field", "target": "requester_phone", "label": "Số điện thoại",
             "problem": "wrong", "reason": "Gọi không liên lạc được.", "before": "0901234567"},
        ],
    )  # fmt: skip


@pytest.mark.parametrize(("width", "language"), [(360, "vi"), (1280, "en")])
def test_account_and_registration(
    world: World, live_server: Any, new_page: Callable[..., Any], width: int, language: str
) -> None:
    page, suffix = new_page(width=width, language=language), f"{width}-{language}"
    site = live_server.url
    open_page(page, site + "/login/")
    page.fill("#id_username", "lan.tran")
    page.fill("#id_password", "sai mat khau")
    page.click("main button.button-primary")
    page.wait_for_selector(".notice-danger")
    look(page, "login-refused", suffix)
    assert page.input_value("#id_username") == "lan.tran"
    open_page(page, site + "/dang-ky/")
    page.fill("#id_full_name", "Lê Văn Minh")
    page.click("main button.button-primary")
    page.wait_for_selector(".error-summary")
    look(page, "register-errors", suffix)
    fill(page, {
        "identity_number": "079085001234", "birth_date_day": "3", "birth_date_month": "2",
        "birth_date_year": "1985", "phone": "0912345678", "email": "minh@example.vn",
        "commune_code": "26740", "address": "1 Đồng Khởi", "username": "minh.le",
        "password": PASSWORD, "password_again": PASSWORD,
    })  # fmt: skip
    page.click("main button.button-primary")
    page.wait_for_selector(".menu-account")
    open_page(page, site + "/tai-khoan/")
    look(page, "account", suffix)


def test_files_are_refused_with_the_reason_and_good_ones_stay(
    world: World, live_server: Any, new_page: Callable[..., Any], tmp_path: Path
) -> None:
    from motcua.subsystems.procedures.tests.samples import BUILDING

    page = new_page(width=360)
    log_in(page, live_server.url, "/thu-tuc/1.013225/nop/")
    page.click("main button.button-primary")
    fill_form(page, BUILDING)
    go_on(page)
    (tmp_path / "mat-bang.pdf").write_bytes(pdf())
    (tmp_path / "anh.jpg").write_bytes(jpeg())
    (tmp_path / "virus.exe").write_bytes(b"MZ" + b"\0" * 100)
    page.set_input_files("#id_paper-drawing_site", str(tmp_path / "mat-bang.pdf"))
    page.set_input_files("#id_paper-drawing_floors", str(tmp_path / "virus.exe"))
    page.click(NEXT)
    page.wait_for_selector(".error-summary")
    look(page, "papers-refused", "360-vi")
    assert page.locator("text=mat-bang.pdf").count()
    assert "virus.exe" in page.inner_text("#id_paper-drawing_floors-error")
    for paper in ("drawing_floors", "drawing_foundation", "drawing_utilities"):
        page.set_input_files(f"#id_paper-{paper}", str(tmp_path / "mat-bang.pdf"))
    page.click(NEXT)
    page.wait_for_url("**/kiem-tra/")
    look(page, "check-building", "360-vi")


def test_an_expired_session_loses_nothing(
    world: World, live_server: Any, new_page: Callable[..., Any]
) -> None:
    page = new_page(width=360)
    log_in(page, live_server.url, START)
    page.click("main button.button-primary")
    page.wait_for_url("**/mau/**")
    here = page.url
    page.select_option("#id_relation", "self")
    page.fill("#id_requester_phone", "0987654321")
    page.context.clear_cookies(name="sessionid")
    page.click(NEXT)
    page.wait_for_selector("#id_username")
    log_in(page, live_server.url)
    page.wait_for_selector("#id_relation")
    assert page.url == here
    assert page.input_value("#id_requester_phone") == "0987654321"
    assert page.input_value("#id_relation") == "self"
    look(page, "step-back-again", "360-vi")
    go_on(page)
    page.click("main button[value=back]")
    page.wait_for_selector("#id_requester_phone")
    assert page.input_value("#id_requester_phone") == "0987654321"


def test_everything_works_without_javascript(world: World, live_server: Any, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(live_server.url + "/thu-tuc/1.004873/")
    page.click("main a.button-primary")
    page.fill("#id_username", "lan.tran")
    page.fill("#id_password", PASSWORD)
    page.click("main button.button-primary")
    page.click("main button.button-primary")
    for _screen in range(20):
        if "/mau/" not in page.url:
            break
        fill(page, MARITAL)
        page.click(NEXT)
    page.click(NEXT)
    page.click(NEXT)
    page.click("main button.button-primary")
    assert page.url.endswith("/da-nop/")
    uid = page.url.rstrip("/").split("/")[-2]
    page.goto(f"{live_server.url}/ho-so/{uid}/")
    page.click("main a:has-text('Rút hồ sơ')")
    page.fill("#id_reason", "Nộp nhầm")
    page.click("main button.button-danger")
    assert "rút" in page.inner_text("main")
    context.close()
