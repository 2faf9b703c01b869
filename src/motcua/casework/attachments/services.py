"""Receiving files, tying them to cases, and cleaning up what was abandoned."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum

from motcua.casework.access.public import Actor
from motcua.casework.attachments.errors import (
    DraftFull,
    EmptyFile,
    FileTooLarge,
    InfectedFile,
    StoreUnavailable,
)
from motcua.casework.attachments.inspection import ALL_TYPES, inspect
from motcua.casework.attachments.models import Attachment, Blob
from motcua.casework.attachments.rules import (
    DRAFT_SIZE_FACTOR,
    MAX_DRAFT_FILES,
    FileType,
    clean_name,
)
from motcua.casework.attachments.scanning import (
    ScannerUnavailable,
    configured_scanner,
)
from motcua.casework.attachments.selectors import (
    attachment_of,
    draft_attachments,
    refuse_unseen_case,
)
from motcua.casework.attachments.storage import (
    Landed,
    TooMuch,
    blob_store,
    landing,
)
from motcua.casework.ledger.public import Act, Private, case_chain, record_many
from motcua.foundation.errors import NotAllowed, NotFound
from motcua.foundation.outbox.public import enqueue
from motcua.foundation.statements import update_returning
from motcua.foundation.timesource import now
from motcua.foundation.transactions import together

DERIVE = "attachments.derive"
SCAN = "attachments.scan"
MEGABYTE = 1024 * 1024
log = structlog.get_logger(__name__)


class Upload(Protocol):
    """The part of Django's uploaded file that is used."""

    @property
    def name(self) -> str | None: ...
    def chunks(self) -> Iterable[bytes]: ...


