"""Statement counts, ends of chains, savepoints, private values, conflicts."""

from __future__ import annotations

import json
import threading

import pytest
from django.db import connection, transaction

from motcua.casework.ledger.heads import _mirrors
from motcua.casework.ledger.models import Entry
from motcua.casework.ledger.public import (
    Act,
    Head,
    Private,
    acts_of,
    check_ledger,
    entries,
    entries_of_case,
    gathering,
    head_of,
    mirror_heads,
    record,
    record_many,
    reveal,
)
from motcua.casework.ledger.rules import GENESIS, SystemWriter
from motcua.casework.ledger.tasks import close_hourly
from motcua.foundation.errors import Bilingual, Conflict


def write_and_fail(writer, chain: str) -> None:
    with transaction.atomic():
        record(actor=writer, chain=chain, verb="lost")
        raise ZeroDivisionError


def forget() -> None:
    """As if the next act were in another transaction."""
    connection.run_on_commit.clear()


def test_one_read_and_one_insert(db, writer, django_assert_num_queries):
    with django_assert_num_queries(2):
        head = record(actor=writer, chain="probe:1", verb="a")
    with django_assert_num_queries(1):
        head = record(actor=writer, chain="probe:1", verb="b", head=head)
    with django_assert_num_queries(1):
        record(actor=writer, chain="probe:2", verb="a", new_chain=True)
    with django_assert_num_queries(1):  # the transaction remembers
        record(actor=writer, chain="probe:1", verb="c")
    forget()
    with django_assert_num_queries(2):
        record(actor=writer, chain="probe:1", verb="d")
    assert check_ledger() == []


def test_many_acts_are_one_insert(db, writer, django_assert_num_queries):
    acts = [Act(writer, chain, "x") for chain in ("probe:1", "probe:2", "probe:1")]
    with django_assert_num_queries(3):
        heads = record_many(acts)
    assert {chain: head.seq for chain, head in heads.items()} == {"probe:1": 2, "probe:2": 1}
    assert check_ledger() == []


def test_gathered_acts_are_one_insert(db, writer, django_assert_num_queries):
    with django_assert_num_queries(2), gathering():
        record(actor=writer, chain="probe:1", verb="a", new_chain=True)
        with gathering():
            record(actor=writer, chain="probe:1", verb="b")
        record(actor=writer, chain="probe:2", verb="a")
        record(actor=writer, chain="probe:1", verb="c")
    assert [e.verb for e in entries("probe:1")] == ["a", "b", "c"]
    assert check_ledger() == []


def test_a_savepoint_rolled_back_takes_its_acts_along(db, writer):
    with gathering():
        record(actor=writer, chain="probe:1", verb="kept")
        with pytest.raises(ZeroDivisionError):
            write_and_fail(writer, "probe:1")
        record(actor=writer, chain="probe:1", verb="kept too")
        record(actor=writer, chain="probe:2", verb="other")
        with transaction.atomic():
            record(actor=writer, chain="probe:2", verb="inner")
    assert [e.verb for e in entries("probe:1")] == ["kept", "kept too"]
    assert [e.verb for e in entries("probe:2")] == ["other", "inner"]
    with pytest.raises(ZeroDivisionError):
        write_and_fail(writer, "probe:3")
    record(actor=writer, chain="probe:3", verb="kept")
    assert check_ledger() == []


def test_gathered_acts_are_dropped_with_their_error(db, writer):
    with pytest.raises(ZeroDivisionError), gathering():
        write_and_fail(writer, "probe:1")
    assert not entries("probe:1").exists()


def test_what_an_entry_says(db, writer):
    record(
        actor=writer,
        chain="case:41",
        verb="cases.accept",
        before={"state": "moi"},
        after={"state": "nhan"},
        summary=Bilingual("Tiếp nhận", "Accepted"),
    )
    entry = entries_of_case(41).get()
    assert (entry.actor_id, entry.actor_kind, entry.agency_id) == (7, "official", 3)
    assert (entry.authority, entry.case_id, entry.prev_hash) == ("KT. Chủ tịch", 41, GENESIS)
    assert entry.summary == {"vi": "Tiếp nhận", "en": "Accepted"}
    assert list(acts_of(7)) == [entry]
    assert head_of("case:41") == Head("case:41", 1, entry.hash)
    assert head_of("case:42").seq == 0


