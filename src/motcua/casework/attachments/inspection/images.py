"""Pictures: whole, of a sensible size, and nothing but pictures."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from motcua.casework.attachments.errors import DamagedFile, PictureTooLarge
from motcua.casework.attachments.inspection.hidden import refuse_hidden
from motcua.casework.attachments.rules import MAX_PIXELS

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
_TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_BROKEN = (OSError, SyntaxError, ValueError, EOFError)


def check_jpeg(path: Path) -> None:
    """Refuse a JPEG that is cut short, too large to show or also something else."""
    refuse_hidden(path)
    with _opened(path, "JPEG") as image:
        image.draft("L", (160, 160))
        _decoded(image.load)


def check_png(path: Path) -> None:
    """Refuse a PNG with broken chunks, too many pixels or something else inside."""
    refuse_hidden(path)
    with _opened(path, "PNG") as image:
        _decoded(image.verify)


def check_heic(path: Path) -> None:
    """Refuse a HEIC whose boxes do not fill the file (ISO/IEC 14496-12 §4.2)."""
    refuse_hidden(path)
    size = path.stat().st_size
    seen: set[bytes] = set()
    with path.open("rb") as file:
        place = 0
        while place < size:
            file.seek(place)
            header = file.read(16)
            length = int.from_bytes(header[:4], "big")
            if length == 1:
                length = int.from_bytes(header[8:16], "big")
            elif length == 0:
                length = size - place
            if length < 8 or place + length > size:
                raise DamagedFile
            seen.add(header[4:8])
            place += length
    if b"meta" not in seen:
        raise DamagedFile


def _opened(path: Path, form: str) -> Image.Image:
    try:
        image = Image.open(path, formats=[form])
    except _TOO_LARGE as error:
        raise PictureTooLarge(megapixels=MAX_PIXELS // 1_000_000) from error
    except _BROKEN as error:
        raise DamagedFile from error
    if image.width * image.height > MAX_PIXELS:
        image.close()
        raise PictureTooLarge(megapixels=MAX_PIXELS // 1_000_000)
    return image


def _decoded(read: object) -> None:
    try:
        read()  # type: ignore[operator]
    except _BROKEN as error:
        raise DamagedFile from error
