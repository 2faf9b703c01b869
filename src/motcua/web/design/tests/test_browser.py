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
