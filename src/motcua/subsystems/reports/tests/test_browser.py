"""A citizen's phone, the unit's desk and back, in a real browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motcua.casework.people.models import Account
from motcua.foundation.testing.browser import (
    assert_axe_clean,
    assert_no_sideways_scroll,
    open_page,
    shot,
)
from motcua.subsystems.reports.models import Report
from motcua.subsystems.reports.tests.world import make_world, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _check(page: Any, name: str) -> None:
    shot(page, f"reports-{name}")
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)


def _enter(page: Any, live_server: Any, account_id: int | None) -> None:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(Account.objects.get(pk=account_id))
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
    )


def test_from_the_phone_to_the_proof_and_back(
    live_server: Any,
    new_page: Callable[..., Any],
    tmp_path: Path,
    working_morning: dt.datetime,
) -> None:
    world = make_world()
    photo = tmp_path / "o-ga.jpg"
    photo.write_bytes(picture())
    phone = new_page(width=360)
    phone.set_default_timeout(60_000)
    phone.context.grant_permissions(["geolocation"], origin=live_server.url)
    phone.context.set_geolocation({"latitude": 10.5, "longitude": 106.5})
    open_page(phone, f"{live_server.url}/phan-anh/gui/")
    phone.set_input_files("[name=photos]", str(photo))
    phone.fill("[name=description]", "Có ổ gà sâu trước cổng chợ")
    _check(phone, "what-360")
    phone.click("main form button:has-text('Tiếp tục')")
    phone.wait_for_selector("[name=area]")
    phone.click("[data-locate-now]")
    phone.wait_for_function("document.querySelector('[name=longitude]').value !== ''")
    _check(phone, "where-360")
    phone.click("main form button:has-text('Tiếp tục')")
    phone.wait_for_selector("[name=category]:checked")
    _check(phone, "kind-360")
    phone.click("main form button:has-text('Tiếp tục')")
    phone.wait_for_selector("[name=hide_name]")
    _check(phone, "send-360")
    phone.click("main form button:has-text('Gửi phản ánh')")
    phone.wait_for_selector("text=Đã nhận phản ánh của bạn")
    _check(phone, "follow-360")
    follow = phone.url
    report = Report.objects.select_related("case").get()

    unit = new_page(width=1280)
    unit.set_default_timeout(60_000)
    _enter(unit, live_server, world.officer.account_id)
    open_page(unit, f"{live_server.url}/console/phan-anh/{report.case.uid}/")
    _check(unit, "case-1280")
    unit.click("summary:has-text('Đã xử lý xong')")
    unit.fill("#id_text_resolve", "Đã vá xong, mời bà con kiểm tra")
    unit.set_input_files("#id_proof_resolve", str(photo))
    unit.click("form:has(#id_text_resolve) button:has-text('Đã xử lý xong')")
    unit.wait_for_selector("text=Đã ghi nhận")
    report.case.refresh_from_db()
    assert report.case.state == "resolved"
    open_page(unit, f"{live_server.url}/console/phan-anh/anh/")
    _check(unit, "photos-1280")
    unit.click("button:has-text('Công khai') >> nth=0")
    unit.wait_for_selector("text=Ảnh được công khai")

    open_page(phone, follow)
    _check(phone, "resolved-360")
    phone.click("button:has-text('Hài lòng') >> nth=0")
    phone.wait_for_load_state("load")
    assert report.ratings.get().satisfied
    open_page(phone, f"{live_server.url}/phan-anh/{report.case.code}/")
    phone.wait_for_selector("img.report-photo")
    _check(phone, "public-360")
    open_page(phone, f"{live_server.url}/phan-anh/")
    _check(phone, "list-360")
