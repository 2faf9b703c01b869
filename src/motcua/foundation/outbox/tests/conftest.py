"""Handlers of the tests are registered for one test only."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from motcua.foundation.outbox import registry


@pytest.fixture(autouse=True)
def own_registry() -> Iterator[None]:
    tables = (registry.HANDLERS, registry.SUBSCRIBERS, registry.SCHEDULES)
    before = [dict(table) for table in tables]
    for table in tables:
        table.clear()
    yield
    for table, entries in zip(tables, before, strict=True):
        table.clear()
        table.update(entries)  # type: ignore[arg-type]
