"""Order of calling, estimates, slots and calendar files, as tables."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from motcua.foundation.timesource import CITY_ZONE
from motcua.subsystems.reception.rules import (
    Ahead,
    Event,
    PlanFacts,
    calendar_text,
    day_slots,
    estimated_minutes,
    is_bookable,
    letter_of,
    order_moment,
    ticket_label,
    typical_seconds,
)

NINE = dt.datetime(2026, 11, 18, 9, 0, tzinfo=CITY_ZONE)
DAY = NINE.date()


def at(hour: int, minute: int = 0) -> dt.datetime:
    return NINE.replace(hour=hour, minute=minute)


@pytest.mark.parametrize(
    ("came", "ahead", "slot", "counts_from"),
    [
        (at(9), Ahead(), None, at(9)),
        (at(9), Ahead(120), None, at(7)),
        (at(9), Ahead(), at(9), at(8)),
        (at(9), Ahead(), at(10), at(9)),  # an hour early: no advantage yet
        (at(9, 15), Ahead(), at(9), at(8)),  # late within grace
        (at(9, 16), Ahead(), at(9), at(9, 16)),  # too late: an ordinary ticket
        (at(9), Ahead(120), at(9), at(7)),  # the better of the two
    ],
)
def test_when_somebody_counts_as_having_come(
    came: dt.datetime, ahead: Ahead, slot: dt.datetime | None, counts_from: dt.datetime
) -> None:
    assert order_moment(came, ahead, slot) == counts_from


def test_nobody_starves() -> None:
    """Whoever waits longer than the advantage is called before every later priority."""
    ordinary = order_moment(at(8), Ahead())
    assert ordinary < order_moment(at(10, 1), Ahead(120))


@pytest.mark.parametrize(
    ("ahead", "counters", "seconds", "minutes"),
    [(0, 1, 480, 0), (3, 1, 480, 24), (3, 2, 480, 12), (1, 2, 480, 4), (5, 0, 480, None)],
)
def test_the_estimate(ahead: int, counters: int, seconds: float, minutes: int | None) -> None:
    assert estimated_minutes(ahead, counters, seconds) == minutes


def test_a_typical_time_needs_enough_services() -> None:
    assert typical_seconds([60, 60, 60, 60], default=480) == 480
    assert typical_seconds([60, 60, 90, 3600, 120], default=480) == 90


def test_labels() -> None:
    assert ticket_label("A", 7) == "A007"
    assert ticket_label("B", 1234) == "B1234"
    assert letter_of("b", ["a", "b"]) == "B"
    assert letter_of("nobody", ["a"]) == "Z"


def test_slots_stop_at_lunch_and_closing() -> None:
    morning, afternoon = (7 * 3600 + 1800, 11 * 3600 + 1800), (13 * 3600, 14 * 3600 + 600)
    slots = day_slots(DAY, [morning, afternoon], 30)
    assert [f"{b:%H:%M}" for b, _e in slots][-3:] == ["11:00", "13:00", "13:30"]
    assert len(slots) == 10


@pytest.mark.parametrize(
    ("starts", "ok"),
    [(at(9, 59), False), (at(10), True), (at(9) + dt.timedelta(days=14), True),
     (at(9) + dt.timedelta(days=15), False)],
)  # fmt: skip
def test_how_soon_and_how_far_one_may_book(starts: dt.datetime, ok: bool) -> None:
    assert is_bookable(starts, NINE, PlanFacts(30, 1, 2, 14, 60)) is ok


def _read(text: str) -> list[tuple[str, str]]:
    """A small reader of RFC 5545 content lines, apart from the writer."""
    assert text.endswith("\r\n")
    raw = text[:-2].split("\r\n")
    assert all(len(line.encode()) <= 75 for line in raw)
    assert "\n" not in "".join(raw)
    whole: list[str] = []
    for line in raw:
        if line.startswith(" "):
            whole[-1] += line[1:]
        else:
            whole.append(line)
    return [(name, value) for name, _colon, value in (line.partition(":") for line in whole)]


def _plain(value: str) -> str:
    out, escaped = "", False
    for c in value:
        if escaped:
            out, escaped = out + ("\n" if c in "nN" else c), False
        elif c == "\\":
            escaped = True
        else:
            assert c not in ";,"
            out += c
    return out


def _event(summary: str, **more: object) -> Event:
    return Event(
        uid="1@x", starts_at=NINE, ends_at=at(9, 30), stamped_at=NINE, summary=summary,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


@hypothesis_settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=120))
def test_any_text_survives_folding_and_escaping(summary: str) -> None:
    lines = dict(_read(calendar_text([_event(summary + "a\nb")])))
    assert _plain(lines["SUMMARY"]) == summary + "a\nb"


def test_a_calendar_file_as_the_rfc_wants_it() -> None:
    text = calendar_text([_event("Hẹn, gặp", sequence=2, alarm_minutes=60, location="Quận 1; HCM")])
    lines = _read(text)
    assert lines[0] == ("BEGIN", "VCALENDAR")
    found = dict(lines)
    assert found["DTSTART"] == "20261118T020000Z"
    assert found["DTEND"] == "20261118T023000Z"
    assert found["SEQUENCE"] == "2"
    assert found["STATUS"] == "CONFIRMED"
    assert found["TRIGGER"] == "-PT60M"
    assert found["LOCATION"] == "Quận 1\\; HCM"
    assert [v for n, v in lines if n == "END"] == ["VALARM", "VEVENT", "VCALENDAR"]
    gone = calendar_text([_event("x", cancelled=True, alarm_minutes=60)], method="CANCEL")
    assert ("METHOD", "CANCEL") in _read(gone)
    assert ("STATUS", "CANCELLED") in _read(gone)
    assert "VALARM" not in gone
