"""Filling a demo with years of documents whose files nobody keeps.

Everything else is as ever: number, register, signer, ledger. A document made
this way has no file and says so (``sha256`` is empty, ``demo`` is set). Refused
outside a demo installation.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings

_keeping: ContextVar[bool] = ContextVar("motcua_issuing_keeps_files", default=True)


def keeps_files() -> bool:
    """Whether documents are laid out, signed and stored now."""
    return _keeping.get()


@contextmanager
def without_files() -> Generator[None]:
    """Make documents without files inside the block.

    Raises:
        RuntimeError: this is no demo.
    """
    if not settings.DEMO:
        raise RuntimeError("documents without files exist only in a demo")
    token = _keeping.set(False)
    try:
        yield
    finally:
        _keeping.reset(token)
