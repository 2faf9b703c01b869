"""The deadline algorithm against known days, and against a slow walk over days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.casework.calendar.building import OFFICE_WEEK, Hours, build, parse_slots
from motcua.casework.calendar.rules import OutsideCalendarError, Slots
from motcua.casework.calendar.seed import delivered_calendar, delivered_days, special_day
from motcua.foundation.timesource import CITY_ZONE

CALENDAR = delivered_calendar()


def at(text: str) -> dt.datetime:
    """``31/12/2025 09:00`` on the city's clock."""
    return dt.datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=CITY_ZONE)


WORKING_DAYS = [
    ("31/12/2025", 1, "05/01/2026"),
    ("08/01/2026", 3, "12/01/2026"),
    ("12/02/2026", 7, "02/03/2026"),
    ("20/04/2026", 10, "07/05/2026"),
    ("20/08/2026", 3, "24/08/2026"),
    ("26/08/2026", 3, "03/09/2026"),
    ("20/11/2026", 3, "26/11/2026"),
    ("02/02/2027", 5, "16/02/2027"),
    ("28/04/2027", 3, "05/05/2027"),
    ("31/08/2027", 3, "07/09/2027"),
]
CALENDAR_DAYS = [("15/04/2026", 15, "04/05/2026"), ("13/11/2026", 10, "23/11/2026")]
EIGHT_HOURS = [
    ("20/11/2026 16:30", "23/11/2026 16:30"),
    ("21/11/2026 09:00", "23/11/2026 17:00"),
    ("23/11/2026 15:00", "25/11/2026 15:00"),
    ("25/11/2026 11:45", "26/11/2026 11:30"),
    ("13/02/2026 10:00", "23/02/2026 10:00"),
]


@pytest.mark.parametrize(("start", "days", "due"), WORKING_DAYS)
def test_working_days(start: str, days: int, due: str) -> None:
    assert CALENDAR.add_working_days(at(f"{start} 09:00"), days) == at(f"{due} 17:00")


@pytest.mark.parametrize(("start", "days", "due"), CALENDAR_DAYS)
def test_calendar_days(start: str, days: int, due: str) -> None:
    assert CALENDAR.add_calendar_days(at(f"{start} 09:00"), days) == at(f"{due} 17:00")


@pytest.mark.parametrize(("start", "due"), EIGHT_HOURS)
def test_eight_working_hours(start: str, due: str) -> None:
    assert CALENDAR.add_working_hours(at(start), 8) == at(due)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("20/11/2026 09:00", "20/11/2026 17:00"),
        ("20/11/2026 15:00", "20/11/2026 17:00"),
        ("20/11/2026 15:01", "23/11/2026 17:00"),
        ("20/11/2026 17:30", "23/11/2026 17:00"),
        ("21/11/2026 09:00", "23/11/2026 17:00"),
        ("23/11/2026 16:00", "25/11/2026 17:00"),
    ],
)
def test_same_day_and_the_three_o_clock_rule(start: str, due: str) -> None:
    assert CALENDAR.same_day(at(start)) == at(due)


@pytest.mark.parametrize(
    ("moment", "begin"),
    [
        ("20/11/2026 07:00", "20/11/2026 07:30"),
        ("20/11/2026 08:10", "20/11/2026 08:10"),
        ("20/11/2026 11:30", "20/11/2026 13:00"),
        ("20/11/2026 17:00", "23/11/2026 07:30"),
        ("23/11/2026 18:00", "25/11/2026 07:30"),
        ("13/02/2026 17:00", "23/02/2026 07:30"),
        ("09/01/2026 20:00", "10/01/2026 07:30"),
    ],
)
def test_next_slot_start(moment: str, begin: str) -> None:
    assert CALENDAR.next_slot_start(at(moment)) == at(begin)


def test_saturday_opening_counts_only_when_told() -> None:
    morning = parse_slots([["07:30", "11:30"]])
    closed = build([], week=[*OFFICE_WEEK, Hours(5, None)], first_year=2026, last_year=2026)
    told = build([], week=[*OFFICE_WEEK, Hours(5, morning)], first_year=2026, last_year=2026)
    saturday = dt.date(2026, 11, 21)
    assert not closed.is_working_day(saturday)
    assert told.is_working_day(saturday)
    friday = at("20/11/2026 10:00")
    assert told.add_working_days(friday, 1) == at("21/11/2026 11:30")


