"""A real Chromium for journeys, and the checks every screen must pass.

Use it in a part's ``tests/test_browser.py``::

    import pytest
    from motcua.foundation.testing.browser import assert_axe_clean, open_page, shot

    pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

    def test_home(page, live_server):
        open_page(page, live_server.url + "/")
        assert_axe_clean(page)
        shot(page, "portal-home-1280-vi")

The fixtures ``browser`` (one per run), ``page`` (one per test, 1280 px wide, Vietnamese) and
``new_page`` (more pages: width, language, theme, touch) are loaded by the root ``conftest.py``
with ``pytest_plugins = ["motcua.foundation.testing.browser"]``. A script error, a refusal by
the content security policy or a failed request of the page fails the test at its end.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[4]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RESULTS = ROOT / "test-results"
PHONE, DESKTOP = 360, 1280
HEIGHTS = {PHONE: 780, DESKTOP: 860}
# WCAG 2.2 AA and what good practice adds to it.
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def chromium_path() -> str | None:
    """Debian's Chromium, or the one named by ``MOTCUA_CHROMIUM``; None when there is none."""
    named = os.environ.get("MOTCUA_CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the run, with the front end built."""
    program = chromium_path()
    if program is None:
        pytest.skip("Chromium is not installed")
    # Playwright's loop lives in this thread, where Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        yield running
        running.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Makes pages: ``new_page(width=360, language="en", theme="dark", touch=True)``."""
    contexts: list[Any] = []
    faults: list[str] = []

    def make(
        width: int = DESKTOP, language: str = "vi", theme: str = "light", touch: bool | None = None
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS.get(width, 860)},
            locale="vi-VN" if language == "vi" else "en-GB",
            timezone_id="Asia/Ho_Chi_Minh",
            color_scheme="dark" if theme == "dark" else "light",
            has_touch=width <= PHONE if touch is None else touch,
            reduced_motion="reduce",
        )
        context.add_cookies(
            [
                {"name": "django_language", "value": language, "domain": host, "path": "/"}
                for host in ("localhost", "127.0.0.1")
            ]
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
        page.on("console", lambda entry: _note(entry, faults))
        return page

    yield make
    for context in contexts:
        context.close()
    if faults:
        raise AssertionError("\n".join(faults))


def _note(entry: Any, faults: list[str]) -> None:
    """Keeps what the content security policy refused; refused answers are the tests' own."""
    if entry.type == "error" and "Content Security Policy" in entry.text:
        faults.append(entry.text)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A Vietnamese page, 1280 px wide."""
    return new_page()


def open_page(page: Page, address: str) -> None:
    """Goes there and waits until fonts and scripts have come."""
    page.goto(address, wait_until="load")
    page.evaluate("document.fonts.ready.then(() => true)")


def assert_axe_clean(page: Page, *, within: str = "", allow: tuple[str, ...] = ()) -> None:
    """No accessibility fault found by axe-core on the page, or inside the selector ``within``.

    ``allow`` names axe rules to leave out; give the reason beside the call.
    """
    if not AXE.exists():
        pytest.skip("axe-core is not installed: python -m motcua.web.design.build")
    page.evaluate(AXE.read_text(encoding="utf-8") + "\n;true")
    found: dict[str, Any] = page.evaluate(
        "([within, tags, off]) => axe.run(within || document, {runOnly: tags,"
        " rules: Object.fromEntries(off.map(r => [r, {enabled: false}]))})",
        [within, AXE_TAGS, list(allow)],
    )
    lines = [
        f"{fault['id']}: {fault['help']}\n"
        + "\n".join(f"    {node['html'][:200]}\n    {_why(node)}" for node in fault["nodes"][:4])
        for fault in found["violations"]
    ]
    if lines:
        raise AssertionError(f"{page.url}\n" + "\n".join(lines))


def _why(node: dict[str, Any]) -> str:
    checks: list[dict[str, Any]] = [*node["any"], *node["all"], *node["none"]]
    return "; ".join(str(check["message"]) for check in checks)


def assert_no_sideways_scroll(page: Page) -> None:
    """Nothing sticks out at the right of the window."""
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    if wide > 0:
        raise AssertionError(f"{page.url}: the page is {wide} px wider than the window")


def shot(page: Page, name: str, *, full: bool = True) -> Path:
    """A picture of the page in ``test-results/<name>.png``."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.png"
    page.screenshot(path=str(path), full_page=full)
    return path
