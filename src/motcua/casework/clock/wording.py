"""Amounts of counted time in words, Vietnamese and English. Pure."""

from __future__ import annotations

import datetime as dt

from motcua.casework.calendar.rules import DAY_TICKS
from motcua.casework.clock.terms import Limit, Span
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import CITY_ZONE


def _plural(amount: int, noun: str) -> str:
    return f"{amount} {noun}" if amount == 1 else f"{amount} {noun}s"


def _days(amount: int, *, working: bool) -> Bilingual:
    if working:
        return Bilingual(f"{amount} ngày làm việc", _plural(amount, "working day"))
    return Bilingual(f"{amount} ngày", _plural(amount, "day"))


def _hours(seconds: int, *, working: bool) -> Bilingual:
    hours, rest = divmod(seconds, 3600)
    minutes = rest // 60
    vi: list[str] = []
    en: list[str] = []
    if hours:
        vi.append(f"{hours} giờ")
        en.append(_plural(hours, "hour"))
    if minutes or not hours:
        vi.append(f"{minutes} phút")
        en.append(_plural(minutes, "minute"))
    kind_vi, kind_en = (" làm việc", "of working time") if working else ("", "")
    text = " ".join(en)
    if working and not minutes:
        text = _plural(hours, "working hour")
    elif working:
        text = f"{text} {kind_en}"
    return Bilingual(" ".join(vi) + kind_vi, text)


def span_in_words(span: Span) -> Bilingual:
    """The whole amount: ``2 ngày 3 giờ làm việc``."""
    if span.unit == "calendar_day":
        return _days(span.ticks, working=False)
    if span.unit != "working_day":
        return _hours(span.ticks, working=span.unit != "hour")
    days, rest = divmod(span.ticks, DAY_TICKS)
    if not rest:
        return _days(days, working=True)
    part = _hours(rest, working=True)
    if not days:
        return part
    return Bilingual(f"{days} ngày {part.vi}", f"{_plural(days, 'working day')} {part.en}")


def roughly(span: Span) -> Bilingual:
    """The largest whole unit, as a badge says it: ``2 ngày làm việc``, ``3 giờ làm việc``."""
    if span.unit == "calendar_day":
        return _days(span.ticks, working=False)
    working = span.unit != "hour"
    a_day = DAY_TICKS if working else 86_400
    if span.ticks >= a_day and (working or span.ticks >= 2 * a_day):
        return _days(span.ticks // a_day, working=working)
    if span.ticks >= 3600:
        return _hours(span.ticks // 3600 * 3600, working=working)
    return _hours(span.ticks, working=working)


def limit_in_words(limit: Limit) -> Bilingual:
    """A lawful period: ``15 ngày làm việc``, ``trong ngày``."""
    if limit.unit == "same_day":
        return Bilingual("trong ngày làm việc", "the same working day")
    if limit.unit in {"working_day", "calendar_day"}:
        return _days(limit.amount, working=limit.unit == "working_day")
    return _hours(limit.amount * 3600, working=limit.unit == "working_hour")


def date_in_words(day: dt.date) -> str:
    """``24/11/2026``."""
    return f"{day:%d/%m/%Y}"


def moment_in_words(moment: dt.datetime) -> str:
    """``24/11/2026 14:30`` on the city's clock."""
    return f"{moment.astimezone(CITY_ZONE):%d/%m/%Y %H:%M}"
