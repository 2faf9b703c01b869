"""The tables of the test database on SQLite, kept from one run to the next.

Every migration costs the drawing of every model, ten seconds in all. What they made is kept
in ``build/test-schema`` under a name that tells the content of every migration, of what the
migrations import and of the settings; where one letter differs, all migrations run again.
The root ``conftest.py`` lays the file down before Django looks for the test database.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import django

SOURCES = Path(__file__).resolve().parents[3]
FOLDER = SOURCES.parent / "build" / "test-schema"
_IMPORTED = re.compile(r"^\s*(?:from|import) (motcua[\w.]*)(?: import (\w+))?", re.MULTILINE)
KEPT = 3  # files: the newest, and those of other branches a moment ago


def kept_file() -> Path:
    """Where the tables that the present migrations make are kept, there or not."""
    digest = hashlib.sha256(django.__version__.encode())
    for path in sorted(_told_by()):
        digest.update(f"{path.relative_to(SOURCES)}\n".encode())
        digest.update(path.read_bytes())
    return FOLDER / f"{digest.hexdigest()[:20]}.sqlite3"


def lay(target: Path) -> bool:
    """Copy the kept tables to ``target``; whether there were any."""
    kept = kept_file()
    if not kept.exists():
        return False
    shutil.copyfile(kept, target)
    return True


def keep(database: Path) -> None:
    """Keep what the migrations made in this file; does nothing where it is kept already."""
    kept = kept_file()
    if kept.exists():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    draft = kept.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(database)) as made, closing(sqlite3.connect(draft)) as copy:
        made.backup(copy)
    draft.replace(kept)
    known = sorted(FOLDER.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)
    for old in known[:-KEPT]:
        old.unlink(missing_ok=True)


def _told_by() -> set[Path]:
    """The files on which the tables depend."""
    waiting = [*(SOURCES / "motcua").rglob("migrations/*.py")]
    waiting += [*(SOURCES / "motcua" / "web" / "settings").glob("*.py")]
    waiting += [*(SOURCES / "motcua" / "foundation" / "newdatabase").rglob("*.py")]
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imports(path.read_text("utf-8"))
    return found


def _imports(text: str) -> Iterable[Path]:
    for module, name in _IMPORTED.findall(text):
        for dotted in (module, f"{module}.{name}"):
            path = SOURCES / Path(*dotted.split(".")).with_suffix(".py")
            if path.is_file():
                yield path
