"""A document's row: made, locked, noted in the ledger, told to the house."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from motcua.casework.access.public import Actor
from motcua.casework.agencies.public import Agency
from motcua.casework.issuing.layouts import layout
from motcua.casework.issuing.models import IssuedDocument
from motcua.casework.issuing.rules import make_code
from motcua.casework.issuing.wording import worded
from motcua.casework.ledger.public import record
from motcua.foundation import timesource
from motcua.foundation.errors import Conflict, NotFound
from motcua.foundation.outbox.public import emit
from motcua.foundation.remembering import remembered
from motcua.foundation.statements import Prepared, update

_LOCKED = Prepared(
    lambda uid: (
        IssuedDocument.objects.select_for_update(of=("self",))
        .select_related("agency__parent", "number", "sealing_agency")
        .filter(uid=uid)
    ),
    UUID,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to be issued.

    Attributes:
        template: key of a registered layout.
        agency_id: the issuing agency.
        data: what the layout prints besides agency, number, date, signer and code.
        register: code of the register that gives the number.
        notation: after the slash in the number; default the layout's own.
        title: how lists call the document; default the layout's name.
        case_id: the case it answers.
        confidentiality: ``public``, ``internal`` or ``personal``.
        replaces_id: an earlier document that this one replaces.
        as_of: the moment whose words it bears (aware), when it was ordered earlier than made.
    """

    template: str
    agency_id: int
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])
    register: str = ""
    notation: str = ""
    title: str = ""
    case_id: int | None = None
    confidentiality: str = "personal"
    replaces_id: int | None = None
    as_of: dt.datetime | None = None


def new_document(actor: Actor, draft: Draft) -> IssuedDocument:
    """A draft with a fresh verification code, not saved yet.

    Raises:
        NotFound: no such agency.
    """
    chosen = layout(draft.template)
    agency = letterhead(draft.agency_id)
    if agency is None:
        raise NotFound
    at = timesource.now()
    return IssuedDocument(
        code=make_code(os.urandom(16)),
        case_id=draft.case_id,
        agency=agency,
        template=draft.template,
        title=(draft.title or chosen.name.vi)[:300],
        confidentiality=draft.confidentiality,
        register_code=draft.register or chosen.notation,
        notation=draft.notation or chosen.notation,
        content=stored(worded(draft.template, agency, draft.data, draft.as_of or at)),
        drafted_by_id=actor.account_id,
        drafted_at=at,
        replaces_id=draft.replaces_id,
    )


_FOLLOW_A_MERGER = frozenset({"agency_id", "sealing_agency_id"})
"""Columns that only the succession of agencies writes."""


@remembered("agencies.Agency")
def letterhead(agency_id: int) -> Agency | None:
    """The agency as it stands at the head of its documents, with the one above it."""
    return Agency.objects.select_related("parent").filter(pk=agency_id).first()


def taken(document_uid: UUID, document: IssuedDocument | None) -> IssuedDocument:
    """The document to work on: locked, or as the caller read it in this transaction.

    The latter is held by :func:`put_back`, which refuses when it changed meanwhile.
    """
    if document is None:
        return locked(document_uid)
    document.agency = letterhead(document.agency_id)
    return document


def put_back(document: IssuedDocument, state: str, version: int) -> None:
    """Write all columns, if it still stands in ``state`` and ``version``. One statement.

    Raises:
        Conflict: somebody else changed it.
    """
    columns = {
        field.attname: getattr(document, field.attname)
        for field in IssuedDocument._meta.concrete_fields
        if not field.primary_key and field.attname not in _FOLLOW_A_MERGER
    }
    where = {
        "pk": document.pk,
        "state": state,
        "version": version,
        "agency_id": document.agency_id,
    }
    if update(IssuedDocument, where, columns) != 1:
        raise Conflict


def locked(document_uid: UUID) -> IssuedDocument:
    """The document, its row locked to the end of the transaction.

    Raises:
        NotFound: there is none.
    """
    document = _LOCKED.first(document_uid)
    if document is None:
        raise NotFound
    return document


def stored(data: Mapping[str, Any]) -> str:
    """A draft's data as the text that is encrypted."""
    return json.dumps(data, ensure_ascii=False)


def note(
    actor: Actor,
    document: IssuedDocument,
    verb: str,
    after: Mapping[str, object],
    authority: str = "",
) -> None:
    """Write the act into the case's chain, or the agency's when there is no case."""
    chain = f"case:{document.case_id}" if document.case_id else f"agency:{document.agency_id}"
    record(
        actor=actor,
        chain=chain,
        verb=verb,
        after={"document": str(document.uid), "sha256": document.sha256, **after},
        agency_id=document.agency_id,
        authority=authority or None,
    )


def tell(topic: str, document: IssuedDocument) -> None:
    """Emit one of the events of ``events.py``."""
    emit(
        topic,
        str(document.uid),
        {
            "document": str(document.uid),
            "case_id": document.case_id,
            "agency_id": document.agency_id,
            "template": document.template,
            "number": document.full_number,
        },
    )
