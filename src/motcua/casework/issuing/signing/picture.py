"""Pictures inside signatures: PNG with transparency, compressed once per picture."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import IndirectObject, pdf_name


@dataclass(frozen=True, slots=True)
class PicturePdf:
    """An RGB picture and its soft mask as Flate-compressed PDF streams."""

    width: int
    height: int
    colour: bytes
    alpha: bytes

    def write(self, writer: Any) -> IndirectObject:
        """Add both image objects to a PDF writer; the reference of the coloured one."""
        mask = writer.add_object(self._stream(self.alpha, "/DeviceGray"))
        colour = self._stream(self.colour, "/DeviceRGB")
        colour[pdf_name("/SMask")] = mask
        return writer.add_object(colour)

    def _stream(self, data: bytes, space: str) -> generic.StreamObject:
        return generic.StreamObject(
            {
                pdf_name("/Type"): pdf_name("/XObject"),
                pdf_name("/Subtype"): pdf_name("/Image"),
                pdf_name("/Width"): generic.NumberObject(self.width),
                pdf_name("/Height"): generic.NumberObject(self.height),
                pdf_name("/BitsPerComponent"): generic.NumberObject(8),
                pdf_name("/ColorSpace"): pdf_name(space),
                pdf_name("/Filter"): pdf_name("/FlateDecode"),
            },
            encoded_data=data,
        )


@lru_cache(maxsize=256)
def picture(png: bytes) -> PicturePdf:
    """Decode and compress a PNG; the last 256 pictures stay ready.

    Raises:
        PIL.UnidentifiedImageError: it is no picture.
    """
    image = Image.open(io.BytesIO(png)).convert("RGBA")
    return PicturePdf(
        image.width,
        image.height,
        zlib.compress(image.convert("RGB").tobytes(), 9),
        zlib.compress(image.getchannel("A").tobytes(), 9),
    )
