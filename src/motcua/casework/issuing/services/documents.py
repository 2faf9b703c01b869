"""Draft, sign with a number, seal, void: the way of an official answer.

The number must stand in the file before the leader's signature, for nothing
may be filled in afterwards (NĐ 30/2020, Phụ lục I). So the leader's act takes
the number, lays out the final file and signs it in one transaction; the
records clerk then seals and issues it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from motcua.casework.access.public import Actor, require
from motcua.casework.agencies.public import carried_on_by
from motcua.casework.issuing.errors import DocumentStateError
from motcua.casework.issuing.filekeeping import keeps_files
from motcua.casework.issuing.framing import frame
from motcua.casework.issuing.models import IssuedDocument, SigningKey
from motcua.casework.issuing.rendering import render
from motcua.casework.issuing.rules import full_notation, may_seal, may_sign
from motcua.casework.issuing.selectors import content_of, document_bytes
from motcua.casework.issuing.services import marking
from motcua.casework.issuing.services.keys import own_key, seal_of
from motcua.casework.issuing.services.numbering import allocate_number
from motcua.casework.issuing.services.records import (
    Draft,
    locked,
    new_document,
    note,
    put_back,
    stored,
    taken,
    tell,
)
from motcua.foundation import timesource
from motcua.foundation.errors import Bilingual, Conflict, InvalidInput
from motcua.foundation.statements import insert
from motcua.foundation.transactions import together

State = IssuedDocument.State


@together()
def prepare_draft(*, actor: Actor, draft: Draft) -> IssuedDocument:
    """Keep a draft; it is laid out once so that missing data show now, not at signing.

    Raises:
        NotAllowed: the actor may not draft for that agency.
        UnknownTemplate, TemplateDataMissing: see :func:`motcua.casework.issuing.public.render`.
    """
    require(actor, "issuing.draft", agency_id=draft.agency_id)
    document = new_document(actor, draft)
    if keeps_files():
        render(document.template, frame(document, content_of(document)))
    insert(document)
    note(actor, document, "issuing.draft", {"template": document.template})
    return document


@together()
def revise_draft(
    *,
    actor: Actor,
    document_uid: UUID,
    data: Mapping[str, Any],
    version: int,
    document: IssuedDocument | None = None,
) -> IssuedDocument:
    """Replace what a draft says.

    Args:
        document: the same as read in this transaction; saves reading it.

    Raises:
        Conflict: somebody changed the draft since ``version``.
        DocumentStateError: it is signed already.
    """
    document = taken(document_uid, document)
    require(actor, "issuing.draft", agency_id=document.agency_id)
    if not may_sign(document.state):
        raise DocumentStateError(state=State(document.state).label)
    if document.version != version:
        raise Conflict
    document.content = stored(data)
    document.version += 1
    if keeps_files():
        render(document.template, frame(document, dict(data)))
    put_back(document, State.DRAFT, version)
    note(actor, document, "issuing.revise", {"version": document.version})
    return document


@together()
def sign_and_number(
    *,
    actor: Actor,
    document_uid: UUID,
    post_id: int | None = None,
    document: IssuedDocument | None = None,
) -> IssuedDocument:
    """The leader's act: number, final file and signature, all or nothing.

    Args:
        post_id: the post signed from, when the actor holds several in the agency.
        document: the same as read in this transaction; saves reading it.

    Raises:
        Conflict: it changed since it was read.
        NotAllowed: no post of the actor has the power to sign this.
        DocumentStateError: it is not a draft.
        KeyUnusable: the actor has no usable signing key.
        RegisterClosed: the year's register is closed.
    """
    document = taken(document_uid, document)
    if not may_sign(document.state):
        raise DocumentStateError(state=State(document.state).label)
    hand = marking.hand_of(actor, document, post_id)
    if keeps_files():
        _sign(actor, document, hand, own_key(actor))
    else:
        _sign_without_file(actor, document, hand)
    put_back(document, State.DRAFT, document.version)
    note(actor, document, "issuing.sign", {"number": document.full_number}, hand.authority)
    tell("issuing.signed", document)
    return document


@together()
def seal(
    *, actor: Actor, document_uid: UUID, document: IssuedDocument | None = None
) -> IssuedDocument:
    """The records clerk's act: the organisation's seal; the document is issued.

    When the agency was merged after the signature, its successor seals: signer, number and
    date stay, and the seal says whom it succeeds.

    Args:
        document: the same as read in this transaction; saves reading it.

    Raises:
        Conflict: it changed since it was read.
        NotAllowed: only a records clerk of the agency seals (NĐ 30/2020, Điều 32).
        DocumentStateError: it is not signed, or issued already.
        KeyUnusable: the agency has no usable seal.
    """
    document = taken(document_uid, document)
    require(actor, "issuing.seal", agency_id=marking.sealer_of(document).pk)
    if not may_seal(document.state):
        raise DocumentStateError(state=State(document.state).label)
    if document.sha256:
        marking.apply_seal(document, document_bytes(document), _agency_key(document))
    _finish(actor, document)
    put_back(document, State.SIGNED, document.version)
    inherited = {"for": document.agency_id} if document.sealing_agency_id else {}
    note(actor, document, "issuing.seal", {"number": document.full_number, **inherited})
    tell("issuing.issued", document)
    return document


@together()
def issue(
    *,
    actor: Actor,
    draft: Draft,
    post_id: int | None = None,
    signer_key: SigningKey | None = None,
    seal_key: SigningKey | None = None,
) -> IssuedDocument:
    """Everything in one transaction, for the counter's slips and for the system's own.

    An official's slip bears that official's signature; one made by the system
    bears the agency's seal. With ``seal_key`` both are set. Documents that need
    a leader and a records clerk go through :func:`prepare_draft`,
    :func:`sign_and_number` and :func:`seal`.

    Raises: as for those three.
    """
    document = new_document(actor, draft)
    authority = ""
    if actor.kind == "system":
        marking.number_and_seal(document, _take_number(document), seal_key or _agency_key(document))
    else:
        hand = marking.hand_of(actor, document, post_id)
        authority = hand.authority
        signed = _sign(actor, document, hand, signer_key or own_key(actor))
        if seal_key is not None:
            marking.apply_seal(document, signed, seal_key)
    _finish(actor, document)
    insert(document)
    after = {"number": document.full_number, "template": document.template}
    note(actor, document, "issuing.issue", after, authority)
    tell("issuing.issued", document)
    return document


@together()
def void(*, actor: Actor, document_uid: UUID, reason: str) -> IssuedDocument:
    """Withdraw a document; its number stays in the register, marked void with the reason.

    Raises:
        InvalidInput: no reason given.
        DocumentStateError: it is void already.
    """
    document = locked(document_uid)
    require(actor, "issuing.void", agency_id=carried_on_by(document.agency, timesource.today()))
    if not reason.strip():
        raise InvalidInput(
            {"reason": Bilingual("Ghi lý do hủy văn bản.", "Say why the document is withdrawn.")}
        )
    if document.state == State.VOID:
        raise DocumentStateError(state=State(document.state).label)
    now = timesource.now()
    document.state, document.voided_at, document.void_reason = State.VOID, now, reason[:500]
    document.content = ""
    document.save(update_fields=["state", "voided_at", "void_reason", "content"])
    if document.number is not None:
        document.number.voided_at, document.number.void_reason = now, reason[:500]
        document.number.save(update_fields=["voided_at", "void_reason"])
    note(actor, document, "issuing.void", {"number": document.full_number, "reason": reason})
    tell("issuing.voided", document)
    return document


def _take_number(document: IssuedDocument) -> str:
    """Give the document its number and date; returns the number as printed."""
    document.issued_on = timesource.today()
    number = allocate_number(
        agency_id=document.agency_id, register=document.register_code, on=document.issued_on
    )
    document.number = number
    document.full_number = full_notation(number.number, document.notation)
    return document.full_number.partition("/")[0]


def _sign(actor: Actor, document: IssuedDocument, hand: marking.Hand, key: SigningKey) -> bytes:
    document.signer_id = actor.account_id
    document.signer_name = hand.name
    document.signer_lines = list(hand.lines)
    document.state = State.SIGNED
    return marking.number_and_sign(document, _take_number(document), hand, key)


def _sign_without_file(actor: Actor, document: IssuedDocument, hand: marking.Hand) -> None:
    """As :func:`_sign` for a demo's past: the number is taken, no file is made."""
    _take_number(document)
    document.signer_id = actor.account_id
    document.signer_name = hand.name
    document.signer_lines = list(hand.lines)
    document.state, document.signed_at = State.SIGNED, timesource.now()
    document.demo = True


def _finish(actor: Actor, document: IssuedDocument) -> None:
    """Issued: from now on the signed file is the record, so the draft's content goes."""
    document.state, document.sealed_at = State.SEALED, timesource.now()
    document.sealed_by_id = actor.account_id
    document.content = ""


def _agency_key(document: IssuedDocument) -> SigningKey:
    return seal_of(document.sealing_agency_id or document.agency_id)
