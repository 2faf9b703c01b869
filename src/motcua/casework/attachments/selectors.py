"""Finding files, always through the visibility of their case or the ownership of their draft."""

from __future__ import annotations

from typing import BinaryIO

from django.db.models import Q, QuerySet

from motcua.casework.access.public import Actor, visible_to
from motcua.casework.attachments.errors import FileMissing, InfectedFile, NotScannedYet
from motcua.casework.attachments.models import Attachment, Blob, Derivative
from motcua.casework.attachments.storage import blob_store
from motcua.casework.cases.public import Case
from motcua.foundation.errors import NotFound


def open_to(actor: Actor) -> Q:
    """A condition on attachments: of a case open to the actor, or of the actor's own draft."""
    if actor.kind == "system":
        return Q()
    seen = Q(case__isnull=False) & visible_to(actor, "case_id")
    if actor.account_id is None:
        return seen
    return seen | Q(case__isnull=True, owner_id=actor.account_id)


def attachment_of(actor: Actor, uid: object) -> Attachment:
    """One file with its blob. One statement.

    Raises:
        NotFound: absent and forbidden alike.
    """
    row = Attachment.objects.select_related("blob").filter(open_to(actor), uid=uid).first()
    if row is None:
        raise NotFound
    return row


def attachments_of(case_id: int, *, withdrawn: bool = False) -> QuerySet[Attachment]:
    """The files of a case that the caller was allowed to open, oldest first."""
    rows = Attachment.objects.filter(case_id=case_id).select_related("blob").order_by("pk")
    return rows if withdrawn else rows.filter(withdrawn_at__isnull=True)


def draft_attachments(actor: Actor, draft_key: str) -> QuerySet[Attachment]:
    """The files of the actor's own draft, oldest first."""
    return (
        Attachment.objects.filter(
            case__isnull=True,
            owner_id=actor.account_id,
            draft_key=draft_key,
            withdrawn_at__isnull=True,
        )
        .select_related("blob")
        .order_by("pk")
    )


def refuse_unseen_case(actor: Actor, case_id: int) -> None:
    """Refuse a case that is absent or not open to the actor. One statement; none for the system.

    Raises:
        NotFound: absent and forbidden alike.
    """
    if actor.kind == "system":
        return
    if not Case.objects.filter(visible_to(actor), pk=case_id).exists():
        raise NotFound


def open_blob(sha256: str) -> BinaryIO:
    """The bytes as received.

    Raises:
        FileMissing: the store does not hold them.
    """
    try:
        return blob_store().open(sha256)
    except FileNotFoundError as error:
        raise FileMissing from error


def read_bytes(sha256: str) -> bytes:
    """All bytes as received; errors as for :func:`open_blob`."""
    with open_blob(sha256) as file:
        return file.read()


def refuse_unsafe(attachment: Attachment, actor: Actor) -> None:
    """Refuse to hand out what is infected, or unjudged when there is a scanner."""
    state = attachment.blob.scan_state
    if state == Blob.Scan.INFECTED:
        raise InfectedFile(signature=attachment.blob.scanner)
    if state == Blob.Scan.PENDING and attachment.owner_id != actor.account_id:
        raise NotScannedYet


def derivative(sha256: str, kind: str) -> Derivative | None:
    """The copy of this kind, when it was made already."""
    return Derivative.objects.filter(blob_id=sha256, kind=kind).first()


def text_of(sha256: str) -> str:
    """The text found in a PDF; ``""`` when there is none (yet)."""
    found = derivative(sha256, Derivative.Kind.TEXT)
    return read_bytes(found.sha256).decode() if found else ""
