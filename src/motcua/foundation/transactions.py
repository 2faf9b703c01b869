"""Joining the transaction of the caller."""

from __future__ import annotations

from contextlib import ContextDecorator
from types import TracebackType
from typing import Any

from django.db import connection, transaction


class Together(ContextDecorator):
    """A transaction of one's own, or the caller's without a savepoint: two statements fewer.

    An error that leaves the block dooms the caller's transaction as well, so
    nothing half done can be committed. Whoever wants to go on after an error
    sets a savepoint (``transaction.atomic()``) around the call. The transaction
    that a test case wraps around each test is nobody's caller.
    """

    _inner: transaction.Atomic

    def _recreate_cm(self) -> Together:
        return type(self)()

    def __enter__(self) -> None:
        blocks: list[Any] = connection.atomic_blocks
        joins = bool(blocks) and not blocks[-1]._from_testcase
        self._inner = transaction.Atomic(None, savepoint=not joins, durable=False)
        self._inner.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._inner.__exit__(kind, error, trace)


together = Together


def savepoint_depth() -> int:
    """How many savepoints stand open: what is written inside one may be undone alone."""
    return sum(1 for sid in connection.savepoint_ids if sid)
