"""Generated pictures for the demo: a hand in blue, an agency's round seal in red.

They look like what they stand for so that layouts can be judged, and carry the
word DEMO so that nobody can take them for real ones.
"""

from __future__ import annotations

import io
import math
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from motcua.casework.issuing.fonts import HAND_FONT, font_file

BLUE = (18, 62, 160, 255)
RED = (208, 0, 0, 255)
SEAL_MM = 36
_DOTS_PER_MM = 8


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


@lru_cache(maxsize=256)
def signature_png(name: str) -> bytes:
    """A handwriting-like picture of ``name``, blue on transparent."""
    canvas = Image.new("RGBA", (480, 200), (255, 255, 255, 0))
    draw = ImageDraw.Draw(canvas)
    words = name.split()
    text = " ".join(words[-2:])
    size = 96
    font = ImageFont.truetype(str(font_file(HAND_FONT)), size)
    while draw.textlength(text, font=font) > 420 and size > 40:
        size -= 4
        font = ImageFont.truetype(str(font_file(HAND_FONT)), size)
    width = draw.textlength(text, font=font)
    left = (480 - width) / 2
    draw.text((left, 90), text, font=font, fill=BLUE, anchor="lm")
    _flourish(draw, left, width, seed=sum(map(ord, name)))
    small = ImageFont.truetype(str(font_file("Tinos_400Regular.ttf")), 18)
    draw.text((470, 194), "DEMO", font=small, fill=BLUE, anchor="rs")
    return _png(canvas.rotate(4, Image.Resampling.BICUBIC))


def _flourish(draw: ImageDraw.ImageDraw, left: float, width: float, seed: int) -> None:
    """A closing stroke that differs from name to name."""
    waves, height = 1 + seed % 3, 6 + seed % 9
    points = [
        (left + width * t / 60, 150 - 22 * t / 60 + height * math.sin(waves * math.pi * t / 30))
        for t in range(61)
    ]
    for (x1, y1), (x2, y2), t in zip(points, points[1:], range(60), strict=False):
        draw.line((x1, y1, x2, y2), fill=BLUE, width=2 + round(3 * math.sin(math.pi * t / 60)))


@lru_cache(maxsize=512)
def seal_png(agency: str, superior: str = "") -> bytes:
    """A round red seal (two circles, a star, the agency's name) on transparent."""
    side = SEAL_MM * _DOTS_PER_MM
    canvas = Image.new("RGBA", (side, side), (255, 255, 255, 0))
    draw = ImageDraw.Draw(canvas)
    middle = side / 2
    draw.ellipse((3, 3, side - 4, side - 4), outline=RED, width=6)
    draw.ellipse((13, 13, side - 14, side - 14), outline=RED, width=2)
    inner = side * 0.30
    draw.ellipse(
        (middle - inner, middle - inner, middle + inner, middle + inner), outline=RED, width=2
    )
    _star(draw, middle, middle - inner * 0.42, inner * 0.36)
    _centre(draw, middle, middle + inner * 0.22, inner * 1.6, agency.upper())
    _around(canvas, f"{superior or agency} ★ DEMO – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ ★ ".upper(), side)
    return _png(canvas)


def _star(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    points = []
    for i in range(10):
        r = radius if i % 2 == 0 else radius * 0.382
        angle = math.pi * (i / 5 - 0.5)
        points.append((x + r * math.cos(angle), y + r * math.sin(angle)))
    draw.polygon(points, fill=RED)


def _centre(draw: ImageDraw.ImageDraw, x: float, y: float, width: float, text: str) -> None:
    """The agency's name in up to three centred lines inside the inner circle."""
    words, size = text.split(), 17
    font = ImageFont.truetype(str(font_file("Tinos_700Bold.ttf")), size)
    lines = [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font=font) > width * 0.94 and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    if len(lines) > 3:
        font = ImageFont.truetype(str(font_file("Tinos_700Bold.ttf")), 12)
    step = font.size * 1.05
    for i, text_line in enumerate(lines[:4]):
        draw.text((x, y + i * step), text_line, font=font, fill=RED, anchor="mm")


def _around(canvas: Image.Image, text: str, side: int) -> None:
    """Letters on the ring between the circles, read clockwise from the lower left."""
    face, text = str(font_file("Tinos_700Bold.ttf")), text.replace("★", "*")
    radius = side * 0.385
    round_trip = 2 * math.pi * radius
    size = 22
    while size > 8 and ImageFont.truetype(face, size).getlength(text) > round_trip * 0.97:
        size -= 1
    font = ImageFont.truetype(face, size)
    widths = [font.getlength(c) for c in text]
    stretch = min(2.0, round_trip / sum(widths))
    angle = math.pi * 0.75
    for letter, width in zip(text, widths, strict=True):
        span = width * stretch / radius
        at = angle + span / 2
        tile = Image.new("RGBA", (48, 48), (255, 255, 255, 0))
        ImageDraw.Draw(tile).text((24, 24), letter, font=font, fill=RED, anchor="mm")
        tile = tile.rotate(-math.degrees(at) - 90, Image.Resampling.BICUBIC)
        x, y = side / 2 + radius * math.cos(at) - 24, side / 2 + radius * math.sin(at) - 24
        canvas.alpha_composite(tile, (round(x), round(y)))
        angle += span
