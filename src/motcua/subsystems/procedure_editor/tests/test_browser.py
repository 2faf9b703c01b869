"""The whole way in Chromium: a draft is mended, drawn, looked at, published and applied for."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from motcua.foundation.testing.browser import (
    assert_axe_clean,
    assert_no_sideways_scroll,
    open_page,
    shot,
)
from motcua.foundation.timesource import today
from motcua.subsystems.procedure_editor import services
from motcua.subsystems.procedure_editor.tests.office import (
    administrators,
    client_of,
    complete,
    document_of,
)
from motcua.subsystems.procedures.public import version_in_force

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def page_of(new_page: Any, live_server: Any, actor: Any, **look: Any) -> Any:
    """A page of a real browser, logged in as the actor."""
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():
        # The plugin shares one connection between threads, which only memory survives.
        live_server.thread.connections_override.clear()
    session = client_of(actor).cookies["sessionid"].value
    page = new_page(**look)
    cookie = {"name": "sessionid", "value": session, "url": live_server.url, "httpOnly": True}
    page.context.add_cookies([cookie])
    return page


def saved(page: Any) -> None:
    """Wait until the drawing has been taken by the server."""
    page.wait_for_selector("#modeler[data-saved]")


def test_mend_draw_preview_publish_and_open(new_page: Any, live_server: Any) -> None:
    editor, second = administrators()
    draft = services.start_draft(actor=editor, document=complete(name={"vi": "", "en": ""}))
    root = f"{live_server.url}/console/soan-thu-tuc/{draft.uid}/"
    page = page_of(new_page, live_server, editor)

    open_page(page, root)
    assert_axe_clean(page)
    page.get_by_role("link", name="Thông tin chung").first.click()
    page.get_by_label("Tên (tiếng Việt)").fill("Cấp giấy nuôi mèo")
    page.get_by_label("Tên (tiếng Anh)").fill("Paper to keep a cat")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.wait_for_selector("h1:has-text('Cấp giấy nuôi mèo')")
    assert_axe_clean(page)

    open_page(page, f"{root}phan/cases/0/")
    page.get_by_label("Điều kiện").fill("requester_nam == 'x'")
    page.wait_for_selector(".cel-said .field-error")
    assert_axe_clean(page)
    page.get_by_label("Điều kiện").fill("")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.wait_for_selector("text=Đã lưu.")

    open_page(page, f"{root}to-khai/?buoc=finish")
    page.get_by_label("Câu hỏi hoặc tiêu đề").fill("Tên con mèo")
    page.get_by_role("button", name="Thêm câu hỏi vào “Kết quả và cam đoan”").click()
    page.wait_for_selector("#preview :text('Tên con mèo')")
    page.get_by_role("link", name="Tên con mèo").click()
    page.get_by_label("Câu hỏi (tiếng Việt)").fill("Tên của mèo")
    page.wait_for_selector("#preview :text('Tên của mèo')")
    page.wait_for_selector("[data-autosave-said]:not(:empty)")
    page.get_by_role("button", name="Điện thoại").click()
    assert_axe_clean(page)
    shot(page, "editor-question-1280-vi")

    open_page(page, f"{root}quy-trinh/")
    page.wait_for_selector("#modeler[data-drawn]")
    page.locator("[data-element-id='sign'] .djs-hit").first.click()
    page.get_by_label("Tên (tiếng Việt)").fill("Chủ tịch ký")
    page.get_by_label("Tên (tiếng Việt)").press("Tab")
    saved(page)
    step = next(s for s in document_of(draft)["process"]["steps"] if s["id"] == "sign")
    assert step["name"]["vi"] == "Chủ tịch ký"
    # axe takes the clipped parts of the drawing for boxes that lie over the menus.
    assert_axe_clean(page, allow=("target-size",))
    shot(page, "editor-process-1280-vi")
    page.get_by_role("button", name="Thêm bước", exact=True).click()
    page.wait_for_selector(".fault-badge")
    back = page.locator("[data-tools]").get_by_role("button", name="Hoàn tác", exact=True)
    # The name that was offered for typing is one change, the step itself another.
    back.click()
    back.click()
    page.wait_for_selector(".fault-badge", state="detached")

    open_page(page, f"{root}duyet/")
    page.get_by_label("Có hiệu lực từ ngày").fill(today().isoformat())
    page.get_by_role("button", name="Trình người thứ hai duyệt").click()
    page.wait_for_selector("text=Chờ người thứ hai")
    assert_axe_clean(page)

    other = page_of(new_page, live_server, second, width=360)
    open_page(other, f"{root}duyet/")
    shot(other, "editor-review-360-vi")
    assert_no_sideways_scroll(other)
    assert_axe_clean(other)
    other.get_by_role("button", name="Duyệt và công bố").click()
    other.wait_for_selector("text=Đã công bố. Thủ tục có hiệu lực")
    assert version_in_force("9.000001", today()).name == "Cấp giấy nuôi mèo"

    citizen = new_page(width=360)
    open_page(citizen, f"{live_server.url}/thu-tuc/9.000001/")
    citizen.get_by_role("heading", name="Cấp giấy nuôi mèo").wait_for()
    citizen.get_by_role("link", name="Nộp hồ sơ").first.wait_for()