def test_make_up_saturday_has_ordinary_hours_even_where_saturday_is_short() -> None:
    week = [*OFFICE_WEEK, Hours(5, None)]
    days = [special_day(row) for row in delivered_days()]
    calendar = build(days, week=week, first_year=2026, last_year=2026)
    assert calendar.slots_on(dt.date(2026, 1, 10)) == OFFICE_WEEK[0].slots


def test_hours_change_from_a_date() -> None:
    early = parse_slots([["07:00", "11:30"], ["13:30", "17:00"]])
    change = [Hours(d, early, dt.date(2026, 7, 1)) for d in range(5)]
    calendar = build([], week=[*OFFICE_WEEK, *change], first_year=2026, last_year=2026)
    assert calendar.next_slot_start(at("30/06/2026 06:00")) == at("30/06/2026 07:30")
    assert calendar.next_slot_start(at("01/07/2026 06:00")) == at("01/07/2026 07:00")


def test_minutes_between() -> None:
    assert CALENDAR.working_minutes_between(at("20/11/2026 16:30"), at("23/11/2026 08:00")) == 60
    assert CALENDAR.working_minutes_between(at("23/11/2026 08:00"), at("20/11/2026 16:30")) == 0


def test_outside_the_calendar_is_an_error_with_words() -> None:
    with pytest.raises(OutsideCalendarError) as caught:
        CALENDAR.add_working_days(at("30/12/2045 09:00"), 5)
    assert "2045" in caught.value.text().vi
    with pytest.raises(OutsideCalendarError):
        CALENDAR.is_working_day(dt.date(1990, 1, 1))


@pytest.mark.parametrize("spans", [[["11:30", "07:30"]], [["07:30", "12:00"], ["11:00", "17:00"]]])
def test_bad_slots_are_refused(spans: list[list[str]]) -> None:
    with pytest.raises(ValueError, match="slots"):
        parse_slots(spans)
    assert Slots(((0, 86_400),)).total == 86_400


MOMENTS = st.integers(0, 123_000_000).map(
    lambda seconds: at("01/01/2024 00:00") + dt.timedelta(seconds=seconds)
)


def slow_working_days(start: dt.datetime, days: int) -> dt.datetime:
    """The definition, walked day by day."""
    day = CALENDAR.next_slot_start(start).date()
    while days:
        day += dt.timedelta(days=1)
        days -= CALENDAR.is_working_day(day)
    return dt.datetime.combine(day, dt.time(17), CITY_ZONE)


@given(MOMENTS, st.integers(1, 60))
def test_working_days_equal_the_slow_walk(start: dt.datetime, days: int) -> None:
    assert CALENDAR.add_working_days(start, days) == slow_working_days(start, days)


@given(MOMENTS, MOMENTS, st.integers(1, 40))
def test_a_later_start_is_never_due_earlier(
    one: dt.datetime, other: dt.datetime, amount: int
) -> None:
    early, late = min(one, other), max(one, other)
    for add in (
        CALENDAR.add_working_days,
        CALENDAR.add_calendar_days,
        CALENDAR.add_working_hours,
    ):
        assert add(early, amount) <= add(late, amount)
    assert CALENDAR.same_day(early) <= CALENDAR.same_day(late)


@given(MOMENTS, st.integers(1, 10_000_000))
def test_rulers_read_back_what_they_place(start: dt.datetime, ticks: int) -> None:
    tick = CALENDAR.second_tick(start) + ticks
    assert CALENDAR.second_tick(CALENDAR.at_second_tick(tick)) == tick
    tick = CALENDAR.day_tick(start) + ticks
    assert CALENDAR.day_tick(CALENDAR.at_day_tick(tick)) == tick


@given(MOMENTS, st.integers(1, 3000))
def test_hours_added_are_hours_between(start: dt.datetime, minutes: int) -> None:
    end = CALENDAR.add_working_hours(start, minutes / 60)
    assert CALENDAR.working_minutes_between(start, end) == minutes
