"""At the counter: a clerk with a key, a draft with its form filled in, scans in hand."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageDraw

from motcua.casework.access.public import SYSTEM, Actor
from motcua.casework.issuing.public import add_demo_key
from motcua.subsystems.applications.tests.test_console_counter import begin, fill
from motcua.subsystems.applications.tests.world import World


def give_key(world: World, actor: Actor) -> None:
    """A certificate of the demo's authority for this official."""
    add_demo_key(
        actor=SYSTEM, purpose="person", agency_id=world.centre.pk, account_id=actor.account_id,
        name=actor.name, organisation=world.centre.name,
    )  # fmt: skip


def photo(text: str = "1", size: tuple[int, int] = (300, 420)) -> SimpleUploadedFile:
    """A small photograph of a sheet that is black in its upper left corner."""
    image, out = Image.new("RGB", size, "white"), io.BytesIO()
    ImageDraw.Draw(image).rectangle((0, 0, 80, 80), fill="black")
    ImageDraw.Draw(image).text((120, 200), text, fill="black")
    image.save(out, "JPEG")
    return SimpleUploadedFile(f"anh-{text}.jpg", out.getvalue())


def papers_page(clerk: Client) -> str:
    """The address of the papers step of a dossier whose form is filled in."""
    base = begin(clerk)
    fill(clerk, base)
    return f"{base}giay-to/"


def filing(screen: Any) -> dict[str, Any]:
    """What the last screen posts to file and accept at once, every required paper shown."""
    shown = [line.paper.id for line in screen.papers if line.paper.required]
    sent = {"key": screen.key, "file": "1", "accept": "on", "shown": shown}
    return {**sent, "amount": "15.000"} if screen.fee.kind == "money" else sent


INDEX = {
    "name": "Giấy xác nhận tình trạng hôn nhân",
    "kind_code": "giay-xac-nhan-tinh-trang-hon-nhan",
    "number": "12/UBND-XNTTHN",
    "issued_on_day": "3",
    "issued_on_month": "9",
    "issued_on_year": "2026",
    "issuer": "UBND phường Sài Gòn",
    "holder_name": "Trần Thị Lan",
    "language": "vi",
    "form": "original",
    "compared": "on",
}
