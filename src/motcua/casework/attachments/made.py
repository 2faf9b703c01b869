"""Files that the house makes itself: results, slips, forms."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.db.models import ProtectedError

from motcua.casework.access.public import Actor
from motcua.casework.attachments.models import Attachment, Blob
from motcua.casework.attachments.rules import FILE_TYPES, clean_name
from motcua.casework.attachments.selectors import refuse_unseen_case
from motcua.casework.attachments.services import DERIVE, act_on, check_place, insert_blob
from motcua.casework.attachments.storage import blob_store, landing
from motcua.casework.ledger.public import record_many
from motcua.foundation.outbox.public import enqueue
from motcua.foundation.timesource import now

CHUNK = 1 << 20


def put_bytes(data: bytes, mime: str) -> str:
    """Keep bytes that the house made itself (a signed result, a slip); returns their SHA-256.

    Stored before the caller's transaction ends; harmless when that is rolled back.
    """
    with landing([data]) as landed:
        blob_store().keep(landed.path, landed.sha256)
        insert_blob(landed.sha256, landed.size, mime, Blob.Scan.MADE)
        return landed.sha256


def put_file(path: Path, mime: str) -> tuple[str, int]:
    """Keep a file that the house made itself, read in pieces; its SHA-256 and size in bytes."""
    with path.open("rb") as file, landing(iter(lambda: file.read(CHUNK), b"")) as landed:
        blob_store().keep(landed.path, landed.sha256)
        insert_blob(landed.sha256, landed.size, mime, Blob.Scan.MADE)
        return landed.sha256, landed.size


def forget_made(sha256: str) -> bool:
    """Forget a file that the house made when nothing names it any more; whether it did.

    Its bytes go with the next sweep of the store.
    """
    with transaction.atomic():
        try:
            with transaction.atomic():
                done, _each = Blob.objects.filter(pk=sha256, scan_state=Blob.Scan.MADE).delete()
        except ProtectedError:
            return False
    return bool(done)


@transaction.atomic
def attach_made(
    *,
    actor: Actor,
    case_id: int,
    data: bytes,
    mime: str,
    name: str,
    kind: str = Attachment.Kind.RESULT,
    component_code: str = "",
) -> Attachment:
    """Add a file that the house made itself to a case: a result or a slip.

    Raises:
        NotFound: the case is not open to the actor.
    """
    refuse_unseen_case(actor, case_id)
    sha256 = put_bytes(data, mime)
    kinds = [found for found in FILE_TYPES.values() if found.mime == mime]
    attachment = Attachment(
        blob_id=sha256,
        case_id=case_id,
        owner_id=actor.account_id,
        component_code=component_code,
        name=clean_name(name, kinds[0]) if kinds else name[:200],
        kind=kind,
        source=Attachment.Source.STORE,
        at=now(),
    )
    attachment.save(force_insert=True)
    record_many([act_on(actor, "attachments.attach", attachment, len(data))])
    enqueue(DERIVE, {"sha256": sha256})
    return attachment


@transaction.atomic
def give_made(
    *,
    actor: Actor,
    sha256: str,
    name: str,
    component_code: str,
    draft_key: str,
    kind: str = Attachment.Kind.ELECTRONIC,
    source: str = Attachment.Source.STORE,
) -> Attachment:
    """Give a PDF that the house made before, such as a sealed result, to the actor's draft.

    That the actor may use it is for the calling slice to have checked. No bytes are copied.
    With ``source`` ``scan`` the actor stands as the one who digitised it.

    Raises:
        DraftFull: the draft takes no more files.
    """
    check_place(actor, None, draft_key)
    attachment = Attachment(
        blob_id=sha256,
        owner_id=actor.account_id,
        draft_key=draft_key,
        component_code=component_code,
        name=clean_name(name, FILE_TYPES["pdf"]),
        kind=kind,
        source=source,
        digitised_by_id=actor.account_id if source == str(Attachment.Source.SCAN) else None,
        at=now(),
    )
    attachment.save(force_insert=True)
    verb = "attach" if source == str(Attachment.Source.SCAN) else "reuse"
    record_many([act_on(actor, f"attachments.{verb}", attachment)])
    return attachment
