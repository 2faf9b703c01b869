"""kill -9 at any moment: nothing acknowledged is lost, nothing outside happens twice."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from http.client import HTTPException
from typing import Any

import pytest

pytestmark = pytest.mark.engine

MARITAL = "/thu-tuc/1.004873/nop"
DOSSIERS = 40
SECONDS = 60


class _Citizen(threading.Thread):
    """Presses the button of every draft until each is acknowledged, whatever happens."""

    def __init__(self, browser: Any, keys: list[str]) -> None:
        super().__init__(daemon=True)
        self.browser, self.keys = browser, keys
        self.acknowledged: dict[str, str] = {}
        self.unheard = 0
        self.strange: list[str] = []

    def run(self) -> None:
        end = time.monotonic() + SECONDS
        for key in self.keys:
            while key not in self.acknowledged and time.monotonic() < end:
                self._press(key)

    def _press(self, key: str) -> None:
        try:
            status, place, body = self.browser.send(f"{MARITAL}/{key}/kiem-tra/", {})
        except (OSError, HTTPException):  # nobody there, or the answer cut in the middle
            self.unheard += 1
            time.sleep(0.05)
            return
        if status == 302 and place.startswith("/ho-so/"):
            self.acknowledged[key] = place.split("/")[2]
        else:
            self.strange.append(f"{status} {place} {body[:200]}")


def test_a_killed_web_process_loses_and_doubles_no_dossier(house: Any, city: Any) -> None:
    keys = house.do("drafts", citizen=city["names"]["citizen"], count=DOSSIERS)
    web = house.start_web()
    browser = _browser(house, city, "citizen")
    sender = _Citizen(browser, keys)
    sender.start()
    for _ in range(3):
        _wait_for(lambda: len(sender.acknowledged) % 10 >= 3 or not sender.is_alive())
        time.sleep(random.uniform(0.0, 0.05))
        house.kill(web)
        web = house.start_web()
    sender.join(SECONDS)
    found = house.do("count")
    assert len(sender.acknowledged) == DOSSIERS, sender.strange[:5]
    assert sorted(found["uids"]) == sorted(sender.acknowledged.values())
    assert len(set(found["codes"])) == DOSSIERS
    assert found["broken"] == []
    assert sender.unheard > 0, "no request met the dead server: the test proved nothing"


def test_a_killed_worker_loses_nothing_and_repeats_no_outside_effect(
    house: Any, city: Any, mail_sink: list[str]
) -> None:
    names = city["names"]
    uids = house.do(
        "dossiers", citizen=names["citizen"], clerk=names["clerk"], centre=city["centre"], count=10
    )
    for turn in range(1, 6):
        worker = house.start("worker")
        _wait_for(lambda turn=turn: house.log.read_text().count("worker_started") == turn)
        time.sleep(random.uniform(0.05, 0.9))
        house.kill(worker)
        # A minute passes: what the dead worker had leased is free again.
        house.sql("UPDATE outbox_job SET lease_until = created_at WHERE state = 'leased'")
        house.sql("UPDATE outbox_job SET run_after = created_at WHERE state = 'queued'")
    time.sleep(0.2)
    house.do("idle")
    found = house.do("count")
    assert found["slips"] == found["slips_made"] == len(uids)
    assert [n for n, times in Counter(map(tuple, found["numbers"])).items() if times > 1] == []
    assert found["gaps"] == []
    assert found["told_twice"] == []
    assert found["events_waiting"] == 0
    assert found["jobs"].keys() <= {"done", "dead"}
    assert found["broken"] == []
    _check_mails(found, mail_sink)


def _check_mails(found: dict[str, Any], taken: list[str]) -> None:
    """No mail went out twice; one whose sender died is shown for a person to decide."""
    assert [m for m, times in Counter(taken).items() if times > 1] == []
    sent, unsure = found["mails"].get("sent", 0), found["mails"].get("failed", 0)
    assert sent <= len(taken) <= sent + unsure
    assert sent + unsure == sum(found["mails"].values()) > 0
    assert all(queue == "notices.mail" for queue, _ in found["dead"]), found["dead"]
    assert len(found["dead"]) == unsure


def _browser(house: Any, city: Any, who: str) -> Any:
    browser = house.browser()
    browser.log_in(city["names"][who], city["password"])
    return browser


def _wait_for(condition: Any) -> None:
    end = time.monotonic() + 20
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
