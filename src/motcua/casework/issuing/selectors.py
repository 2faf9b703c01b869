"""Reading documents, keys and registers; nothing here writes."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.casework.access.public import Actor, allowed, visible_to
from motcua.casework.attachments.public import Seen, count_pages, note_look
from motcua.casework.issuing import files
from motcua.casework.issuing.layouts import layout
from motcua.casework.issuing.models import IssuedDocument, IssuedNumber, SigningKey
from motcua.casework.issuing.rules import shown_number, tidy_code
from motcua.foundation.errors import Bilingual, NotFound

State = IssuedDocument.State


def content_of(document: IssuedDocument) -> dict[str, Any]:
    """A draft's own data; empty once it is issued."""
    return dict(json.loads(document.content)) if document.content else {}


def document_bytes(document: IssuedDocument) -> bytes:
    """The signed file.

    Raises:
        NotFound: the document has no file yet.
    """
    if not document.sha256:
        raise NotFound
    return files.fetch(document.sha256)


def hand_out_document(actor: Actor, document: IssuedDocument) -> bytes:
    """The signed file for an actor who may see it; the owner of a stored paper sees the look.

    Raises:
        NotFound: the document has no file yet.
    """
    note_look(actor, Seen(document.sha256, document.case_id))
    return document_bytes(document)


def sheets_in(document: IssuedDocument) -> int:
    """How many pages it has, signed or as a draft. Errors as for :func:`document_bytes`."""
    draft = document.state == IssuedDocument.State.DRAFT
    return count_pages(draft_preview(document) if draft else document_bytes(document))


def draft_preview(document: IssuedDocument) -> bytes:
    """A draft laid out with DỰ THẢO across the page, unsigned and unnumbered."""
    from motcua.casework.issuing.framing import frame
    from motcua.casework.issuing.rendering import render

    return render(document.template, frame(document, content_of(document)))


def bytes_to_show(actor: Actor, document: IssuedDocument) -> bytes:
    """The signed file, or the draft as it would look; errors and looks as above."""
    draft = document.state == IssuedDocument.State.DRAFT
    return draft_preview(document) if draft else hand_out_document(actor, document)