def test_private_values_never_reach_the_table_in_clear(db, writer):
    for _ in range(2):
        record(actor=writer, chain="case:1", verb="x", after={"cccd": Private("079204000123")})
    one, two = entries("case:1")
    assert "079204000123" not in json.dumps([one.after, two.after])
    assert one.after["cccd"]["private"]["hash"] == two.after["cccd"]["private"]["hash"]
    assert one.after["cccd"] != two.after["cccd"]
    assert reveal(one.after["cccd"]) == "079204000123"
    for wrong in ("x", {}, {"private": 3}):
        with pytest.raises(ValueError, match="private"):
            reveal(wrong)


def test_a_stale_end_is_a_conflict(db, writer):
    record(actor=writer, chain="case:1", verb="a")
    stale = head_of("case:1")
    record(actor=writer, chain="case:1", verb="b")
    forget()
    with pytest.raises(Conflict), transaction.atomic():
        record(actor=writer, chain="case:1", verb="c", head=stale)


def test_a_stale_end_is_mended_inside_one_transaction(db, writer):
    stale = record(actor=writer, chain="case:1", verb="a")
    record(actor=writer, chain="case:1", verb="b")
    assert record(actor=writer, chain="case:1", verb="c", head=stale).seq == 3


def test_a_mirror_hears_of_ends_its_owner_did_not_give(db, writer):
    heard: list[Head] = []
    mirror_heads("probe", heard.append)
    try:
        head = record(actor=writer, chain="probe:1", verb="a", new_chain=True)
        record(actor=writer, chain="probe:1", verb="b", head=head)
        assert heard == []
        last = record(actor=writer, chain="probe:1", verb="c")
        assert heard == [last]
        with gathering():
            record(actor=writer, chain="probe:1", verb="d")
            last = record(actor=writer, chain="probe:1", verb="e")
        assert heard[1:] == [last]
    finally:
        del _mirrors["probe"]


def test_the_hourly_job_closes_a_period(db, writer):
    record(actor=SystemWriter(), chain="case:1", verb="a")
    close_hourly()
    assert check_ledger() == []


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_is_a_mistake(writer):
    with pytest.raises(RuntimeError):
        record(actor=writer, chain="case:1", verb="a")


@pytest.mark.django_db(transaction=True)
def test_memory_ends_with_the_transaction(writer, django_assert_num_queries):
    with transaction.atomic():
        record(actor=writer, chain="case:1", verb="a")
    with pytest.raises(ZeroDivisionError):
        write_and_fail(writer, "case:1")
    with transaction.atomic():
        assert record(actor=writer, chain="case:1", verb="b").seq == 2
    assert check_ledger() == []


@pytest.mark.postgres
@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.django_db(transaction=True)
def test_writers_of_different_cases_do_not_wait_and_of_one_case_conflict(writer):
    outcomes: list[str] = []

    def other(chain: str) -> None:
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '3s'")
                record(actor=writer, chain=chain, verb="other")
            outcomes.append(f"{chain} done")
        except Conflict:
            outcomes.append(f"{chain} conflict")
        finally:
            connection.close()

    same = threading.Thread(target=other, args=["case:1"])
    with transaction.atomic():
        record(actor=writer, chain="case:1", verb="mine")
        different = threading.Thread(target=other, args=["case:2"])
        different.start()
        different.join(5)
        assert outcomes == ["case:2 done"]
        same.start()
        same.join(0.5)
    same.join(5)
    assert outcomes[1:] == ["case:1 conflict"]
    assert Entry.objects.count() == 2
    assert check_ledger() == []


@pytest.mark.postgres
@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.django_db(transaction=True)
def test_a_period_waits_for_writers_under_way(writer):
    from motcua.casework.ledger.errors import LedgerBusy
    from motcua.casework.ledger.public import close_period

    answers: list[object] = []

    def close() -> None:
        try:
            answers.append(close_period(writer))
        except LedgerBusy as error:
            answers.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        record(actor=writer, chain="case:1", verb="slow")
        thread = threading.Thread(target=close)
        thread.start()
        thread.join(6)
    assert isinstance(answers[0], LedgerBusy)
    period = close_period(writer)
    assert period is not None
    assert period.entries == 1