def receive_upload(
    *,
    actor: Actor,
    file: Upload,
    component_code: str = "",
    case_id: int | None = None,
    draft_key: str = "",
    kind: str = Attachment.Kind.COPY,
    source: str = Attachment.Source.UPLOAD,
    accept: frozenset[str] = ALL_TYPES,
) -> Attachment:
    """Take in one file from outside for a case or for a draft of the actor's.

    The bytes are read in pieces, hashed, judged by their content, scanned, and
    are safe on disk before the record is written. Whether this paper may be
    added to the case now is for the calling slice to decide.

    Args:
        case_id: the case, which must be open to the actor; or
        draft_key: the draft, when there is no case yet (at most 64 characters).
        component_code: which paper of the procedure it is.
        source: ``scan`` when an official digitises paper; the actor is then named.
        accept: codes of file types taken here (``pdf``, ``jpg``, ``png``…).

    Raises:
        UploadRefused: one of its kinds in ``errors.py``; nothing was stored.
        NotFound: the case is absent or not open to the actor.
    """
    check_place(actor, case_id, draft_key)
    limit: int = settings.MOTCUA_UPLOAD_MAX_BYTES
    try:
        with landing(file.chunks(), limit) as landed:
            if landed.size == 0:
                raise EmptyFile
            found = inspect(landed.path, file.name or "", accept)
            attachment = Attachment(
                blob_id=landed.sha256,
                case_id=case_id,
                owner_id=actor.account_id,
                draft_key="" if case_id else draft_key,
                component_code=component_code,
                name=clean_name(file.name or "", found),
                kind=kind,
                source=source,
                digitised_by_id=actor.account_id if source == str(Attachment.Source.SCAN) else None,
                at=now(),
            )
            _store(actor, landed, found, attachment)
    except TooMuch as error:
        raise FileTooLarge(limit_mb=limit // MEGABYTE) from error
    except OSError as error:
        log.error("attachments.store_failed", errno=error.errno, exc_info=error)
        raise StoreUnavailable from error
    return attachment


def check_place(actor: Actor, case_id: int | None, draft_key: str) -> None:
    if case_id is not None:
        refuse_unseen_case(actor, case_id)
        return
    if not draft_key or actor.account_id is None:
        raise NotAllowed
    most: int = settings.MOTCUA_UPLOAD_MAX_BYTES * DRAFT_SIZE_FACTOR
    held = draft_attachments(actor, draft_key).aggregate(n=Count("pk"), size=Sum("blob__size"))
    if held["n"] >= MAX_DRAFT_FILES or (held["size"] or 0) >= most:
        raise DraftFull(files=MAX_DRAFT_FILES, limit_mb=most // MEGABYTE)


def _store(actor: Actor, landed: Landed, found: FileType, attachment: Attachment) -> None:
    known = Blob.objects.filter(pk=landed.sha256).first()
    state, scanner = _verdict(landed, known)
    blob_store().keep(landed.path, landed.sha256)
    with transaction.atomic():
        if known is None:
            insert_blob(landed.sha256, landed.size, found.mime, state, scanner)
            enqueue(DERIVE, {"sha256": landed.sha256})
            if state == str(Blob.Scan.PENDING):
                enqueue(SCAN, {"sha256": landed.sha256})
        elif state != known.scan_state:
            Blob.objects.filter(pk=known.pk).update(
                scan_state=state, scanner=scanner, scanned_at=now()
            )
        attachment.save(force_insert=True)
        record_many([act_on(actor, "attachments.receive", attachment, landed.size)])


def _verdict(landed: Landed, known: Blob | None) -> tuple[str, str]:
    """Scan now if there is a scanner and the same bytes were not found clean before."""
    if known is not None and known.scan_state in {Blob.Scan.CLEAN, Blob.Scan.MADE}:
        return known.scan_state, known.scanner
    if known is not None and known.scan_state == str(Blob.Scan.INFECTED):
        raise InfectedFile(signature="–")
    scanner = configured_scanner()
    if scanner is None:
        return Blob.Scan.UNSCANNED, ""
    try:
        with landed.path.open("rb") as file:
            result = scanner.scan(file)
    except ScannerUnavailable:
        return Blob.Scan.PENDING, ""
    if not result.clean:
        raise InfectedFile(signature=result.signature)
    return Blob.Scan.CLEAN, result.scanner


def insert_blob(sha256: str, size: int, mime: str, state: str, scanner: str = "") -> None:
    """One insert; the same bytes arriving twice at once are one blob."""
    moment = now()
    blob = Blob(
        sha256=sha256,
        size=size,
        mime=mime,
        created_at=moment,
        scan_state=state,
        scanned_at=moment if scanner else None,
        scanner=scanner,
    )
    Blob.objects.bulk_create([blob], ignore_conflicts=True)


def act_on(actor: Actor, verb: str, attachment: Attachment, size: int | None = None) -> Act:
    """The ledger's words for an act on a file: its hash, its place, never its clear name."""
    draft = f"draft:{attachment.owner_id}:{attachment.draft_key}"[:80]
    return Act(
        actor,
        case_chain(attachment.case_id) if attachment.case_id else draft,
        verb,
        after={
            "attachment": attachment.uid,
            "sha256": attachment.blob_id,
            "name": Private(attachment.name),
            "component": attachment.component_code,
            "kind": str(attachment.kind),
            "source": str(attachment.source),
            **({"size": size} if size is not None else {}),
        },
    )


@together()
def claim_drafts(*, actor: Actor, draft_key: str, case_id: int) -> list[Attachment]:
    """Move all files of the actor's draft into the case it became; which, oldest first.

    One statement and the ledger's.

    Part of submitting: the caller opened the case in the same transaction.
    Infected files never come this far; what still waits for its scan comes along.
    """
    if actor.account_id is None:
        return []
    theirs = {
        "owner_id": actor.account_id,
        "draft_key": draft_key,
        "case_id": None,
        "withdrawn_at": None,
    }
    moved = update_returning(Attachment, theirs, {"case_id": case_id})
    if moved:
        record_many([act_on(actor, "attachments.attach", row) for row in moved])
    return moved


@transaction.atomic
def give_seen(*, actor: Actor, old: Attachment, component_code: str, draft_key: str) -> Attachment:
    """Give a file to the actor's draft; that they may use it is for the caller to have checked.

    Raises:
        DraftFull: the draft takes no more files.
    """
    check_place(actor, None, draft_key)
    return _again(actor, old, component_code, None, draft_key)


@transaction.atomic
def reuse(
    *,
    actor: Actor,
    uid: object,
    component_code: str,
    case_id: int | None = None,
    draft_key: str = "",
) -> Attachment:
    """Give a file that the actor may already see for another case or draft; no bytes are copied.

    Raises:
        NotFound: the file or the case is absent or not open to the actor.
    """
    check_place(actor, case_id, draft_key)
    return _again(actor, attachment_of(actor, uid), component_code, case_id, draft_key)


def _again(
    actor: Actor, old: Attachment, component_code: str, case_id: int | None, draft_key: str
) -> Attachment:
    attachment = Attachment(
        blob_id=old.blob_id,
        case_id=case_id,
        owner_id=actor.account_id,
        draft_key="" if case_id else draft_key,
        component_code=component_code,
        name=old.name,
        kind=old.kind,
        source=Attachment.Source.STORE,
        at=now(),
        reused_from=old,
    )
    attachment.save(force_insert=True)
    record_many([act_on(actor, "attachments.reuse", attachment)])
    return attachment


@transaction.atomic
def withdraw(*, actor: Actor, uid: object) -> Attachment:
    """Mark a file as withdrawn by the one who gave it; the bytes and the record stay.

    Raises:
        NotFound: absent, not open to the actor, or withdrawn already.
        NotAllowed: somebody else gave it.
    """
    attachment = attachment_of(actor, uid)
    if attachment.owner_id != actor.account_id:
        raise NotAllowed
    moment = now()
    if not Attachment.objects.filter(pk=attachment.pk, withdrawn_at=None).update(
        withdrawn_at=moment
    ):
        raise NotFound
    attachment.withdrawn_at = moment
    record_many([act_on(actor, "attachments.withdraw", attachment)])
    return attachment