def digest_of(document: IssuedDocument) -> str:
    """What who signs or seals it approves, as 64 hexadecimal digits (SHA-256).

    Of a signed paper that is its file; of a draft all that it will say besides number, date
    and signer. The document's own uid goes in, so that equal drafts differ.
    """
    if document.sha256:
        return document.sha256
    said = [
        str(document.uid), document.template, document.title, document.notation,
        document.register_code, document.agency_id, document.content,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def key_of_account(account_id: int, at: dt.datetime) -> SigningKey | None:
    """The account's newest key that is valid at ``at``."""
    return (
        _valid(at)
        .filter(account_id=account_id, purpose=SigningKey.Purpose.PERSON)
        .order_by("-valid_from", "-id")
        .first()
    )


def seal_key_of(agency_id: int, at: dt.datetime) -> SigningKey | None:
    """The agency's newest seal that is valid at ``at``."""
    return (
        _valid(at)
        .filter(agency_id=agency_id, purpose=SigningKey.Purpose.ORGANISATION)
        .order_by("-valid_from", "-id")
        .first()
    )


def access_document(actor: Actor, uid: UUID) -> IssuedDocument:
    """A document that the actor may see: through its case, or as the agency's official.

    Drafts are seen by the agency only.

    Raises:
        NotFound: absent or not the actor's to see.
    """
    document = (
        IssuedDocument.objects.select_related("agency__parent", "number")
        .filter(_seen_by(actor), uid=uid)
        .first()
    )
    if document is None:
        raise NotFound
    return document


def documents_of(actor: Actor, case_id: int) -> list[IssuedDocument]:
    """A case's documents that the actor may see, newest first."""
    return list(
        IssuedDocument.objects.select_related("agency")
        .filter(_seen_by(actor), case_id=case_id)
        .order_by("-id")
    )


def signing_queue(actor: Actor, limit: int = 100) -> list[IssuedDocument]:
    """Drafts that wait for a signature in the actor's agencies, oldest first."""
    agencies = [a for a in actor.agency_ids if allowed(actor, "issuing.sign", agency_id=a)]
    return _queue(agencies, State.DRAFT, limit)


def sealing_queue(actor: Actor, limit: int = 100) -> list[IssuedDocument]:
    """Signed documents that wait for the seal in the actor's agencies, oldest first."""
    agencies = [a for a in actor.agency_ids if allowed(actor, "issuing.seal", agency_id=a)]
    return _queue(agencies, State.SIGNED, limit)


@dataclass(frozen=True, slots=True)
class PublicFacts:
    """What anybody may learn of a document by its code: nothing of its content."""

    code: str
    name: Bilingual
    number: str
    agency: str
    issued_on: dt.date | None
    state: str
    void_reason: str
    sha256: str
    demo: bool


def public_facts(typed: str) -> PublicFacts:
    """The public facts of a signed or void document by its code.

    Raises:
        NotFound: no such code, or still a draft.
    """
    code = tidy_code(typed)
    document = (
        IssuedDocument.objects.select_related("agency")
        .exclude(state=State.DRAFT)
        .filter(code=code)
        .first()
        if code
        else None
    )
    if document is None or not document.full_number:
        raise NotFound
    return PublicFacts(
        code=document.code,
        name=layout(document.template).name,
        number=document.full_number,
        agency=document.agency.name,
        issued_on=document.issued_on,
        state=document.state,
        void_reason=document.void_reason,
        sha256=document.sha256,
        demo=document.demo,
    )


def code_of_file(sha256: str) -> str:
    """The code of the document whose present file has that hash; ``""`` if none is ours."""
    found = IssuedDocument.objects.filter(sha256=sha256).values_list("code", flat=True).first()
    return found or ""


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line of the register of outgoing documents (NĐ 30/2020, Phụ lục IV)."""

    number: str
    issued_on: dt.date | None
    title: str
    signer: str
    case_code: str
    void_reason: str


def register_book(register_id: int) -> list[RegisterLine]:
    """A register in order of number; void numbers stay visible with their reason."""
    numbers = (
        IssuedNumber.objects.filter(register_id=register_id)
        .select_related("issueddocument__case")
        .order_by("number")
    )
    return [_line(number) for number in numbers]


def _line(number: IssuedNumber) -> RegisterLine:
    document: IssuedDocument | None = getattr(number, "issueddocument", None)
    if document is None:
        return RegisterLine(shown_number(number.number), None, "", "", "", number.void_reason)
    code = document.case.code if document.case else ""
    return RegisterLine(
        document.full_number, document.issued_on, document.title, document.signer_name,
        code or "", number.void_reason,
    )  # fmt: skip


def _valid(at: dt.datetime) -> QuerySet[SigningKey]:
    return SigningKey.objects.filter(valid_from__lte=at, valid_to__gte=at, retired_at=None)


def _queue(agencies: list[int], state: str, limit: int) -> list[IssuedDocument]:
    return list(
        IssuedDocument.objects.filter(_cared_for_by(agencies), state=state)
        .select_related("agency", "case")
        .order_by("id")[:limit]
    )


def _cared_for_by(agencies: Collection[int]) -> Q:
    """Documents of these agencies: their own, and what a merged one had signed but not sealed."""
    own = Q(agency_id__in=agencies, sealing_agency__isnull=True)
    return own | Q(sealing_agency_id__in=agencies)


def _seen_by(actor: Actor) -> Q:
    if actor.kind == "system":
        return Q()
    agencies = [a for a in actor.agency_ids if allowed(actor, "issuing.read", agency_id=a)]
    finished = Q(state__in=[State.SEALED, State.VOID]) & ~Q(confidentiality="internal")
    theirs = Q(agency_id__in=agencies) | Q(sealing_agency_id__in=agencies)
    return theirs | (finished & visible_to(actor, "case_id"))
