"""What the processes write down while people use them names nobody."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytestmark = pytest.mark.engine

SAID = ("079190001234", "0901234567", "lan@example.vn", "Trần Thị Lan", "12 Lê Lợi")


def test_logs_of_a_journey_hold_no_personal_data(house: Any, city: Any) -> None:
    names = city["names"]
    [key] = house.do("drafts", citizen=names["citizen"], count=1)
    house.do(
        "dossiers", citizen=names["citizen"], clerk=names["clerk"], centre=city["centre"], count=1
    )
    house.start_web()
    worker = house.start("worker")
    browser = house.browser()
    browser.log_in(names["citizen"], city["password"])
    status, place, _ = browser.send(f"/thu-tuc/1.004873/nop/{key}/kiem-tra/", {})
    assert status == 302
    pages = [place, "/ho-so/", "/tim-kiem/?q=079190001234", "/tra-cuu/?code=0901234567"]
    pages += ["/khong-co/079190001234", "/tra-cuu/079190001234", "/ho-so/lan@example.vn/"]
    for page in pages:
        assert browser.send(page)[0] < 500, page
    stranger = house.browser()
    stranger.send("/login/")
    stranger.send("/login/", {"username": "079190001234", "password": "0901234567"})
    house.do("idle")
    worker.terminate()
    worker.wait(20)
    log = house.log.read_text()
    assert "outbox.worker_started" in log
    assert [text for text in SAID if text in log] == []
    assert not re.search(r"(?<!\d)0\d{11}(?!\d)", log), log
    assert city["password"] not in log


def test_behind_https_every_cookie_is_secure(house: Any) -> None:
    house.env |= {"MOTCUA_HTTPS": "1"}
    said = house.command("manage", "check", "--deploy")
    for code in ("W004", "W012", "W016"):
        assert code not in said.stderr + said.stdout
