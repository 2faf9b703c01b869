"""The public check in a real Chromium, at phone and desk width, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from motcua.casework.issuing.public import document_bytes, seal, sign_and_number
from motcua.casework.issuing.tests.test_documents import House
from motcua.foundation.testing.browser import (
    assert_axe_clean,
    assert_no_sideways_scroll,
    open_page,
    shot,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "language"), [(360, "vi"), (1280, "en"), (1280, "vi")])
def test_a_file_and_a_code_are_checked(
    live_server: Any, new_page: Any, tmp_path: Path, width: int, language: str
) -> None:
    page = new_page(width=width, language=language)
    house = House()
    document = house.draft()
    sign_and_number(actor=house.leader, document_uid=document.uid)
    seal(actor=house.clerk, document_uid=document.uid)
    document.refresh_from_db()
    data = bytearray(document_bytes(document))
    (tmp_path / "goc.pdf").write_bytes(data)
    data[data.index(b"stream") + 60] ^= 1
    (tmp_path / "sua.pdf").write_bytes(data)

    open_page(page, live_server.url + "/verify/")
    for name, words in (("goc", "TOTAL-PASSED"), ("sua", "TOTAL-FAILED")):
        page.set_input_files("input[name=file]", str(tmp_path / f"{name}.pdf"))
        page.click("main form button[type=submit]")
        page.wait_for_selector(f"text={words}")
        assert_axe_clean(page)
        assert_no_sideways_scroll(page)
        shot(page, f"verify-{name}-{width}-{language}")
    page.fill("input[name=code]", document.code.lower())
    page.click("main form button[type=submit]")
    page.wait_for_selector("text=01/QĐ-UBND")
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    shot(page, f"verify-code-{width}-{language}")
