"""Calendar rows are appended, told once, remembered rightly, and refused when groundless."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test.utils import CaptureQueriesContext

from motcua.casework.access.public import SYSTEM
from motcua.casework.calendar.models import CalendarDay, CalendarVersion
from motcua.casework.calendar.public import (
    DAY_CHANGED,
    DayChange,
    Decision,
    calendar_for,
    change_calendar_day,
    change_calendar_days,
    decide_year,
    delivered_calendar,
    effective_days,
    history_of,
    opening_hours_of,
    propose_year,
    seed_calendar,
    set_opening_hours,
)
from motcua.casework.testing.makers import make_agency, make_citizen, make_official
from motcua.foundation.errors import Bilingual, InvalidInput, NotAllowed
from motcua.foundation.outbox.models import Event
from motcua.foundation.timesource import CITY_ZONE, at_time, now

pytestmark = pytest.mark.django_db
STORM = Bilingual("Nghỉ bão", "Storm day")
DAY = dt.date(2026, 11, 19)


def storm(day: dt.date = DAY, **more: object) -> CalendarDay:
    values: dict[str, object] = {
        "actor": SYSTEM,
        "day": day,
        "kind": "holiday",
        "name": STORM,
        "reason": "Bão số 9",
        "legal_basis": "Công điện X",
    }
    return change_calendar_day(**(values | more))


def test_an_empty_table_reads_as_delivered() -> None:
    assert calendar_for(None) is delivered_calendar()
    assert seed_calendar() == 61
    assert seed_calendar() == 0
    assert not Event.objects.exists()
    assert calendar_for(None).is_working_day(dt.date(2026, 1, 10))


def test_a_change_is_appended_and_seen_at_once() -> None:
    seed_calendar()
    assert calendar_for(None).is_working_day(DAY)
    first = storm()
    assert not calendar_for(None).is_working_day(DAY)
    second = storm(kind="ordinary")
    assert calendar_for(None).is_working_day(DAY)
    assert second.supersedes == first
    assert [row.kind for row in history_of(DAY)] == ["holiday", "ordinary"]
    assert CalendarVersion.objects.get().number == 2
    assert Event.objects.filter(topic=DAY_CHANGED).count() == 2


def test_the_calendar_as_it_was_on_record() -> None:
    with at_time(dt.datetime(2026, 11, 10, 9, tzinfo=CITY_ZONE)):
        before = now()
    with at_time(dt.datetime(2026, 11, 12, 9, tzinfo=CITY_ZONE)):
        storm()
        assert not calendar_for(None, now()).is_working_day(DAY)
    assert calendar_for(None, before).is_working_day(DAY)
    assert calendar_for(None, dt.date(2026, 11, 11)).is_working_day(DAY)
    assert not calendar_for(None, dt.date(2026, 11, 13)).is_working_day(DAY)


def test_a_rolled_back_change_is_forgotten() -> None:
    with transaction.atomic():
        storm()
        assert not calendar_for(None).is_working_day(DAY)
        transaction.set_rollback(True)
    assert calendar_for(None).is_working_day(DAY)


def test_a_known_calendar_costs_no_statement(
    django_assert_num_queries: type[CaptureQueriesContext],
) -> None:
    agency = make_agency()
    calendar_for(agency.pk)
    with django_assert_num_queries(0):
        assert calendar_for(agency.pk) is calendar_for(None)


def test_an_agency_has_its_own_days_and_hours() -> None:
    here, there = make_agency(), make_agency()
    storm(kind="local_off", agency_id=here.pk)
    assert not calendar_for(here.pk).is_working_day(DAY)
    assert calendar_for(there.pk).is_working_day(DAY)
    saturday = {
        "actor": SYSTEM,
        "weekday": 5,
        "slots": [["07:30", "11:30"]],
        "valid_from": dt.date(2026, 1, 1),
        "reason": "Tiếp nhận sáng thứ Bảy",
        "legal_basis": "Quyết định X",
    }
    set_opening_hours(agency_id=here.pk, counts_for_deadline=False, **saturday)
    assert not calendar_for(here.pk).is_working_day(dt.date(2026, 11, 21))
    assert [row.weekday for row in opening_hours_of(here.pk, DAY)] == [5]
    set_opening_hours(agency_id=there.pk, **saturday)
    assert calendar_for(there.pk).is_working_day(dt.date(2026, 11, 21))


def test_a_swap_is_one_act() -> None:
    rows = change_calendar_days(
        actor=SYSTEM,
        changes=[
            DayChange(dt.date(2027, 1, 4), "swap_off", STORM, None, dt.date(2027, 1, 9)),
            DayChange(dt.date(2027, 1, 9), "makeup", STORM, None, dt.date(2027, 1, 4)),
        ],
        decision=Decision("Hoán đổi", "Thông báo X"),
    )
    assert len(rows) == 2
    assert Event.objects.get().payload["days"] == ["2027-01-04", "2027-01-09"]
    assert calendar_for(None).is_working_day(dt.date(2027, 1, 9))


def test_a_year_is_proposed_then_decided() -> None:
    seed_calendar()
    call_command("propose_year", "2028")
    assert propose_year(actor=SYSTEM, year=2028) == []
    assert 2028 not in calendar_for(None).known_years
    decide_year(actor=SYSTEM, year=2028, legal_basis="Thông báo X", decided_on=dt.date(2027, 11, 1))
    assert 2028 in calendar_for(None).known_years
    first, last = dt.date(2028, 1, 1), dt.date(2028, 12, 31)
    assert {row.status for row in effective_days(None, first=first, last=last)} == {"decided"}


def test_refusals() -> None:
    with pytest.raises(NotAllowed):
        storm(actor=make_citizen())
    with pytest.raises(NotAllowed):
        storm(actor=make_official(make_agency(), "case_officer"))
    with pytest.raises(InvalidInput) as caught:
        storm(reason=" ", legal_basis="")
    assert set(caught.value.fields) == {"reason", "legal_basis"}
    with pytest.raises(InvalidInput):
        storm(kind="makeup")
    with pytest.raises(InvalidInput):
        storm(kind="feast")
    with pytest.raises(InvalidInput):
        storm(dt.date(2077, 1, 1))
    with pytest.raises(InvalidInput):
        set_opening_hours(
            actor=SYSTEM,
            agency_id=None,
            weekday=0,
            slots=[["11:30", "07:30"]],
            valid_from=DAY,
            reason="x",
            legal_basis="y",
        )
    assert not CalendarDay.objects.exists()
