"""Deciding from a file's content what it is and whether it may come in."""

from __future__ import annotations

from pathlib import Path

import puremagic

from motcua.casework.attachments.errors import EncryptedFile, ExtensionMismatch, WrongType
from motcua.casework.attachments.inspection.archives import check_archive
from motcua.casework.attachments.inspection.images import check_heic, check_jpeg, check_png
from motcua.casework.attachments.inspection.pdf import check_pdf
from motcua.casework.attachments.rules import FILE_TYPES, FileType, extension_of

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
ALL_TYPES = frozenset(FILE_TYPES)


def inspect(path: Path, name: str, accept: frozenset[str] = ALL_TYPES) -> FileType:
    """The type of a received file, judged by its content alone.

    Args:
        path: the complete file.
        name: the name it came with; its ending must fit the content.
        accept: codes of :data:`FILE_TYPES` that this place takes.

    Raises:
        UploadRefused: one of its kinds, each saying what to do.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    code = _sniff(head)
    if code == "zip":
        code = check_archive(path)
    elif code == "ole":
        _refuse_ole(path, accept)
    kind = FILE_TYPES.get(code)
    if kind is None or code not in accept:
        raise WrongType(found=kind.label if kind else _guess(head), allowed=_labels(accept))
    ending = extension_of(name)
    if ending and ending not in kind.extensions:
        raise ExtensionMismatch(extension=ending, found=kind.label)
    _CHECKS.get(code, _nothing)(path)
    return kind


def _sniff(head: bytes) -> str:
    """A first guess from the first bytes: a type's code, ``ole``, or ``""``."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS:
        return "heic"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    return "ole" if head.startswith(OLE_MAGIC) else ""


def _refuse_ole(path: Path, accept: frozenset[str]) -> None:
    """Old Office files, and the envelope in which Office keeps an encrypted new one."""
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        raise EncryptedFile
    raise WrongType(found="Office 97–2003", allowed=_labels(accept))


def _guess(head: bytes) -> str:
    """A name for what cannot be accepted, for the message only."""
    try:
        ending = puremagic.from_string(head).strip(".").upper()
    except (puremagic.PureError, ValueError):
        ending = ""
    return ending or "không rõ / unknown"


def _labels(accept: frozenset[str]) -> str:
    return ", ".join(kind.label for code, kind in FILE_TYPES.items() if code in accept)


def _nothing(path: Path) -> None:
    """Archives were checked when their type was found."""


_CHECKS = {"pdf": check_pdf, "jpg": check_jpeg, "png": check_png, "heic": check_heic}
