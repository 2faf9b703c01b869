"""Where bytes are kept: a port, and the folder store that a single machine needs.

A file is complete on disk before anything in the database names it, and is
never opened for writing again. Its name is the SHA-256 of its bytes.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

DAY = 86_400


class BlobStore(Protocol):
    """What a store must do; an S3 adapter implements the same five verbs."""

    def keep(self, source: Path, sha256: str) -> None:
        """Take over a complete local file; when the content is held already, change nothing."""
        ...

    def open(self, sha256: str) -> BinaryIO:
        """The bytes for reading.

        Raises:
            FileNotFoundError: not held.
        """
        ...

    def holds(self, sha256: str) -> bool:
        """Whether the content is held."""
        ...

    def drop(self, sha256: str, *, untouched_for: float = DAY) -> bool:
        """Delete content that nobody kept again in the last ``untouched_for`` seconds."""
        ...

    def names(self) -> Iterator[str]:
        """The hashes of everything held."""
        ...


@dataclass(frozen=True, slots=True)
class Landed:
    """A file that arrived and is not kept yet."""

    path: Path
    sha256: str
    size: int


class TooMuch(Exception):
    """More bytes than the limit; the rest was not read."""


@contextmanager
def landing(chunks: Iterable[bytes], limit: int | None = None) -> Iterator[Landed]:
    """Write incoming bytes to a temporary file while hashing them; removed at the end.

    Raises:
        TooMuch: more than ``limit`` bytes came.
    """
    folder = Path(settings.MOTCUA_FILES_DIR) / "landing"
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=folder)
    path = Path(name)
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if limit is not None and size > limit:
                    raise TooMuch
                digest.update(chunk)
                file.write(chunk)
        yield Landed(path, digest.hexdigest(), size)
    finally:
        path.unlink(missing_ok=True)


def clear_landing(*, older_than: float = DAY) -> int:
    """Remove what a killed process left in the landing folder; returns how many files."""
    folder = Path(settings.MOTCUA_FILES_DIR) / "landing"
    removed = 0
    if folder.is_dir():
        for path in folder.iterdir():
            if time.time() - path.stat().st_mtime > older_than:
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def _onto_disk(path: Path) -> None:
    """Wait until the disk holds a file's content, or a folder's list of names."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


class FolderStore:
    """Files under ``<root>/ab/cd/<sha256>``, read-only, written by an atomic rename."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = Path(root or settings.MOTCUA_FILES_DIR)

    def path(self, sha256: str) -> Path:
        """Where this content lies."""
        if len(sha256) != 64 or not sha256.isalnum():
            raise ValueError("not a SHA-256")
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def keep(self, source: Path, sha256: str) -> None:
        target = self.path(sha256)
        try:
            os.utime(target)
            return
        except FileNotFoundError:
            pass
        target.parent.mkdir(parents=True, exist_ok=True)
        _onto_disk(source)
        source.chmod(0o440)
        os.replace(source, target)
        _onto_disk(target.parent)

    def open(self, sha256: str) -> BinaryIO:
        return self.path(sha256).open("rb")

    def holds(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def drop(self, sha256: str, *, untouched_for: float = DAY) -> bool:
        path = self.path(sha256)
        with contextlib.suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime >= untouched_for:
                path.unlink()
                return True
        return False

    def names(self) -> Iterator[str]:
        for path in self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
            yield path.name


def blob_store() -> BlobStore:
    """The store of this installation: the folder, or the class that MOTCUA_BLOB_STORE names."""
    name = getattr(settings, "MOTCUA_BLOB_STORE", "")
    return import_string(name)() if name else FolderStore()
