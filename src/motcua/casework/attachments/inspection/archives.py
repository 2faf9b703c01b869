"""ZIP and the Office documents that are ZIPs."""

from __future__ import annotations

import zipfile
from pathlib import Path

from motcua.casework.attachments.errors import (
    ArchiveBomb,
    DamagedFile,
    DangerousInside,
    EncryptedFile,
    HiddenContent,
    MacroDocument,
)
from motcua.casework.attachments.rules import (
    ARCHIVES,
    MAX_ENTRIES,
    MAX_RATIO,
    MAX_UNPACKED,
    PROGRAMS,
    RATIO_MATTERS_FROM,
    extension_of,
)

CONTENT_TYPES = "[Content_Types].xml"
_MACRO_PARTS = ("vbaproject", "/activex/", "/macrosheets/")
_MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": ""}


def check_archive(path: Path) -> str:
    """The type of a ZIP container: ``docx``, ``xlsx``, ``zip``, or ``""`` for another Office type.

    Raises:
        UploadRefused: encrypted, a bomb, broken, with macros, programs or archives inside.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _refuse_bomb(entries, path.stat().st_size)
            if any(entry.flag_bits & 0x1 for entry in entries):
                raise EncryptedFile
            _refuse_stowaways(entries, archive, path)
            names = {entry.filename for entry in entries}
            if CONTENT_TYPES in names:
                return _office(archive, names)
            return _plain(names)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise DamagedFile from error


def _refuse_bomb(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Sizes as declared: too many, too much, too dense, or overlapping parts."""
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    dense = any(
        entry.file_size > RATIO_MATTERS_FROM
        and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or dense or packed > size:
        raise ArchiveBomb


def _refuse_stowaways(entries: list[zipfile.ZipInfo], archive: zipfile.ZipFile, path: Path) -> None:
    """Something before the first part, or after the end record, or a path that climbs out."""
    if not entries:
        raise DamagedFile
    with path.open("rb") as file:
        starts_clean = file.read(4) == b"PK\x03\x04"
        end = 22 + len(archive.comment)
        file.seek(path.stat().st_size - end)
        ends_clean = file.read(4) == b"PK\x05\x06"
    if not starts_clean or not ends_clean or min(e.header_offset for e in entries) != 0:
        raise HiddenContent
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        if ".." in parts or entry.filename.startswith(("/", "\\")) or ":" in parts[0]:
            raise DangerousInside


def _office(archive: zipfile.ZipFile, names: set[str]) -> str:
    if archive.getinfo(CONTENT_TYPES).file_size > 2_000_000:
        raise ArchiveBomb
    declared = archive.read(CONTENT_TYPES).lower()
    lowered = [name.lower() for name in names]
    if b"macroenabled" in declared or any(
        part in f"/{name}" for name in lowered for part in _MACRO_PARTS
    ):
        raise MacroDocument
    if any(extension_of(name) in PROGRAMS for name in lowered):
        raise DangerousInside
    return next((code for part, code in _MAIN_PARTS.items() if part in names), "zip")


def _plain(names: set[str]) -> str:
    if any(extension_of(name) in PROGRAMS | ARCHIVES for name in names):
        raise DangerousInside
    return "zip"
