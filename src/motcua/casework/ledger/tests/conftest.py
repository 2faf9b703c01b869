"""A writer and a guarded ledger for the tests."""

from __future__ import annotations

import pytest
from django.db import connection

from motcua.casework.ledger import triggers
from motcua.casework.ledger.public import record
from motcua.casework.ledger.rules import SystemWriter


@pytest.fixture
def writer():
    return SystemWriter(
        account_id=7,
        kind="official",
        name="Nguyễn Thị Ánh Tuyết",
        authority="KT. Chủ tịch",
        agency_ids=frozenset({3}),
    )


@pytest.fixture
def write(db, writer):
    """Write ``count`` acts to a chain."""

    def _write(chain: str = "case:1", count: int = 5):
        return [
            record(
                actor=writer,
                chain=chain,
                verb="cases.move",
                before={"bước": n},
                after={"bước": n + 1, "ghi chú": f"lần {n} của {chain}"},
            )
            for n in range(count)
        ][-1]

    return _write


@pytest.fixture
def guarded(db):
    triggers.install(connection)
    yield
    triggers.remove(connection)


@pytest.fixture
def sql(db):
    """Run raw SQL as somebody with the database password would."""

    def run(statement: str, *parameters: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)

    return run
