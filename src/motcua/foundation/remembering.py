"""Reference data that nearly never changes, remembered for seconds instead of asked every time.

For dated rows that everybody reads and an administrator changes now and then:
agencies by code, procedures in force, the city's rules. A change made in this
process is seen at once, one made in another process after at most
:data:`RECHECK_SECONDS`. Never for who may see or do what.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar

from django.db import connection, transaction
from django.db.models.signals import post_delete, post_save

RECHECK_SECONDS = 5.0
_seconds = RECHECK_SECONDS
_MOST = 4096

P = ParamSpec("P")
R = TypeVar("R")
_everything: list[Callable[[], None]] = []


def remembered(
    *models: str, for_ever: bool = False
) -> Callable[[Callable[P, R]], Remembered[P, R]]:
    """Remember what a read says for each set of (hashable) arguments.

    The answers are shared: whoever gets one must not change it.

    Args:
        models: labels (``agencies.Agency``) whose saves and deletions make it forget.
            Bulk changes send no signal and are seen after :data:`RECHECK_SECONDS`.
        for_ever: what is read never changes once it is written, so it is never asked again.
    """

    def decorate(work: Callable[P, R]) -> Remembered[P, R]:
        return Remembered(work, models, for_ever)

    return decorate


@contextmanager
def for_long() -> Generator[None]:
    """Ask again only after an hour: for a long work that nobody else's changes concern."""
    global _seconds  # noqa: PLW0603 - of the whole process, like the memory itself
    _seconds = 3600.0
    try:
        yield
    finally:
        _seconds = RECHECK_SECONDS


def forget_everything() -> None:
    """Start afresh, for tests."""
    for forget in _everything:
        forget()


class Remembered(Generic[P, R]):
    """A read with its memory."""

    def __init__(
        self, work: Callable[P, R], models: tuple[str, ...], for_ever: bool = False
    ) -> None:
        update_wrapper(self, work)
        self._work = work
        self._for_ever = for_ever
        self._kept: dict[Any, tuple[float, R]] = {}
        self._unsettled: Callable[[], None] | None = None
        _everything.append(self.forget)
        for label in models:
            for signal in (post_save, post_delete):
                signal.connect(self._changed, sender=label, weak=False)  # type: ignore[arg-type]

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        if self._change_pending():
            return self._work(*args, **kwargs)
        key = (args, *kwargs.items()) if kwargs else args
        moment = time.monotonic()
        found = self._kept.get(key)
        if found is not None and found[0] > moment:
            return found[1]
        value = self._work(*args, **kwargs)
        if len(self._kept) >= _MOST:
            self._kept.clear()
        self._kept[key] = (float("inf") if self._for_ever else moment + _seconds, value)
        return value

    def forget(self) -> None:
        """Drop what is remembered."""
        self._kept.clear()

    def _changed(self, **_signal: object) -> None:
        """Forget now, ask the database while the change may be undone, forget when it stands."""
        self.forget()
        if connection.in_atomic_block:

            def settled() -> None:
                self.forget()

            transaction.on_commit(settled)
            self._unsettled = settled

    def _change_pending(self) -> bool:
        if self._unsettled is None:
            return False
        if any(entry[1] is self._unsettled for entry in connection.run_on_commit):
            return True
        self._unsettled = None
        self.forget()
        return False
