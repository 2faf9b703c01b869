"""pyHanko's engine is written for an event loop; the house is synchronous.

Where no loop runs in this thread the work is simply done. Where one runs (an
async server, a browser test) it is done in a thread beside it, with the same
context, so that the simulated clock still holds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

T = TypeVar("T")


def outside_loop(work: Callable[[], T]) -> T:
    """Do ``work``, which starts an event loop of its own, whatever runs here already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return work()
    context = copy_context()
    with ThreadPoolExecutor(max_workers=1) as beside:
        return beside.submit(context.run, work).result()
