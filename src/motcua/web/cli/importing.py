"""``motcua import``: packages from folders, the national catalogue and boundaries from files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from motcua.casework.access.public import SYSTEM
from motcua.foundation.errors import DomainError, InvalidInput
from motcua.foundation.timesource import today
from motcua.subsystems.procedures.public import (
    ImportRun,
    carry_out_import,
    load_packages,
    start_import,
)
from motcua.subsystems.reports.public import import_boundaries

ALL_TAKEN, SOME_BROKEN, UNREADABLE = 0, 1, 2


def import_packages(folders: Sequence[Path]) -> int:
    """Load procedure packages from folders (our own when none is named)."""
    for folder in folders or [None]:
        try:
            loaded = (
                load_packages(actor=SYSTEM, folder=folder)
                if folder
                else load_packages(actor=SYSTEM)
            )
        except DomainError as error:
            _tell(error)
            return SOME_BROKEN
        print(
            f"✓ {len(loaded.published)} mới / new, {len(loaded.unchanged)} giữ nguyên / unchanged"
        )
    return ALL_TAKEN


def import_catalogue(files: Sequence[Path]) -> int:
    """Import files of the national catalogue and print the report, which is kept as well."""
    contents: list[tuple[str, bytes]] = []
    for path in files:
        try:
            contents.append((path.name, path.read_bytes()))
        except OSError as error:
            print(f"✗ {path}: không đọc được / cannot be read: {error.strerror}", file=sys.stderr)
            return UNREADABLE
    try:
        run = start_import(actor=SYSTEM, files=contents, at_once=True)
    except DomainError as error:
        _tell(error)
        return UNREADABLE
    run = carry_out_import(actor=SYSTEM, run_id=run.pk, progress=_show)
    print(f"\n{run.report}", end="")
    return SOME_BROKEN if run.broken else ALL_TAKEN


def import_areas(files: Sequence[Path], layer: str) -> int:
    """Take GeoJSON files into a layer of areas, in force from today; each wholly or not at all."""
    if not files:
        print("✗ Cần tên tệp GeoJSON / name a GeoJSON file.", file=sys.stderr)
        return UNREADABLE
    for path in files:
        try:
            content = path.read_bytes()
        except OSError as error:
            print(f"✗ {path}: không đọc được / cannot be read: {error.strerror}", file=sys.stderr)
            return UNREADABLE
        try:
            done = import_boundaries(
                actor=SYSTEM, content=content, layer=layer, on=today(), source=path.name
            )
        except InvalidInput as error:
            _tell(error)
            for where, text in error.fields.items():
                print(f"  {where}: {text.vi}", file=sys.stderr)
            return SOME_BROKEN
        print(
            f"✓ {path.name}: {done.opened} mới / new, {done.replaced} thay / replaced, "
            f"{done.unchanged} giữ nguyên / unchanged"
        )
        if done.unlinked:
            print(f"  ! chưa gắn cơ quan / without authority: {', '.join(done.unlinked[:20])}")
    return ALL_TAKEN


def _show(run: ImportRun) -> None:
    print(f"\r… {run.done}/{run.total}", end="", file=sys.stderr, flush=True)


def _tell(error: DomainError) -> None:
    print(f"✗ {error.text().vi} {error.what_to_do().vi}", file=sys.stderr)
    print(f"  {error.text().en} {error.what_to_do().en}", file=sys.stderr)
    for name, said in getattr(error, "fields", {}).items():
        print(f"  · {name}: {said.vi}\n    {said.en}", file=sys.stderr)
