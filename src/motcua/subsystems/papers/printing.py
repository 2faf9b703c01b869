"""The signed file of a digitised paper: its sheets as PDF/A, the words of the law on the first."""

from __future__ import annotations

from pathlib import Path

from motcua.casework.access.public import Actor
from motcua.casework.attachments.public import open_original, sheet_of
from motcua.casework.issuing.public import Layout, register_layout, render
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import local, now
from motcua.subsystems.papers.kinds import scan_words
from motcua.subsystems.papers.models import PaperScan

DIGITISED = "papers/digitised"
TYPST = Path(__file__).parent / "typst"


def register() -> None:
    """Called once at start-up."""
    register_layout(
        Layout(
            DIGITISED,
            Bilingual("Giấy tờ số hóa", "Digitised paper"),
            TYPST / "digitised.typ",
            ("sheets", "words"),
        )
    )


def digitised_pdf(actor: Actor, scan: PaperScan) -> bytes:
    """The sheets that are kept, each on a page of A4, as PDF/A-2b; not signed yet.

    Raises:
        NotFound: a sheet is gone.
    """
    at = local(scan.signed_at or now())
    said = scan_words(at.date())
    compared = said.compared if scan.compared else said.not_compared
    form = PaperScan.Form(scan.form).label
    return render(
        DIGITISED,
        {
            "title": scan.name,
            "agency": scan.agency.name,
            "words": said.words,
            "lines": [
                f"{compared} ({str(form).lower()})",
                scan.agency.name,
                f"Người số hóa: {actor.name}",
                f"Thời gian ký: {at:%d/%m/%Y %H:%M:%S} {at.isoformat()[-6:]}",
            ],
            "demo": False,
            "sheets": [_sheet(actor, row) for row in scan.sheets if not row["out"]],
        },
    )


def _sheet(actor: Actor, row: dict[str, object]) -> dict[str, object]:
    attachment, file = open_original(actor, row["file"])
    with file:
        made = sheet_of(
            file.read(), attachment.blob.mime, int(str(row["page"])), int(str(row["turn"]))
        )
    return {"svg": made.svg, "landscape": made.landscape}
