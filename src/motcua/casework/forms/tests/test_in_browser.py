"""The sample form in a real Chromium: with JavaScript, without it, on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from motcua.casework.forms.tests import urls
from motcua.foundation.testing.browser import (
    assert_axe_clean,
    assert_no_sideways_scroll,
    open_page,
    shot,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("motcua.casework.forms.tests.urls"),
]
NEXT = ".button-row button[value=next]"


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    urls.KEPT.update(answers={}, revision=0)
    yield
    urls.KEPT.update(answers={}, revision=0)


@pytest.mark.parametrize("look", [(360, "vi", "light"), (1280, "en", "dark")])
@pytest.mark.parametrize("step", ["child", "family", "contact"])
def test_every_screen_is_clean_with_and_without_errors(
    live_server: Any, new_page: Callable[..., Any], look: tuple[int, str, str], step: str
) -> None:
    width, language, theme = look
    page = new_page(width=width, language=language, theme=theme)
    urls.KEPT["answers"] = {"married": True, "siblings": [{"birth": "x"}], "relation": "other"}
    open_page(page, f"{live_server.url}/try/form/{step}")
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    page.click(NEXT)
    page.wait_for_selector(".error-summary")
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    shot(page, f"form-{step}-{width}-{language}-{theme}")


def test_fields_come_and_go_while_one_types(live_server: Any, page: Any) -> None:
    open_page(page, f"{live_server.url}/try/form/family")
    assert not page.is_visible("#id_relation_other")
    page.select_option("#id_relation", "other")
    page.wait_for_selector("#id_relation_other", state="visible")
    assert not page.is_visible("[data-field=relation_other] .field-optional")
    assert "relation_other" in page.input_value("[name=_shown]").split()
    page.select_option("#id_relation", "father")
    page.wait_for_selector("#id_relation_other", state="hidden")


def test_values_are_calculated_and_the_draft_is_kept(live_server: Any, page: Any) -> None:
    open_page(page, f"{live_server.url}/try/form/contact")
    page.fill("#id_copies", "1.000")
    page.wait_for_selector("#id_fee:has-text('8.000.000')")
    page.wait_for_selector("text=Đã lưu lúc")
    assert urls.KEPT["answers"]["copies"] == 1000
    assert page.input_value("[name=_revision]") == "1"


def test_rows_are_added_by_a_button_and_enter_goes_on(live_server: Any, page: Any) -> None:
    urls.KEPT["answers"] = {"married": True}
    open_page(page, f"{live_server.url}/try/form/family")
    page.click("button[value='add:siblings']")
    page.fill("[id='id_siblings.0.name']", "An")
    page.click("button[value='add:siblings']")
    assert page.input_value("[id='id_siblings.0.name']") == "An"
    page.select_option("#id_relation", "father")
    page.fill("[id='id_place.street']", "12 Lê Lợi")
    page.select_option("[id='id_place.ward']", "26734")
    page.press("[id='id_place.street']", "Enter")
    page.wait_for_url("**/contact")
    assert urls.KEPT["answers"]["siblings"] == [{"name": "An"}]


def test_it_all_works_without_javascript(live_server: Any, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto(f"{live_server.url}/try/form/child")
    page.fill("#id_child_name", "Nguyễn Văn An")
    page.fill("#id_child_birth", "2020-01-01")
    page.check("#id_sex")
    assert not page.is_visible("#id_late_reason")
    page.click(NEXT)
    assert page.is_visible("#id_late_reason")
    assert page.input_value("#id_child_name") == "Nguyễn Văn An"
    assert page.locator(".error-summary").count() == 0
    page.click(NEXT)
    assert page.locator(".error-summary a").get_attribute("href") == "#id_late_reason"
    page.fill("#id_late_reason", "Ở xa")
    page.click(NEXT)
    assert page.url.endswith("/family")
    context.close()
