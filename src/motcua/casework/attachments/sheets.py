"""Sheets of paper that were scanned or photographed: turned, brought to size, set into a PDF.

Everything about a picture but its pixels is left behind: no EXIF, no place where it was taken.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image, ImageOps

from motcua.casework.attachments.inspection.pdf import PDFIUM_LOCK
from motcua.casework.attachments.paging import MOST_PAGES, count_pages
from motcua.casework.attachments.selectors import read_bytes
from motcua.foundation.errors import NotFound

DPI = 200
"""Resolution of sheets in a digitised file (Nghị định 30/2020/NĐ-CP, Phụ lục I: at least 200)."""
A4 = (8.27, 11.69)
"""Width and height of A4 in inches."""
LEAST_WIDTH = 1600
"""Pixels across the short side below which a sheet of A4 was scanned under 200 dpi."""
TURNS = (0, 90, 180, 270)
PDF = "application/pdf"
_PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet ready to be set: a picture as SVG, and whether it lies across."""

    svg: str
    landscape: bool


def sheet_count(data: bytes, mime: str) -> int:
    """How many sheets a file has; 0 when it cannot be shown."""
    if mime == PDF:
        return count_pages(data)
    return 1 if mime in _PICTURES else 0


def sheet_picture(data: bytes, mime: str, number: int, turn: int, longest: int) -> Image.Image:
    """One sheet as a picture of at most ``longest`` pixels, upright and turned clockwise.

    Args:
        number: from 1.
        turn: degrees clockwise, one of :data:`TURNS`.

    Raises:
        NotFound: there is no such sheet.
    """
    upright = _page(data, number, longest) if mime == PDF else _photo(data, mime, longest)
    turned = upright.rotate(-turn, expand=True) if turn in TURNS[1:] else upright
    turned.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return turned


def _photo(data: bytes, mime: str, longest: int) -> Image.Image:
    if mime not in _PICTURES:
        raise NotFound
    with Image.open(io.BytesIO(data), formats=[_PICTURES[mime]]) as image:
        if image.format == "JPEG":
            image.draft("RGB", (longest, longest))
        upright = ImageOps.exif_transpose(image)
        clear = upright.convert("RGBA")
    flat = Image.new("RGB", clear.size, "white")
    flat.paste(clear, mask=clear.getchannel("A"))
    return flat


def _page(data: bytes, number: int, longest: int) -> Image.Image:
    with PDFIUM_LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError:
            raise NotFound from None
        try:
            if not 1 <= number <= min(len(document), MOST_PAGES):
                raise NotFound
            page = document[number - 1]
            side = max(page.get_width(), page.get_height(), 1)
            return page.render(scale=min(longest / side, DPI / 72)).to_pil().convert("RGB")
        finally:
            document.close()


def encoded(picture: Image.Image, form: str = "JPEG", quality: int = 85) -> bytes:
    """The picture's pixels alone, as JPEG or WebP."""
    buffer = io.BytesIO()
    picture.save(buffer, form, quality=quality)
    return buffer.getvalue()


def sheet_of(data: bytes, mime: str, number: int, turn: int = 0) -> Sheet:
    """One sheet at 200 dots an inch of A4, as layouts print it. Raises as above."""
    picture = sheet_picture(data, mime, number, turn, round(A4[1] * DPI))
    wide, high = picture.size
    link = base64.b64encode(encoded(picture)).decode()
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}"'
        f' viewBox="0 0 {wide} {high}"><image width="{wide}" height="{high}"'
        f' href="data:image/jpeg;base64,{link}"/></svg>'
    )
    return Sheet(svg, wide > high)


def sheets_of_stored(sha256: str) -> list[Sheet]:
    """All sheets of a stored PDF, for a layout that prints them again."""
    data = read_bytes(sha256)
    return [sheet_of(data, PDF, number + 1) for number in range(count_pages(data))]
