"""PDF: opens without a password, is whole, runs nothing, hides nothing."""

from __future__ import annotations

import mmap
import re
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw as pdfium_raw

from motcua.casework.attachments.errors import ActivePdf, DamagedFile, EncryptedFile
from motcua.casework.attachments.inspection.hidden import refuse_hidden

PDFIUM_LOCK = threading.RLock()
"""PDFium is not thread-safe; every use in this process takes this lock."""

MAX_OBJECT_STREAM = 16 * 1024 * 1024
MAX_OBJECT_STREAMS = 128 * 1024 * 1024
_XFA_FORMS = (2, 3)  # FORMTYPE_XFA_FULL, FORMTYPE_XFA_FOREGROUND


def _name(word: str) -> bytes:
    """A pattern for a PDF name, each letter plain or written as ``#xx`` (ISO 32000-2 §7.3.5)."""
    letters = (f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in word)
    return b"/" + "".join(letters).encode()


_ACTIVE = re.compile(b"|".join(_name(word) for word in ("JavaScript", "Launch", "Rendition")))
_OBJECT_STREAM = re.compile(_name("ObjStm"))
_STREAM_START = re.compile(rb"stream\r?\n")


def check_pdf(path: Path) -> None:
    """Refuse a PDF that is locked, broken, active or also something else.

    Active means JavaScript, launch and rendition actions (ISO 32000-2 §12.6.4)
    and XFA forms, also inside compressed object streams.
    """
    refuse_hidden(path, pdf=True)
    _open_once(path)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        if _ACTIVE.search(view) or any(_ACTIVE.search(part) for part in _object_streams(view)):
            raise ActivePdf


def _open_once(path: Path) -> None:
    with PDFIUM_LOCK:
        try:
            document = pdfium.PdfDocument(path)
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", None) == pdfium_raw.FPDF_ERR_PASSWORD:
                raise EncryptedFile from error
            raise DamagedFile from error
        try:
            if pdfium_raw.FPDF_GetSecurityHandlerRevision(document) != -1:
                raise EncryptedFile
            if pdfium_raw.FPDF_GetFormType(document) in _XFA_FORMS:
                raise ActivePdf
            if len(document) == 0:
                raise DamagedFile
        finally:
            document.close()


def _object_streams(view: mmap.mmap) -> Iterator[bytes]:
    """The unpacked object streams, where a newer PDF keeps most of its objects.

    Raises:
        DamagedFile: one cannot be unpacked or is absurdly large, so cannot be judged.
    """
    total = 0
    for found in _OBJECT_STREAM.finditer(view):
        start = _STREAM_START.search(view, found.end(), found.end() + 4096)
        if start is None:
            continue
        if b"/Filter" not in view[max(0, found.start() - 1024) : start.start()]:
            continue  # not packed: the search over the whole file has seen it
        packer = zlib.decompressobj()
        try:
            part = packer.decompress(view[start.end() :], MAX_OBJECT_STREAM)
        except zlib.error as error:
            raise DamagedFile from error
        total += len(part)
        if packer.unconsumed_tail or total > MAX_OBJECT_STREAMS:
            raise DamagedFile
        yield part
