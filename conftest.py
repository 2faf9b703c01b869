"""What every test of the house shares."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from motcua.foundation.testing import schema
from motcua.foundation.timesource import CITY_ZONE, at_time

if sys.dont_write_bytecode:
    # Whoever wants no compiled files among the sources still need not wait for them twice.
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(Path(__file__).parent / "build" / "pycache")

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


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None, request: pytest.FixtureRequest) -> bool:
    """Start from the tables that an earlier run made, where the migrations are the same."""
    place = _sqlite_file()
    return (place is not None and schema.lay(place)) or request.config.getoption("reuse_db")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Keep the tables for the next run."""
    if place := _sqlite_file():
        with django_db_blocker.unblock():
            schema.keep(place)


def _sqlite_file() -> Path | None:
    from django.db import connection

    if connection.vendor != "sqlite":
        return None
    return Path(str(connection.settings_dict["TEST"]["NAME"]))


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
