"""The vectors of the law's calendar, the supplement models, the one extension, the explanation."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.casework.calendar.building import build
from motcua.casework.calendar.rules import SpecialDay, WorkCalendar
from motcua.casework.calendar.seed import delivered_days, special_day
from motcua.casework.clock.errors import (
    ClockAlreadyStarted,
    ClockGoesForward,
    ClockNotPaused,
    ClockNotRunning,
    ExtensionTooLate,
    ExtensionUnit,
    ExtensionUsed,
    LegalBasisMissing,
)
from motcua.casework.clock.planning import (
    Why,
    plan_extend,
    plan_recompute,
    plan_restart,
    plan_resume,
    plan_start,
    plan_stop,
    plan_suspend,
)
from motcua.casework.clock.rules import derive, forward_by
from motcua.casework.clock.terms import Due, Limit, Policy, Unit, due_at
from motcua.casework.clock.tests.samples import CALENDAR, WHY, Case, at, started
from motcua.foundation.errors import Bilingual

VECTORS: list[tuple[str, int, Unit, str]] = [
    ("31/12/2025 09:00", 1, "working_day", "05/01/2026 17:00"),
    ("08/01/2026 09:00", 3, "working_day", "12/01/2026 17:00"),
    ("12/02/2026 09:00", 7, "working_day", "02/03/2026 17:00"),
    ("20/04/2026 09:00", 10, "working_day", "07/05/2026 17:00"),
    ("15/04/2026 09:00", 15, "calendar_day", "04/05/2026 17:00"),
    ("20/08/2026 09:00", 3, "working_day", "24/08/2026 17:00"),
    ("26/08/2026 09:00", 3, "working_day", "03/09/2026 17:00"),
    ("20/11/2026 09:00", 3, "working_day", "26/11/2026 17:00"),
    ("13/11/2026 09:00", 10, "calendar_day", "23/11/2026 17:00"),
    ("02/02/2027 09:00", 5, "working_day", "16/02/2027 17:00"),
    ("28/04/2027 09:00", 3, "working_day", "05/05/2027 17:00"),
    ("31/08/2027 09:00", 3, "working_day", "07/09/2027 17:00"),
    ("20/11/2026 16:30", 8, "working_hour", "23/11/2026 16:30"),
    ("21/11/2026 09:00", 8, "working_hour", "23/11/2026 17:00"),
    ("23/11/2026 15:00", 8, "working_hour", "25/11/2026 15:00"),
    ("25/11/2026 11:45", 8, "working_hour", "26/11/2026 11:30"),
    ("13/02/2026 10:00", 8, "working_hour", "23/02/2026 10:00"),
    ("21/11/2026 09:00", 24, "hour", "22/11/2026 09:00"),
    ("20/11/2026 15:00", 1, "same_day", "20/11/2026 17:00"),
    ("20/11/2026 15:01", 1, "same_day", "23/11/2026 17:00"),
]


@pytest.mark.parametrize(("start", "amount", "unit", "due"), VECTORS)
def test_vectors(start: str, amount: int, unit: Unit, due: str) -> None:
    limit = Limit(amount, unit)
    case = started(start, limit=limit)
    found = derive(case.entries, CALENDAR)
    assert found.at == at(due)
    assert due_at(limit, at(start), CALENDAR) == at(due)
    whole(found)


def whole(due: Due) -> None:
    """Lines are contiguous and ordered; what they count is the period granted."""
    lines = due.lines
    assert lines[-1].to_at == due.at
    for one, next_one in itertools.pairwise(lines):
        assert one.to_at == next_one.from_at
        assert one.from_at < one.to_at
    assert sum(line.counted.ticks for line in lines) == due.total.ticks
    assert all(line.counted.ticks >= 0 for line in lines)
    for line in lines:
        assert line.why.vi
        assert line.why.en
        assert line.legal_basis


def test_pause_adds_its_working_time() -> None:
    case = started("16/11/2026 09:00", limit=Limit(5, "working_day"))
    paused = case.do(plan_suspend, "18/11/2026 10:00")
    assert (paused.state, paused.at) == ("paused", None)
    assert paused.lines[-1].to_at is None
    due = case.do(plan_resume, "20/11/2026 10:00")
    assert due.at == at("26/11/2026 17:00")
    whole(due)


def test_pause_on_the_uncounted_start_day_costs_nothing() -> None:
    case = started("16/11/2026 09:00", limit=Limit(5, "working_day"))
    case.do(plan_suspend, "16/11/2026 10:00")
    due = case.do(plan_resume, "16/11/2026 15:00")
    assert due.at == at("23/11/2026 17:00")
    whole(due)


def test_restart_counts_the_whole_period_again() -> None:
    case = started("16/11/2026 09:00", limit=Limit(5, "working_day"), policy=Policy("restart"))
    case.do(plan_suspend, "18/11/2026 10:00")
    due = case.do(plan_resume, "20/11/2026 10:00")
    assert due.at == at("30/11/2026 17:00")
    whole(due)
    assert "tính lại từ đầu" in due.lines[0].why.vi


def test_fixed_gives_the_applicant_a_date() -> None:
    policy = Policy("fixed", Limit(2, "working_day"))
    case = started("16/11/2026 09:00", limit=Limit(5, "working_day"), policy=policy)
    paused = case.do(plan_suspend, "20/11/2026 10:00")
    assert paused.applicant_due == at("25/11/2026 17:00")
    due = case.do(plan_resume, "23/11/2026 10:00")
    assert due.applicant_due is None
    assert due.at == at("25/11/2026 17:00")


def test_financial_obligation_pauses_even_where_a_supplement_restarts() -> None:
    case = started("16/11/2026 09:00", limit=Limit(5, "working_day"), policy=Policy("restart"))
    case.do(plan_suspend, "18/11/2026 10:00", ground="financial")
    due = case.do(plan_resume, "19/11/2026 10:00")
    assert due.at == at("25/11/2026 17:00")
    assert any("nghĩa vụ tài chính" in line.why.vi for line in due.lines)


def test_calendar_days_pause_by_days() -> None:
    case = started("02/11/2026 09:00", limit=Limit(10, "calendar_day"))
    case.do(plan_suspend, "05/11/2026 10:00")
    due = case.do(plan_resume, "09/11/2026 08:00")
    assert due.at == at("16/11/2026 17:00")
    whole(due)


def test_asking_for_papers_after_the_due_date_does_not_cure_the_delay() -> None:
    case = started("16/11/2026 09:00", limit=Limit(1, "working_day"))
    paused = case.do(plan_suspend, "19/11/2026 10:00")
    assert paused.at == at("17/11/2026 17:00")
    assert case.do(plan_resume, "23/11/2026 10:00").at == at("17/11/2026 17:00")


def test_one_extension_at_least_a_day_before() -> None:
    case = started("16/11/2026 09:00", limit=Limit(5, "working_day"))
    with pytest.raises(ExtensionTooLate) as late:
        case.do(plan_extend, "23/11/2026 08:00", limit=Limit(3, "working_day"))
    assert "23/11/2026 17:00" in late.value.text().vi
    assert "1 day" in late.value.text().en
    assert "118/2025" in late.value.text().vi
    due = case.do(plan_extend, "20/11/2026 16:00", limit=Limit(3, "working_day"))
    assert due.at == at("27/11/2026 17:00")
    assert due.extended
    whole(due)
    with pytest.raises(ExtensionUsed):
        case.do(plan_extend, "23/11/2026 08:00", limit=Limit(1, "working_day"))
    by_law = case.do(plan_extend, "24/11/2026 08:00", limit=Limit(1, "working_day"), by_law=True)
    assert by_law.at == at("30/11/2026 17:00")


def test_an_extension_needs_its_law_and_a_fitting_unit() -> None:
    case = started("16/11/2026 09:00", limit=Limit(5, "working_day"))
    with pytest.raises(LegalBasisMissing):
        plan_extend(
            case.entries,
            calendar=CALENDAR,
            at=at("17/11/2026 09:00"),
            limit=Limit(1, "working_day"),
            why=Why("chậm"),
        )
    with pytest.raises(ExtensionUnit):
        case.do(plan_extend, "17/11/2026 09:00", limit=Limit(3, "calendar_day"))


def test_remote_area_days_stand_on_their_own_line() -> None:
    due = derive(
        started(
            "02/11/2026 09:00",
            limit=Limit(12, "working_day"),
            remote=Limit(10, "working_day"),
            remote_basis="Quy định X",
        ).entries,
        CALENDAR,
    )
    assert due.at == at("03/12/2026 17:00")
    assert due.lines[-1].legal_basis == "Quy định X"
    extra = [line.counted.ticks for line in due.lines if line.legal_basis == "Quy định X"]
    assert sum(extra) == 10 * 28_800
    whole(due)


def test_explicit_restart_with_a_new_limit() -> None:
    case = started("16/11/2026 09:00", limit=Limit(5, "working_day"))
    due = case.do(plan_restart, "18/11/2026 09:00", limit=Limit(2, "working_day"))
    assert due.at == at("20/11/2026 17:00")
    whole(due)


def test_stop_keeps_the_promise_and_ends_the_clock() -> None:
    case = started("16/11/2026 09:00", limit=Limit(5, "working_day"))
    due = case.do(plan_stop, "19/11/2026 09:00", outcome="done")
    assert (due.state, due.at, due.stopped_at) == (
        "stopped",
        at("23/11/2026 17:00"),
        at("19/11/2026 09:00"),
    )
    with pytest.raises(ClockNotRunning):
        case.do(plan_suspend, "20/11/2026 09:00")


def test_acts_out_of_place_are_refused() -> None:
    case = Case()
    with pytest.raises(ClockNotRunning):
        case.do(plan_suspend, "16/11/2026 09:00")
    case.do(plan_start, "16/11/2026 09:00", limit=Limit(5, "working_day"))
    with pytest.raises(ClockAlreadyStarted):
        case.do(plan_start, "16/11/2026 09:00", limit=Limit(5, "working_day"))
    with pytest.raises(ClockNotPaused):
        case.do(plan_resume, "16/11/2026 10:00")
    with pytest.raises(ClockGoesForward):
        case.do(plan_stop, "15/11/2026 10:00")


def test_tracks_are_apart() -> None:
    case = started("16/11/2026 09:00", limit=Limit(5, "working_day"))
    first = case.do(
        plan_start, "16/11/2026 09:00", limit=Limit(8, "working_hour"), track="first_answer"
    )
    assert first.at == at("17/11/2026 09:00")
    case.do(plan_stop, "16/11/2026 11:00", track="first_answer")
    assert derive([e for e in case.entries if e.track == "main"], CALENDAR).state == "running"
    assert [entry.seq for entry in case.entries] == [1, 2, 3]


@pytest.mark.parametrize(
    ("received", "online", "by"),
    [
        ("20/11/2026 09:00", True, "20/11/2026 09:00"),
        ("20/11/2026 15:00", False, "20/11/2026 17:00"),
        ("20/11/2026 15:30", False, "23/11/2026 07:30"),
        ("21/11/2026 09:00", False, "23/11/2026 17:00"),
    ],
)
def test_forwarding(received: str, online: bool, by: str) -> None:
    assert forward_by(at(received), CALENDAR, online=online) == at(by)


MOMENTS = st.integers(0, 80_000_000).map(
    lambda seconds: at("01/01/2024 00:00") + dt.timedelta(seconds=seconds)
)
UNITS: st.SearchStrategy[Unit] = st.sampled_from(
    ["hour", "working_hour", "working_day", "calendar_day", "same_day"]
)


@st.composite
def histories(draw: st.DrawFn) -> Case:
    """A clock with up to three pauses and an extension, of any unit and policy."""
    unit: Unit = draw(UNITS)
    limit = Limit(1 if unit == "same_day" else draw(st.integers(1, 30)), unit)
    policy = Policy(draw(st.sampled_from(["pause", "restart"])))
    case = Case()
    when = draw(MOMENTS)
    case.do(plan_start, when, limit=limit, policy=policy)
    for _ in range(draw(st.integers(0, 3))):
        when += dt.timedelta(minutes=draw(st.integers(0, 4000)))
        ground = draw(st.sampled_from(["supplement", "financial"]))
        case.do(plan_suspend, when, ground=ground)
        when += dt.timedelta(minutes=draw(st.integers(0, 20_000)))
        case.do(plan_resume, when)
    if draw(st.booleans()):
        extra = Limit(draw(st.integers(1, 5)), "working_day" if unit == "same_day" else unit)
        case.do(plan_extend, when, limit=extra, by_law=True)
    return case


@given(histories())
def test_every_history_explains_itself(case: Case) -> None:
    due = derive(case.entries, CALENDAR)
    assert due == derive(case.entries, CALENDAR)
    assert due.proposed is None
    lines = due.lines
    assert lines[-1].to_at == due.at
    for one, next_one in itertools.pairwise(lines):
        assert one.to_at == next_one.from_at
        assert one.from_at < one.to_at
    assert sum(line.counted.ticks for line in lines) == due.total.ticks
    assert all(line.counted.ticks >= 0 for line in lines)


def other_calendars() -> list[WorkCalendar]:
    """The delivered calendar with some days off taken away and some added."""
    days = [special_day(row) for row in delivered_days()]
    found = []
    for step in range(2, 8):
        storm = [
            SpecialDay(dt.date(2024, 1, 1) + dt.timedelta(days=n), False, STORM, "Công điện X")
            for n in range(step, 1300, 11 * step)
        ]
        found.append(build([*days[::step], *storm], first_year=2024, last_year=2028))
    return found


STORM = Bilingual("Nghỉ bão", "Storm day")
OTHERS = other_calendars()


@given(histories(), st.sampled_from(OTHERS), st.sampled_from(OTHERS))
def test_no_calendar_change_brings_a_date_forward_unasked(
    case: Case, second: WorkCalendar, third: WorkCalendar
) -> None:
    promised = derive(case.entries, CALENDAR).at
    for calendar in (second, third):
        case.calendar = calendar
        when = case.entries[-1].at
        plan = plan_recompute(case.entries, calendar=calendar, at=when, why=WHY)
        if plan:
            case.entries.append(plan.entry)
        due = derive(case.entries, calendar)
        assert due.at >= promised
        assert due.proposed is None
        promised = due.at
        lines = due.lines
        assert lines[-1].to_at == due.at
        for one, next_one in itertools.pairwise(lines):
            assert one.to_at == next_one.from_at
        assert sum(line.counted.ticks for line in lines) == due.total.ticks
        assert all(line.counted.ticks >= 0 for line in lines)
        assert plan_recompute(case.entries, calendar=calendar, at=when, why=WHY) is None


@given(MOMENTS, MOMENTS, UNITS, st.integers(1, 40))
def test_a_later_start_is_never_due_earlier(
    one: dt.datetime, other: dt.datetime, unit: Unit, amount: int
) -> None:
    limit = Limit(1 if unit == "same_day" else amount, unit)
    dues = []
    for when in sorted([one, other]):
        plan = plan_start([], calendar=CALENDAR, at=when, limit=limit, why=WHY)
        assert plan.due.at == due_at(limit, when, CALENDAR)
        dues.append(plan.due.at)
    assert dues[0] <= dues[1]


@given(
    MOMENTS,
    st.sampled_from(["working_hour", "working_day", "same_day"]),
    st.integers(8, 40),
    st.integers(0, 5000),
    st.integers(0, 50_000),
)
def test_a_pause_shifts_by_exactly_its_working_time(
    start: dt.datetime, unit: Unit, amount: int, before: int, length: int
) -> None:
    case = Case()
    limit = Limit(1 if unit == "same_day" else amount, unit)
    old = case.do(plan_start, start, limit=limit)
    began = start + dt.timedelta(minutes=before)
    ended = began + dt.timedelta(minutes=length)
    if old.at is None or began > old.at:
        return
    case.do(plan_suspend, began)
    new = case.do(plan_resume, ended)
    counting_from = old.started_at
    if unit == "working_day":
        counting_from = CALENDAR.end_of_working_day(old.started_at.date())
    lost = CALENDAR.second_tick(max(ended, counting_from)) - CALENDAR.second_tick(
        max(began, counting_from)
    )
    assert CALENDAR.second_tick(new.at) == CALENDAR.second_tick(old.at) + lost
