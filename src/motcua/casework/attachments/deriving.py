"""Copies for showing and searching: small pictures without EXIF, and a PDF's text."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdfium2 as pdfium
from PIL import Image, ImageOps

from motcua.casework.attachments.inspection.pdf import PDFIUM_LOCK
from motcua.casework.attachments.models import Blob, Derivative
from motcua.casework.attachments.selectors import read_bytes
from motcua.casework.attachments.storage import blob_store, landing
from motcua.foundation.timesource import now

THUMBNAIL_BOX, PREVIEW_BOX = 320, 1600
MAX_TEXT_PAGES, MAX_TEXT = 50, 200_000
MADE_BY = "motcua-1"
_PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG"}


def make_derivatives(sha256: str) -> int:
    """Make the copies that an original allows; those already made stay. Returns how many.

    Runs in a job; doing it twice gives the same rows.
    """
    blob = Blob.objects.filter(pk=sha256).first()
    if blob is None or blob.scan_state == Blob.Scan.INFECTED:
        return 0
    have = set(Derivative.objects.filter(blob=blob).values_list("kind", flat=True))
    rows: list[Derivative] = []
    for kind, mime, data in _copies(blob):
        if kind in have:
            continue
        with landing([data]) as landed:
            blob_store().keep(landed.path, landed.sha256)
            rows.append(
                Derivative(
                    blob=blob,
                    kind=kind,
                    sha256=landed.sha256,
                    mime=mime,
                    made_by=MADE_BY,
                    made_at=now(),
                )
            )
    Derivative.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _copies(blob: Blob) -> Iterator[tuple[str, str, bytes]]:
    if blob.mime in _PICTURES:
        with Image.open(
            io.BytesIO(read_bytes(blob.sha256)), formats=[_PICTURES[blob.mime]]
        ) as image:
            if image.format == "JPEG":
                image.draft("RGB", (PREVIEW_BOX, PREVIEW_BOX))
            upright = ImageOps.exif_transpose(image)
            yield from _sizes(upright)
    elif blob.mime == "application/pdf":
        page, text = _first_page_and_text(read_bytes(blob.sha256))
        yield from _sizes(page)
        if text:
            yield Derivative.Kind.TEXT, "text/plain; charset=utf-8", text.encode()


def _sizes(image: Image.Image) -> Iterator[tuple[str, str, bytes]]:
    """Preview, then thumbnail, as WebP made of the pixels alone: no metadata comes along."""
    flat = Image.new("RGB", image.size, "white")
    has_alpha = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    opaque = image.convert("RGBA") if has_alpha else image.convert("RGB")
    flat.paste(opaque, mask=opaque.getchannel("A") if has_alpha else None)
    for kind, box in (
        (Derivative.Kind.PREVIEW, PREVIEW_BOX),
        (Derivative.Kind.THUMBNAIL, THUMBNAIL_BOX),
    ):
        flat.thumbnail((box, box), Image.Resampling.LANCZOS)
        buffer = io.BytesIO()
        flat.save(buffer, "WEBP", quality=80, method=4)
        yield kind, "image/webp", buffer.getvalue()


def _first_page_and_text(data: bytes) -> tuple[Image.Image, str]:
    with PDFIUM_LOCK:
        document = pdfium.PdfDocument(data)
        try:
            page = document[0]
            longest = max(page.get_width(), page.get_height(), 1)
            scale = min(PREVIEW_BOX / longest, 4)
            picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
            return picture, _text(document)
        finally:
            document.close()


def _text(document: pdfium.PdfDocument) -> str:
    parts: list[str] = []
    length = 0
    for number in range(min(len(document), MAX_TEXT_PAGES)):
        part: str = document[number].get_textpage().get_text_bounded()
        parts.append(part)
        length += len(part)
        if length > MAX_TEXT:
            break
    return "\n\n".join(parts).encode("utf-8", "ignore").decode()[:MAX_TEXT].strip()
