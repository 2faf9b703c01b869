"""Words and thresholds of a due date at a moment."""

from __future__ import annotations

import pytest

from motcua.casework.clock.badges import badge, row_badge, thresholds
from motcua.casework.clock.planning import plan_start, plan_stop, plan_suspend
from motcua.casework.clock.rules import derive
from motcua.casework.clock.terms import Limit, Span
from motcua.casework.clock.tests.samples import CALENDAR, at, started
from motcua.casework.clock.wording import span_in_words


def five_days() -> object:
    """Due on Monday 23 November 2026 at 17:00."""
    return derive(started("16/11/2026 09:00", limit=Limit(5, "working_day")).entries, CALENDAR)


@pytest.mark.parametrize(
    ("now", "state", "vi", "en", "threshold"),
    [
        ("16/11/2026 10:00", "on_time", "Còn 5 ngày làm việc", "5 working days left", ""),
        ("19/11/2026 14:00", "on_time", "Còn 2 ngày làm việc", "2 working days left", "half"),
        ("20/11/2026 07:30", "near", "Còn 2 ngày làm việc", "2 working days left", "day_before"),
        ("23/11/2026 08:00", "near", "Còn 7 giờ làm việc", "7 working hours left", "day_before"),
        ("23/11/2026 16:45", "near", "Còn 15 phút làm việc", None, "day_before"),
        ("23/11/2026 20:00", "late", "Vừa quá hạn", "Just overdue", "overdue"),
        ("25/11/2026 10:30", "late", "Trễ 3 giờ làm việc", "Late by 3 working hours", "overdue"),
        ("27/11/2026 10:30", "late", "Trễ 2 ngày làm việc", "Late by 2 working days", "overdue"),
    ],
)
def test_words(now: str, state: str, vi: str, en: str | None, threshold: str) -> None:
    found = badge(five_days(), at(now))
    assert (found.state, found.words.vi, found.threshold) == (state, vi, threshold)
    if en:
        assert found.words.en == en


def test_thresholds_come_in_order() -> None:
    points = thresholds(five_days())
    assert points["half"] == at("19/11/2026 11:30")
    assert points["most"] == at("20/11/2026 17:00")
    assert points["day_before"] == at("20/11/2026 07:30")
    assert points["overdue"] == at("23/11/2026 17:00")


def test_hours_have_no_day_before() -> None:
    case = started("16/11/2026 09:00", limit=Limit(8, "working_hour"))
    assert "day_before" not in thresholds(derive(case.entries, CALENDAR))


def test_paused_done_none() -> None:
    assert badge(derive([], CALENDAR), at("16/11/2026 09:00")).state == "none"
    case = started("16/11/2026 09:00", limit=Limit(5, "working_day"))
    paused = case.do(plan_suspend, "17/11/2026 11:30")
    assert badge(paused, at("30/11/2026 09:00")).words.vi == "Tạm dừng, còn 4 ngày làm việc"
    early = started("16/11/2026 09:00", limit=Limit(5, "working_day"))
    done = early.do(plan_stop, "19/11/2026 09:00")
    assert badge(done, at("30/11/2026 09:00")).words.vi == "Xong sớm 2 ngày làm việc"
    tardy = started("16/11/2026 09:00", limit=Limit(5, "working_day"))
    done = tardy.do(plan_stop, "26/11/2026 09:00")
    assert badge(done, at("30/11/2026 09:00")).words.vi == "Xong, trễ 1 ngày làm việc"


def test_calendar_days_in_words() -> None:
    case = started("13/11/2026 09:00", limit=Limit(10, "calendar_day"))
    due = derive(case.entries, CALENDAR)
    assert badge(due, at("16/11/2026 09:00")).words.vi == "Còn 7 ngày"
    assert badge(due, at("23/11/2026 09:00")).words.vi == "Hết hạn hôm nay"
    assert badge(due, at("23/11/2026 20:00")).words.vi == "Trễ 3 giờ"
    assert badge(due, at("25/11/2026 08:00")).words.vi == "Trễ 2 ngày"


def test_rows_of_a_list() -> None:
    due = at("23/11/2026 17:00")
    assert row_badge("running", due, at("18/11/2026 09:00"), CALENDAR).state == "on_time"
    assert row_badge("running", due, at("23/11/2026 09:00"), CALENDAR).state == "near"
    late = row_badge("running", due, at("26/11/2026 09:00"), CALENDAR)
    assert (late.state, late.words.vi) == ("late", "Trễ 1 ngày làm việc")
    assert row_badge("paused", None, due, CALENDAR).state == "paused"
    assert row_badge("none", None, due, CALENDAR).state == "none"


def test_amounts_in_full() -> None:
    assert span_in_words(Span(28_800 * 2 + 3 * 3600, "working_day")).vi == "2 ngày 3 giờ làm việc"
    assert span_in_words(Span(5400, "working_hour")).en == "1 hour 30 minutes of working time"
    assert span_in_words(Span(1, "calendar_day")).en == "1 day"


def test_same_day_late_start_is_near_all_along() -> None:
    case = started("20/11/2026 15:30", limit=Limit(1, "same_day"))
    due = derive(case.entries, CALENDAR)
    assert badge(due, at("23/11/2026 16:30")).words.vi == "Còn 30 phút làm việc"
    assert plan_start is not None
