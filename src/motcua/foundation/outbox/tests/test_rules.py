"""Back-off, schedules and polling, as properties."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.foundation.outbox.rules import (
    BASE_SECONDS,
    CAP_SECONDS,
    backoff_seconds,
    may_retry,
    next_wait,
    slot_start,
)

jitters = st.floats(0, 1, exclude_max=True)
attempts = st.integers(1, 10_000)


@given(attempts, jitters)
def test_backoff_stays_within_its_bounds(attempt: int, jitter: float) -> None:
    assert BASE_SECONDS / 2 <= backoff_seconds(attempt, jitter) <= CAP_SECONDS


@given(attempts, jitters)
def test_backoff_never_shrinks_with_more_failures(attempt: int, jitter: float) -> None:
    assert backoff_seconds(attempt + 1, jitter) >= backoff_seconds(attempt, jitter)


@given(attempts, jitters, jitters)
def test_two_jobs_that_fail_together_are_spread_by_at_most_double(a: int, x: float, y: float):
    low, high = sorted((backoff_seconds(a, x), backoff_seconds(a, y)))
    assert high <= 2 * low


@pytest.mark.parametrize(("attempt", "jitter"), [(0, 0.5), (-1, 0.5), (1, 1.0), (1, -0.1)])
def test_backoff_refuses_nonsense(attempt: int, jitter: float) -> None:
    with pytest.raises(ValueError, match="attempt"):
        backoff_seconds(attempt, jitter)


@given(st.integers(1, 50))
def test_a_job_is_tried_exactly_max_attempts_times(most: int) -> None:
    tries = 1
    while may_retry(tries, most):
        tries += 1
    assert tries == most


moments = st.integers(946_684_800, 4_102_444_800).map(
    lambda stamp: dt.datetime.fromtimestamp(stamp, dt.UTC)
)


@given(moments, st.integers(1, 86_400))
def test_every_moment_lies_in_exactly_one_slot(moment: dt.datetime, seconds: int) -> None:
    start = slot_start(moment, seconds)
    assert start <= moment < start + dt.timedelta(seconds=seconds)
    assert slot_start(start, seconds) == start


@given(st.floats(0, 10), st.floats(0.05, 10))
def test_an_idle_worker_sleeps_longer_and_longer_but_not_for_ever(last: float, ceiling: float):
    wait = next_wait(last, False, ceiling)
    assert wait <= ceiling
    assert wait >= min(last, ceiling)
    assert next_wait(last, True, ceiling) == 0
