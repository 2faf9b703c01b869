"""The leader signs twelve in one approval; one drops out, since its officer redrafted it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import override_settings

from motcua.casework.cases.public import Case
from motcua.casework.issuing.public import IssuedDocument, without_files
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.testing.browser import (
    assert_axe_clean,
    assert_no_sideways_scroll,
    open_page,
    shot,
)
from motcua.foundation.timesource import at_time
from motcua.subsystems.applications.tests.console import page_of
from motcua.subsystems.batches.tests.conftest import PASSWORD, prepared_world, to_the_leader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _check(page: Any, name: str, *, only_wide: bool = False) -> None:
    for width in (1280,) if only_wide else (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        shot(page, f"batch-{name}-{width}")
        assert_axe_clean(page)
        assert_no_sideways_scroll(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_the_leader_signs_twelve_at_once(
    working_morning: dt.datetime, live_server: Any, new_page: Callable[..., Any]
) -> None:
    world = prepared_world()
    with at_time(working_morning - dt.timedelta(days=9)):
        to_the_leader(world)  # late by now
    for _ in range(10):
        to_the_leader(world)
    odd = to_the_leader(world, note="Xem lại nơi cư trú trước khi ký")
    site = live_server.url
    page = page_of(new_page, live_server, world.leader, width=1280)
    open_page(page, f"{site}/console/cho-ky/")
    _check(page, "queue")
    page.click("text=Ký cả danh sách")
    page.wait_for_selector("h2#can-xem")
    assert page.locator("input[name=item]").count() == 12
    assert page.locator("input[name=item]:checked").count() == 11
    with page.expect_popup() as opened:
        page.locator("td a[target=_blank]").first.click()
    leaf = opened.value
    leaf.wait_for_selector(".sheet-picture img")
    _check(leaf, "leaf", only_wide=True)
    leaf.close()
    page.click("text=Phê duyệt và ký")
    page.wait_for_selector(".error-summary")
    page.locator("input[name=item]").first.check()
    _check(page, "choose")
    page.fill("#id_password", PASSWORD)
    page.click("text=Phê duyệt và ký")
    page.wait_for_selector("#batch progress")
    _check(page, "waiting")
    # Meanwhile one paper comes back from its officer with another text.
    with override_settings(DEMO=True), without_files():
        world.do("leader", odd, "return_for_rework", reason="Sửa nơi cư trú")
        world.do("officer", odd, "propose_online", result={"purpose": "khác"})
        world.do("citizen", odd, "confirm_draft")
        world.do("division", odd, "approve")
    with at_time(dt.datetime.now(dt.UTC)):  # the server's time, at which the job was asked for
        run_until_idle()
    page.wait_for_selector("text=Đã xong 11/12", timeout=15000)
    _check(page, "ended")
    assert Case.objects.get(uid=odd).holder_role == "leader"
    assert IssuedDocument.objects.filter(state="signed").count() == 11
    page.click("text=Xem lại 1 hồ sơ")
    page.wait_for_selector("h2#can-xem")
    assert page.locator("input[name=item]").count() == 1
    assert not page.locator("input[name=item]").first.is_checked()
