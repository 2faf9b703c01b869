"""The only place that asks what time it is.

Everything else takes time as an argument or calls :func:`now`, so that tests
and the demo city can live through two years in a minute.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

CITY_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_fixed: ContextVar[dt.datetime | None] = ContextVar("motcua_fixed_time", default=None)


def now() -> dt.datetime:
    """The present moment, aware, in UTC; or the simulated one inside :func:`at_time`."""
    return _fixed.get() or dt.datetime.now(dt.UTC)


def fixed_moment() -> dt.datetime | None:
    """The simulated moment inside :func:`at_time`; outside, nothing."""
    return _fixed.get()


def local_now() -> dt.datetime:
    """:func:`now` on the city's wall clock."""
    return now().astimezone(CITY_ZONE)


def today() -> dt.date:
    """The calendar date in the city."""
    return local_now().date()


def local(moment: dt.datetime) -> dt.datetime:
    """An aware moment on the city's wall clock."""
    return moment.astimezone(CITY_ZONE)


@contextmanager
def at_time(moment: dt.datetime) -> Generator[None]:
    """Make :func:`now` answer ``moment`` (aware) inside the block, in this context only."""
    if moment.tzinfo is None:
        raise ValueError("a simulated time must carry its time zone")
    token = _fixed.set(moment.astimezone(dt.UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
