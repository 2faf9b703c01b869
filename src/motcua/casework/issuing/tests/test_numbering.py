"""Numbers: no gap, no double, whatever fails and however many ask at once."""

from __future__ import annotations

import datetime as dt
import threading
import time

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from motcua.casework.access.public import ANONYMOUS, SYSTEM
from motcua.casework.agencies.public import merge_agencies
from motcua.casework.issuing.errors import RegisterClosed
from motcua.casework.issuing.models import IssuedNumber, Register
from motcua.casework.issuing.services import allocate_number, close_register
from motcua.casework.testing.makers import make_agency
from motcua.foundation.errors import NotAllowed, NotFound

DAY = dt.date(2026, 11, 18)


class RefusedError(Exception):
    """Stands for anything that goes wrong after the number was taken."""


def take(agency_id: int, register: str = "VB", on: dt.date = DAY, fail: bool = False) -> int:
    with transaction.atomic():
        number = allocate_number(agency_id=agency_id, register=register, on=on).number
        if fail:
            raise RefusedError
    return number


@pytest.mark.django_db
def test_each_agency_register_and_year_counts_from_one() -> None:
    first, second = make_agency().pk, make_agency().pk
    assert [take(first), take(first), take(second), take(first, "QD")] == [1, 2, 1, 1]
    assert take(first, on=dt.date(2027, 1, 1)) == 1
    assert take(first) == 3


@pytest.mark.django_db
def test_a_failed_act_gives_its_number_back() -> None:
    @hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.booleans(), max_size=15))
    def check(fails: list[bool]) -> None:
        agency = make_agency().pk
        taken: list[int] = []
        for fail in fails:
            try:
                taken.append(take(agency, fail=fail))
            except RefusedError:
                continue
        assert taken == list(range(1, fails.count(False) + 1))
        numbers = IssuedNumber.objects.filter(register__agency_id=agency)
        assert sorted(numbers.values_list("number", flat=True)) == taken

    check()


@pytest.mark.django_db
def test_a_closed_register_gives_nothing() -> None:
    agency = make_agency().pk
    take(agency)
    register = Register.objects.get(agency_id=agency)
    with pytest.raises(NotAllowed):
        close_register(actor=ANONYMOUS, register_id=register.pk)
    close_register(actor=SYSTEM, register_id=register.pk)
    with pytest.raises(RegisterClosed):
        take(agency)
    with pytest.raises(NotFound):
        close_register(actor=SYSTEM, register_id=register.pk)
    assert take(agency, on=dt.date(2027, 1, 1)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_number_needs_the_transaction_of_its_act() -> None:
    with pytest.raises(RuntimeError):
        allocate_number(agency_id=1, register="VB", on=DAY)


@pytest.mark.django_db
def test_a_merged_agency_counts_no_further_and_the_successor_starts_its_own() -> None:
    old, new = make_agency(), make_agency()
    take(old.pk)
    merge_agencies(
        actor=SYSTEM,
        predecessor_id=old.pk,
        successor_id=new.pk,
        effective_on=DAY,
        decision="NQ thử",
    )
    with pytest.raises(RegisterClosed):
        take(old.pk)
    assert take(new.pk) == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_leave_no_gap() -> None:
    """Threads take and give back numbers at the same time; SQLite's writers retry."""
    agency = make_agency().pk
    taken: list[int] = []
    problems: list[Exception] = []

    def once(fail: bool) -> None:
        for attempt in range(200):
            try:
                taken.append(take(agency, fail=fail))
                return
            except RefusedError:
                return
            except OperationalError:
                time.sleep(0.005 * (1 + attempt % 5))
        raise AssertionError("never got the write lock")

    def work(seed: int) -> None:
        try:
            for i in range(10):
                once(fail=(seed + i) % 4 == 0)
        except (AssertionError, DatabaseError) as error:
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert sorted(taken) == list(range(1, len(taken) + 1))
    assert len(taken) == sum(1 for n in range(6) for i in range(10) if (n + i) % 4)
    assert Register.objects.get(agency_id=agency).last_number == len(taken)
