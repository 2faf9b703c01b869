"""The living page in a real Chromium: both faces, themes, languages and widths."""

from __future__ import annotations

import pytest

from motcua.foundation.testing.browser import (
    assert_axe_clean,
    assert_no_sideways_scroll,
    open_page,
    shot,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("motcua.web.design.tests.urls"),
]
LOOKS = [(360, "vi", "light"), (360, "en", "dark"), (1280, "vi", "light"), (1280, "en", "dark")]


@pytest.mark.parametrize("path", ["/design", "/design/console"])
@pytest.mark.parametrize("look", LOOKS)
def test_the_living_page_is_clean(live_server, new_page, path, look):
    width, language, theme = look
    page = new_page(width=width, language=language, theme=theme)
    open_page(page, live_server.url + path)
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    shot(page, f"{path.strip('/').replace('/', '-')}-{width}-{language}-{theme}")


@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_an_explicit_theme_is_clean_and_outlives_the_page(live_server, page, theme):
    open_page(page, live_server.url + "/design")
    page.click("details.menu summary")
    page.click(f"button[name=theme][value={theme}]")
    page.wait_for_selector(f"html[data-theme={theme}]")
    page.reload()
    assert page.get_attribute("html", "data-theme") == theme
    assert_axe_clean(page)
    shot(page, f"design-1280-vi-{theme}-chosen", full=False)


@pytest.mark.parametrize("path", ["/design", "/design/console"])
def test_the_largest_text_still_fits_a_phone(live_server, new_page, path):
    page = new_page(width=360)
    page.context.add_cookies(
        [{"name": "motcua_view", "value": "light.larger", "url": live_server.url}]
    )
    open_page(page, live_server.url + path)
    assert_no_sideways_scroll(page)


def test_the_language_switch_stays_on_the_page(live_server, page):
    open_page(page, live_server.url + "/design")
    page.click("button[name=language][value=en]")
    page.wait_for_selector("html[lang=en]")
    assert page.url == live_server.url + "/design"
    assert page.locator("text=Your turn").count()


def test_opened_things_are_clean_too(live_server, page):
    open_page(page, live_server.url + "/design/console")
    page.click(".clock-details summary")
    page.click("a[data-dialog=refuse]")
    assert page.is_visible("#refuse textarea")
    assert_axe_clean(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    assert_axe_clean(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.is_visible("#keys")
    assert_axe_clean(page)


def test_rows_are_walked_by_keyboard(live_server, page):
    open_page(page, live_server.url + "/design/console")
    for key in ("j", "j", "k", "ArrowDown"):
        page.keyboard.press(key)
    assert page.locator("[data-rows] tr.is-current").count() == 1
    assert "Trần Quốc Đạt" in page.inner_text("[data-rows] tr.is-current")
    page.keyboard.press("Enter")
    assert page.url.endswith("-0002")


def test_typing_in_a_field_is_not_a_command(live_server, page):
    open_page(page, live_server.url + "/design/console")
    page.fill("#id_name", "")
    page.type("#id_name", "jk?/x")
    assert page.input_value("#id_name") == "jk?/x"
    assert not page.is_visible("#keys")


def test_files_show_name_and_size_and_can_be_taken_back(live_server, page):
    open_page(page, live_server.url + "/try/upload")
    big = {"name": "ảnh.png", "mimeType": "image/png", "buffer": b"x" * 1500}
    small = {"name": "b.pdf", "mimeType": "application/pdf", "buffer": b"y"}
    page.set_input_files("#id_paper", [big, small])
    assert "ảnh.png" in page.inner_text("[data-files]")
    assert "1,5 kB" in page.inner_text("[data-files]")
    page.click("[data-files] li:first-child button")
    assert "ảnh.png" not in page.inner_text("[data-files]")
    assert_axe_clean(page)
    page.click("main button[type=submit]")
    page.wait_for_url("**/try/diagram")


def test_a_refused_upload_shows_the_answer_in_place(live_server, page):
    open_page(page, live_server.url + "/try/upload")
    page.set_input_files("#id_paper", [{"name": "a.exe", "mimeType": "x/y", "buffer": b"MZ"}])
    page.click("main button[type=submit]")
    page.wait_for_selector("#answer")
    assert "Không nhận a.exe" in page.inner_text("#answer")
    page.set_input_files("#id_paper", [{"name": "a.pdf", "mimeType": "x/y", "buffer": b"%PDF"}])
    page.click("main button[type=submit]")
    page.wait_for_url("**/try/diagram")


def test_the_diagram_marks_where_the_case_is(live_server, page):
    open_page(page, live_server.url + "/try/diagram")
    page.wait_for_selector("[data-bpmn][data-drawn]")
    assert page.locator("[data-element-id=check].is-here").count() == 1
    assert page.locator("[data-bpmn] > p").count() == 0
    assert_axe_clean(page)
    shot(page, "design-diagram", full=False)


def test_everything_needed_works_without_script(live_server, browser):
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto(live_server.url + "/design/console")
    page.click(".clock-details summary")
    assert page.is_visible(".clock-lines")
    page.goto(live_server.url + "/try/upload")
    page.set_input_files("#id_paper", [{"name": "a.pdf", "mimeType": "x/y", "buffer": b"%PDF"}])
    page.click("main button[type=submit]")
    page.wait_for_url("**/try/diagram")
    assert page.is_visible("text=Bước 1")
    context.close()


def test_a_part_of_the_page_is_sent_with_its_token_and_sent_again(live_server, page):
    open_page(page, live_server.url + "/try/part")
    page.click("main button[type=submit]")
    page.wait_for_selector("text=Đã nhận 0 chữ")
    page.fill("#id_word", "năm")
    page.click("main button[type=submit]")
    page.wait_for_selector("text=Đã nhận 3 chữ")
    assert page.url.endswith("/try/part")
