"""Digitising a paper: sheets in order, data typed, the clerk's own digital signature."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from motcua.casework.access.public import Actor, require
from motcua.casework.attachments.public import (
    Attachment,
    Upload,
    give_made,
    put_bytes,
    receive_upload,
    withdraw,
)
from motcua.casework.attachments.public import ScanOrder as Order
from motcua.casework.issuing.public import sign_scan
from motcua.casework.ledger.public import record
from motcua.foundation.errors import InvalidInput, NotFound
from motcua.foundation.timesource import now, today
from motcua.subsystems.papers.errors import ScanSigned
from motcua.subsystems.papers.indexing import Typed, faults_before_signing
from motcua.subsystems.papers.kinds import one_code
from motcua.subsystems.papers.models import PaperScan
from motcua.subsystems.papers.printing import digitised_pdf
from motcua.subsystems.papers.rules import arranged
from motcua.subsystems.papers.selectors.scanning import DIGITISE, own_scan, raw_files, sheets_now

TAKEN = frozenset({"pdf", "jpg", "png"})
REASON = "Số hóa giấy tờ"


@transaction.atomic
def begin_scan(*, actor: Actor, order: Order) -> PaperScan:
    """Begin digitising a paper, or go on with what the actor began for it.

    Raises:
        NotAllowed: the actor may not digitise at that agency.
    """
    require(actor, DIGITISE, agency_id=order.agency_id)
    scan, fresh = PaperScan.objects.get_or_create(
        clerk_id=actor.account_id,
        draft_key=order.draft_key,
        component_code=order.component_code,
        state=PaperScan.State.OPEN,
        defaults={
            "agency_id": order.agency_id,
            "name": order.name[:300],
            "kind_code": one_code(order.name, today()),
            "holder_name": order.holder_name[:200],
            "back": order.back[:300],
            "started_at": now(),
        },
    )
    if fresh:
        note(actor, scan, "papers.begin_scan", {"component": scan.component_code})
    return scan


def add_sheets(*, actor: Actor, uid: UUID, files: Iterable[Upload]) -> None:
    """Take in more scans or photographs, each as a file of the draft.

    Raises:
        NotFound. ScanSigned. UploadRefused: the first that is refused; those before it stay.
    """
    scan = _open(actor, uid)
    for file in files:
        receive_upload(
            actor=actor,
            file=file,
            component_code=scan.component_code,
            draft_key=scan.draft_key,
            source=Attachment.Source.SCAN,
            accept=TAKEN,
        )


@transaction.atomic
def arrange(*, actor: Actor, uid: UUID, verb: str, place: int) -> PaperScan:
    """Move, turn or take out one sheet (``up``, ``down``, ``turn``, ``out``).

    Raises:
        NotFound. ScanSigned.
    """
    scan = _open(actor, uid)
    scan.sheets = arranged(sheets_now(actor, scan), verb, place)
    scan.save(update_fields=["sheets"])
    return scan


@transaction.atomic
def describe(*, actor: Actor, uid: UUID, typed: Typed) -> PaperScan:
    """Keep the data of a paper as typed so far.

    Raises:
        NotFound. ScanSigned.
    """
    scan = _open(actor, uid)
    for name, value in typed.values.items():
        setattr(scan, name, value)
    scan.save(update_fields=[*typed.values])
    return scan


@transaction.atomic
def sign_paper(*, actor: Actor, uid: UUID) -> PaperScan:
    """Set the sheets as one PDF/A, sign it, and put it into the draft in their place.

    Raises:
        NotFound. ScanSigned. InvalidInput: data or sheets are missing.
        KeyUnusable: the actor has no usable signing key.
    """
    scan = _open(actor, uid)
    require(actor, DIGITISE, agency_id=scan.agency_id)
    scan.sheets = sheets_now(actor, scan)
    if faults := faults_before_signing(scan, today()):
        raise InvalidInput(faults)
    scan.signed_at = now()
    pdf = digitised_pdf(actor, scan)
    signed = sign_scan(actor=actor, agency_id=scan.agency_id, pdf=pdf, reason=REASON)
    scan.blob_id = put_bytes(signed, "application/pdf")
    scan.state = PaperScan.State.SIGNED
    scan.save()
    for raw in raw_files(actor, scan):
        withdraw(actor=actor, uid=raw.uid)
    give_made(
        actor=actor, sha256=str(scan.blob_id), name=f"{scan.name}.pdf", kind=scan.form,
        source=Attachment.Source.SCAN, component_code=scan.component_code,
        draft_key=scan.draft_key,
    )  # fmt: skip
    facts = {"sha256": scan.blob_id, "kind": scan.kind_code, "compared": scan.compared}
    note(actor, scan, "papers.sign_scan", {**facts, "sheets": len(scan.sheets)})
    return scan


def note(actor: Actor, scan: PaperScan, verb: str, after: dict[str, object]) -> None:
    """Write an act on a scan into its agency's chain."""
    record(
        actor=actor, chain=f"agency:{scan.agency_id}", verb=verb,
        after={"scan": scan.uid, **after}, agency_id=scan.agency_id,
    )  # fmt: skip


def _open(actor: Actor, uid: UUID) -> PaperScan:
    scan = own_scan(actor, uid, lock=True)
    if scan is None:
        raise NotFound
    if scan.state != PaperScan.State.OPEN:
        raise ScanSigned
    return scan
