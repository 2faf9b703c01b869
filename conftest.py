"""What every test of the house shares."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator

import pytest
from django.utils import translation

from motcua.foundation.timesource import CITY_ZONE, at_time

pytest_plugins = [
    "motcua.foundation.testing.browser",
    "motcua.foundation.testing.database",
    "motcua.foundation.testing.engines",
]


def pytest_sessionstart() -> None:
    """English texts as they stand in the .po files; compiled once, not by every worker."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    from motcua.web.i18n import compile_all

    compile_all()


@pytest.fixture(autouse=True)
def _vietnamese_first() -> Iterator[None]:
    """A test that switched the language leaves Vietnamese to the next one."""
    yield
    translation.activate("vi")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Keys of an earlier test's rows are other rows now."""
    from motcua.foundation.remembering import forget_everything

    forget_everything()


WORKING_MORNING = dt.datetime(2026, 11, 18, 9, 0, tzinfo=CITY_ZONE)


@pytest.fixture
def working_morning() -> Iterator[dt.datetime]:
    """Wednesday 18 November 2026, 09:00 in the city: time stands still."""
    with at_time(WORKING_MORNING):
        yield WORKING_MORNING
