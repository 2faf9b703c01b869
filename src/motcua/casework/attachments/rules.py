"""Types, names and limits of files. Imports no Django and touches no file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MAX_NAME = 150
MAX_PIXELS = 120_000_000
MAX_DRAFT_FILES = 100
DRAFT_SIZE_FACTOR = 10
"""A draft may hold ten files of the largest size."""
DRAFT_DAYS = 30
MAX_ENTRIES = 5_000
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 200
RATIO_MATTERS_FROM = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file that may be received."""

    code: str
    mime: str
    extensions: tuple[str, ...]
    label: str


FILE_TYPES = {
    kind.code: kind
    for kind in (
        FileType("pdf", "application/pdf", (".pdf",), "PDF"),
        FileType("jpg", "image/jpeg", (".jpg", ".jpeg", ".jfif"), "JPEG"),
        FileType("png", "image/png", (".png",), "PNG"),
        FileType("heic", "image/heic", (".heic", ".heif"), "HEIC"),
        FileType(
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            (".docx",),
            "DOCX",
        ),
        FileType(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            (".xlsx",),
            "XLSX",
        ),
        FileType("zip", "application/zip", (".zip",), "ZIP"),
    )
}
SHOWN_INLINE = frozenset({"application/pdf", "image/jpeg", "image/png"})

PROGRAMS = frozenset(
    {
        ".exe",
        ".dll",
        ".scr",
        ".com",
        ".bat",
        ".cmd",
        ".ps1",
        ".vbs",
        ".vbe",
        ".js",
        ".jse",
        ".wsf",
        ".hta",
        ".msi",
        ".jar",
        ".lnk",
        ".pif",
        ".reg",
        ".apk",
        ".sh",
        ".iso",
        ".img",
        ".docm",
        ".xlsm",
        ".pptm",
    }
)
ARCHIVES = frozenset(
    {
        ".zip",
        ".rar",
        ".7z",
        ".gz",
        ".tgz",
        ".bz2",
        ".xz",
        ".tar",
        ".cab",
        ".arj",
        ".lzh",
        ".ace",
    }
)

_GAPS = re.compile(r"\s+")
_FORBIDDEN = set('/\\:*?"<>|')


def extension_of(name: str) -> str:
    """The lower-case ending of a file name with its dot; ``""`` when it has none."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem and 0 < len(ending) <= 5 else ""


def clean_name(name: str, kind: FileType) -> str:
    """A file name that is safe to show, store and send, as near to the given one as can be.

    Folders, control characters and characters that turn the reading direction
    are dropped; a missing ending is added; the length stays within 150.

    >>> clean_name("C:\\\\scan\\\\Giấy khai sinh.PDF", FILE_TYPES["pdf"])
    'Giấy khai sinh.PDF'
    """
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(
        " " if letter in _FORBIDDEN else letter
        for letter in base
        if letter.isspace() or unicodedata.category(letter)[0] != "C"
    )
    kept = _GAPS.sub(" ", kept).strip(" .")
    ending = extension_of(kept)
    if ending not in kind.extensions:
        ending = ""
    stem = kept[: -len(ending)] if ending else kept
    ending = kept[-len(ending) :] if ending else kind.extensions[0]
    return (stem.strip(" .")[: MAX_NAME - len(ending)] or "tep") + ending
