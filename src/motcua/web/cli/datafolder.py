"""The demo's data folder: one demo at a time, and emptying it on request."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = "demo.lock"
IN_USE = (
    "✗ Bản chạy thử đang hoạt động trên thư mục {folder}; hãy dừng nó trước (Ctrl-C).\n"
    "  The demo is running on this folder already; stop it first (Ctrl-C)."
)


@contextmanager
def alone_in(folder: Path) -> Iterator[bool]:
    """Hold the folder for this process; False when another one holds it.

    The lock belongs to the process: it is gone when the process ends, however it ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def empty(folder: Path) -> None:
    """Delete everything in the folder but the lock that is being held."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != LOCK:
            path.unlink()
