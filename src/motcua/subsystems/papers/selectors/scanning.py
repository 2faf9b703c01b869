"""Papers that an official digitises, and their sheets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PIL import Image

from motcua.casework.access.public import Actor
from motcua.casework.attachments.public import (
    LEAST_WIDTH,
    Attachment,
    Blob,
    draft_attachments,
    encoded,
    open_original,
    page_count,
    sheet_picture,
)
from motcua.foundation.errors import NotFound
from motcua.subsystems.papers.models import PaperScan
from motcua.subsystems.papers.rules import Row, with_new_sheets

DIGITISE = "papers.digitise"
PREVIEW = 900
SHOWN = {"application/pdf", "image/jpeg", "image/png"}


def own_scan(actor: Actor, uid: UUID, *, lock: bool = False) -> PaperScan | None:
    """A paper that the actor digitises, while they work at that agency; None otherwise."""
    rows = PaperScan.objects.filter(
        uid=uid, clerk_id=actor.account_id, agency_id__in=actor.agency_ids
    )
    if lock:
        return rows.select_for_update(of=("self",)).select_related("agency").first()
    return rows.select_related("agency", "clerk").first()


def raw_files(actor: Actor, scan: PaperScan) -> list[Attachment]:
    """The scans of a paper, oldest first: what can be shown, without what the house made."""
    return [
        row
        for row in draft_attachments(actor, scan.draft_key)
        if row.component_code == scan.component_code
        and row.blob.mime in SHOWN
        and row.blob.scan_state != Blob.Scan.MADE
    ]


def sheets_now(actor: Actor, scan: PaperScan) -> list[Row]:
    """All sheets in their order, those taken out last."""
    counts = {
        str(row.uid): page_count(row.blob_id) if row.blob.mime == "application/pdf" else 1
        for row in raw_files(actor, scan)
    }
    return with_new_sheets(scan.sheets, counts)


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """One sheet on the page: its place among those kept, from 0, and the file it came from."""

    place: int
    number: int
    file: str
    turn: int


def shown_sheets(actor: Actor, scan: PaperScan) -> list[ShownSheet]:
    """The sheets that will go into the signed file."""
    kept = [row for row in sheets_now(actor, scan) if not row["out"]]
    return [
        ShownSheet(place, place + 1, f"{row['file']}-{row['page']}", row["turn"])
        for place, row in enumerate(kept)
    ]


def sheet_image(actor: Actor, scan: PaperScan, place: int) -> bytes:
    """One sheet as a WebP picture for its clerk.

    Raises:
        NotFound: no such sheet.
    """
    kept = [row for row in sheets_now(actor, scan) if not row["out"]]
    if not 0 <= place < len(kept):
        raise NotFound
    return encoded(picture_of(actor, kept[place], PREVIEW), "WEBP", 75)


def picture_of(actor: Actor, row: dict[str, Any], longest: int) -> Image.Image:
    """A sheet as a picture. Raises NotFound."""
    attachment, file = open_original(actor, row["file"])
    with file:
        data = file.read()
    return sheet_picture(data, attachment.blob.mime, row["page"], row["turn"], longest)


def too_coarse(actor: Actor, scan: PaperScan) -> bool:
    """Whether a photographed or scanned sheet has fewer than 200 dots an inch of A4."""
    for row in sheets_now(actor, scan):
        if row["out"]:
            continue
        attachment, file = open_original(actor, row["file"])
        with file:
            if attachment.blob.mime == "application/pdf":
                continue
            with Image.open(file) as image:
                if min(image.size) < LEAST_WIDTH:
                    return True
    return False
