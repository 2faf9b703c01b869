"""The drawings that a house owner of the demo uploads: small honest PDF files."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from motcua.casework.access.public import Actor
from motcua.casework.attachments.public import receive_upload

SHEETS = {
    "drawing_site": "Mặt bằng vị trí",
    "drawing_floors": "Mặt bằng, mặt đứng, mặt cắt",
    "drawing_foundation": "Mặt bằng móng",
    "drawing_utilities": "Đấu nối hạ tầng",
}


@lru_cache(maxsize=8)
def sheet(component: str) -> bytes:
    """One sheet: a frame, a plan and the mark that it is a sample."""
    picture = Image.new("RGB", (842, 595), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((20, 20, 822, 575), outline="black", width=2)
    for step in range(4):
        draw.rectangle((120 + step * 90, 140, 200 + step * 90, 420), outline="navy", width=3)
    draw.line((100, 460, 700, 460), fill="black", width=2)
    draw.text((40, 40), f"MAU / SAMPLE - {component}", fill="black")
    out = BytesIO()
    picture.save(out, "PDF", resolution=72)
    return out.getvalue()


def upload_drawings(actor: Actor, draft_key: str) -> None:
    """Upload the four sheets as the citizen would, for a draft."""
    for component in SHEETS:
        receive_upload(
            actor=actor,
            file=SimpleUploadedFile(f"{component}.pdf", sheet(component), "application/pdf"),
            component_code=component,
            draft_key=draft_key,
        )
