"""Pure decisions about retries and schedules: no database, no clock, no dice."""

from __future__ import annotations

import datetime as dt

URGENT, NORMAL, BULK = 0, 5, 9
PRIORITIES = (URGENT, NORMAL, BULK)

BASE_SECONDS = 5.0
CAP_SECONDS = 3600.0


def backoff_seconds(attempt: int, jitter: float) -> float:
    """Seconds to wait after the ``attempt``-th failed try (1 is the first).

    Doubles from 5 seconds up to one hour. ``jitter`` in [0, 1) spreads the wait
    over its upper half, so that jobs that failed together do not return together.
    """
    if attempt < 1 or not 0.0 <= jitter < 1.0:
        raise ValueError("attempt counts from 1 and jitter lies in [0, 1)")
    full = min(CAP_SECONDS, BASE_SECONDS * 2.0 ** min(attempt - 1, 30))
    return full * (0.5 + jitter / 2)


def may_retry(attempts: int, max_attempts: int) -> bool:
    """Whether a job that has been tried ``attempts`` times gets another try."""
    return attempts < max_attempts


def slot_start(moment: dt.datetime, seconds: int) -> dt.datetime:
    """The start of the interval of ``seconds`` in which ``moment`` (aware) lies."""
    stamp = int(moment.timestamp())
    return dt.datetime.fromtimestamp(stamp - stamp % seconds, dt.UTC)


def next_wait(last: float, worked: bool, ceiling: float) -> float:
    """Seconds an idle worker sleeps: none after work, then doubling up to ``ceiling``."""
    if worked:
        return 0.0
    return min(ceiling, max(0.05, last * 2))
