"""Two at once: one dossier, one winner, and a clear word for the other."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections import Counter
from typing import Any

import pytest

pytestmark = pytest.mark.engine


def test_the_same_form_sent_eight_times_at_once_is_one_dossier(house: Any, city: Any) -> None:
    given = house.do(
        "submit_together", citizen=city["names"]["citizen"], centre=city["centre"], times=8
    )
    found = house.do("count")
    assert Counter(given) == {found["uids"][0]: 8}
    assert len(found["uids"]) == 1
    assert found["broken"] == []


def test_two_clerks_at_one_dossier_one_wins_the_other_is_told(house: Any, city: Any) -> None:
    other = house.do("second_clerk")
    uid = house.do("dossiers_new", citizen=city["names"]["citizen"], centre=city["centre"])
    given = house.do(
        "act_together",
        officers=[city["names"]["clerk"], other],
        uid=uid,
        actions=["accept", "refuse"],
    )
    won = {"accept", "refuse"} & set(given)
    lost = {"version-conflict", "conflict", "no-such-action", "claimed-by-other"} & set(given)
    assert len(won) == len(lost) == 1, given
    found = house.do("count")
    assert found["broken"] == []
    assert found["verbs"] == [f"applications.{won.pop()}"], found["verbs"]


def test_many_dossiers_filed_at_once_have_codes_without_gap_or_double(
    house: Any, city: Any
) -> None:
    given = house.do(
        "file_together", citizen=city["names"]["citizen"], centre=city["centre"], times=8
    )
    found = house.do("count")
    assert len(set(given)) == len(found["uids"]) == 8, given
    assert sorted(int(code[-4:]) for code in found["codes"]) == list(range(1, 9))
    assert found["broken"] == []


def test_a_locked_database_is_waited_for(house: Any, city: Any) -> None:
    if house.on_postgres:
        pytest.skip("PostgreSQL locks rows, not the whole database")
    [key] = house.do("drafts", citizen=city["names"]["citizen"], count=1)
    house.start_web()
    browser = house.browser()
    browser.log_in(city["names"]["citizen"], city["password"])
    with contextlib.closing(sqlite3.connect(house.folder / "house.sqlite3")) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        given: list[Any] = []
        path = f"/thu-tuc/1.004873/nop/{key}/kiem-tra/"
        sender = threading.Thread(target=lambda: given.append(browser.send(path, {})))
        sender.start()
        time.sleep(2)
        assert given == []
        other.execute("ROLLBACK")
        sender.join(30)
    assert given[0][0] == 302, given


def test_after_a_lost_connection_the_next_request_works(house: Any, city: Any) -> None:
    if not house.on_postgres:
        pytest.skip("SQLite has no connection to lose")
    keys = house.do("drafts", citizen=city["names"]["citizen"], count=30)
    house.start_web()
    browser = house.browser()
    browser.log_in(city["names"]["citizen"], city["password"])
    stop = threading.Event()
    cutter = threading.Thread(target=_cut, args=(house, stop))
    cutter.start()
    seen: list[int] = []
    for key in keys:
        status, _, body = browser.send(f"/thu-tuc/1.004873/nop/{key}/kiem-tra/", {})
        seen.append(status)
        assert status in {302, 500, 503}, body
    stop.set()
    cutter.join(10)
    for key in keys:
        status, place, body = browser.send(f"/thu-tuc/1.004873/nop/{key}/kiem-tra/", {})
        assert (status, place[:7]) == (302, "/ho-so/"), body
    found = house.do("count")
    assert len(found["uids"]) == len(keys)
    assert found["broken"] == []
    assert set(seen) != {500}


def _cut(house: Any, stop: threading.Event) -> None:
    """Cut every connection of the house's database, again and again."""
    name = house.url.rsplit("/", 1)[1]
    while not stop.is_set():
        house.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = '{name}' AND pid <> pg_backend_pid()"
        )
        stop.wait(0.15)
