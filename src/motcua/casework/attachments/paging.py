"""Pages of PDFs as pictures: what a viewer shows without running anything of the file."""

from __future__ import annotations

import io
from typing import BinaryIO

import pypdfium2 as pdfium

from motcua.casework.attachments.deriving import MADE_BY
from motcua.casework.attachments.inspection.pdf import PDFIUM_LOCK
from motcua.casework.attachments.models import Derivative
from motcua.casework.attachments.selectors import open_blob, read_bytes
from motcua.casework.attachments.storage import blob_store, landing
from motcua.foundation.errors import NotFound
from motcua.foundation.remembering import remembered
from motcua.foundation.timesource import now

PAGE_BOX, MOST_PAGES = 1600, 500
WEBP = "image/webp"


def count_pages(data: bytes) -> int:
    """How many pages a PDF has; 0 when it cannot be opened."""
    with PDFIUM_LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError:
            return 0
        try:
            return min(len(document), MOST_PAGES)
        finally:
            document.close()


@remembered(for_ever=True)
def page_count(sha256: str) -> int:
    """How many pages a stored PDF has; remembered, since its bytes never change."""
    return count_pages(read_bytes(sha256))


def page_picture(data: bytes, number: int) -> bytes:
    """A page as WebP, at most 1600 pixels long, upright as the file says.

    Raises:
        NotFound: no such page, or not a PDF that opens.
    """
    with PDFIUM_LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError:
            raise NotFound from None
        try:
            if not 1 <= number <= min(len(document), MOST_PAGES):
                raise NotFound
            page = document[number - 1]
            longest = max(page.get_width(), page.get_height(), 1)
            picture = page.render(scale=min(PAGE_BOX / longest, 4)).to_pil().convert("RGB")
        finally:
            document.close()
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=80, method=3)
    return buffer.getvalue()


def open_page(sha256: str, number: int) -> BinaryIO:
    """A page of a stored PDF as a picture: made once, then kept as a derived copy.

    Raises:
        NotFound: no such page.
    """
    known = Derivative.objects.filter(
        blob_id=sha256, kind=Derivative.Kind.PAGE, page=number
    ).first()
    if known is not None and blob_store().holds(known.sha256):
        return open_blob(known.sha256)
    data = page_picture(read_bytes(sha256), number)
    with landing([data]) as landed:
        blob_store().keep(landed.path, landed.sha256)
        row = Derivative(
            blob_id=sha256,
            kind=Derivative.Kind.PAGE,
            page=number,
            sha256=landed.sha256,
            mime=WEBP,
            made_by=MADE_BY,
            made_at=now(),
        )
        Derivative.objects.bulk_create([row], ignore_conflicts=True)
    return io.BytesIO(data)
