"""Progress of long steps on a terminal or in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Progress:
    """Shows "step … n/total" on one line of a terminal, and only the end in a log."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.started = time.monotonic()
        self.live = sys.stdout.isatty()
        self.shown = 0.0

    def __call__(self, done: int, total: int = 0) -> None:
        """Tell how far the step is; cheap enough to call for every item."""
        clock = time.monotonic()
        if not self.live or (clock - self.shown < 0.1 and done != total):
            return
        self.shown = clock
        share = f" {done:,}/{total:,} ({done * 100 // max(total, 1)} %)" if total else f" {done:,}"
        print(f"\r  {self.title}{share}", end="", flush=True)

    def finish(self, result: str = "") -> None:
        """Close the line with how long it took."""
        spent = time.monotonic() - self.started
        start = "\r\033[K" if self.live else ""
        tail = f" — {result}" if result else ""
        print(f"{start}✓ {self.title}{tail} ({spent:.1f} s)", flush=True)


@contextmanager
def step(title: str) -> Iterator[Progress]:
    """A step that says it began and how long it took."""
    progress = Progress(title)
    if progress.live:
        print(f"  {title} …", end="", flush=True)
    yield progress
    progress.finish()
