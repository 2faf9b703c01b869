"""Counting, refusing, forgetting; addresses as limits see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.foundation.errors import Bilingual
from motcua.foundation.limiting import services
from motcua.foundation.limiting.models import Tally
from motcua.foundation.limiting.public import (
    Limit,
    TooOften,
    address_of,
    count,
    note,
    refuse_beyond,
)
from motcua.foundation.timesource import CITY_ZONE, at_time

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 18, 12, 0, tzinfo=CITY_ZONE)
FEW = Limit("few", "MOTCUA_LIMIT_FEW_TEST", 3, 600, Bilingual("Quá nhiều.", "Too many."))
MANY = Limit("many", "MOTCUA_LIMIT_MANY_TEST", 100, 60, FEW.refusal)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    services._held.clear()
    with at_time(NOON):
        yield


def test_beyond_the_limit_somebody_waits_and_others_do_not() -> None:
    for _ in range(3):
        count(FEW, "1.2.3.4")
    with at_time(NOON + dt.timedelta(seconds=90)), pytest.raises(TooOften) as refusal:
        count(FEW, "1.2.3.4")
    assert refusal.value.retry_after == 510
    assert refusal.value.text().vi == "Quá nhiều."
    assert "9 phút" in refusal.value.what_to_do().vi
    assert refusal.value.problem("en")["data"]["retry_after"] == 510
    count(FEW, "1.2.3.5")
    with at_time(NOON + dt.timedelta(seconds=600)):
        count(FEW, "1.2.3.4")


def test_counting_is_one_statement_and_keeps_no_address() -> None:
    with CaptureQueriesContext(connection) as queries:
        count(FEW, "1.2.3.4")
    assert len(queries) == 1
    assert "1.2.3.4" not in str(Tally.objects.values_list("key").get())


def test_only_what_goes_wrong_may_count() -> None:
    for _ in range(5):
        refuse_beyond(FEW, "a")
    for _ in range(3):
        note(FEW, "a")
    with pytest.raises(TooOften):
        refuse_beyond(FEW, "a")
    refuse_beyond(FEW, "b")


def test_a_large_limit_is_told_in_pieces_and_still_holds() -> None:
    with CaptureQueriesContext(connection) as queries:
        for _ in range(100):
            count(MANY, "a")
    assert len(queries) == 20
    for _ in range(4):
        count(MANY, "a")
    with pytest.raises(TooOften):
        count(MANY, "a")


@pytest.mark.parametrize(
    ("setting", "expected"),
    [("5/60", (5, 60)), ("0", (0, 600)), ("7", (7, 600)), ("x/y", (3, 600)), ("4/0", (4, 600))],
)
def test_the_environment_sets_it(
    monkeypatch: pytest.MonkeyPatch, setting: str, expected: tuple[int, int]
) -> None:
    monkeypatch.setenv(FEW.variable, setting)
    assert FEW.current == expected


def test_nothing_is_counted_without_a_limit_or_without_anybody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    count(FEW, "")
    monkeypatch.setenv(FEW.variable, "0")
    for _ in range(9):
        count(FEW, "a")
        note(FEW, "a")
    refuse_beyond(FEW, "a")
    assert not Tally.objects.exists()


def test_old_tallies_go() -> None:
    count(FEW, "a")
    with at_time(NOON + dt.timedelta(hours=2)):
        assert services.forget_old_tallies() == 1


@pytest.mark.parametrize(
    ("proxies", "meta", "seen"),
    [
        ("", {"REMOTE_ADDR": "10.0.0.9", "HTTP_X_FORWARDED_FOR": "6.6.6.6"}, "10.0.0.9"),
        ("1", {"REMOTE_ADDR": "10.0.0.9", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 1.2.3.4"}, "1.2.3.4"),
        ("2", {"REMOTE_ADDR": "10.0.0.9", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 1.2.3.4"}, "6.6.6.6"),
        ("3", {"REMOTE_ADDR": "10.0.0.9", "HTTP_X_FORWARDED_FOR": "6.6.6.6"}, "10.0.0.9"),
        ("", {"REMOTE_ADDR": "2001:db8:1:2:3:4:5:6"}, "2001:db8:1:2::/64"),
        ("", {"REMOTE_ADDR": "::ffff:1.2.3.4"}, "1.2.3.4"),
        ("", {}, ""),
    ],
)
def test_the_address_that_counts(
    monkeypatch: pytest.MonkeyPatch, proxies: str, meta: dict[str, str], seen: str
) -> None:
    monkeypatch.setenv("MOTCUA_PROXIES", proxies)
    assert address_of(meta) == seen
