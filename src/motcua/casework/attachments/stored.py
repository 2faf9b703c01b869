"""A port: papers that a person gave before, kept by whichever slice keeps them.

Who fills in a dossier asks here and need not know the store; the slice that keeps papers
registers itself at start-up. Without one nothing is offered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from motcua.casework.access.public import Actor
from motcua.casework.attachments.models import Attachment
from motcua.foundation.errors import NotFound


@dataclass(frozen=True, slots=True)
class StoredOffer:
    """A stored paper that may be used again; ``uid`` names it to :func:`take_stored`."""

    uid: UUID
    name: str
    number: str
    issued_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanOrder:
    """A paper that lies at the counter and is to be digitised into a draft.

    Attributes:
        draft_key: the clerk's draft; what was scanned for this paper already is in it.
        component_code: which paper of the procedure.
        name: what the paper is called there, in Vietnamese.
        agency_id: the centre that digitises.
        holder_name: whose paper it probably is, from the form or the card.
        back: the page of this house to go back to.
    """

    draft_key: str
    component_code: str
    name: str
    agency_id: int
    holder_name: str = ""
    back: str = ""


class PaperStore(Protocol):
    """What a store of papers answers."""

    def offers(self, actor: Actor, wanted: Mapping[str, str]) -> dict[str, list[StoredOffer]]:
        """The actor's own reusable papers for each wanted one (id → Vietnamese name)."""
        ...

    def take(self, *, actor: Actor, uid: UUID, component_code: str, draft_key: str) -> Attachment:
        """Give one to the actor's draft; ``NotFound`` when it may not be used."""
        ...

    def digitise(self, *, actor: Actor, order: ScanOrder) -> str:
        """Begin, or go on with, digitising a paper; the address of its page."""
        ...

    def looked(self, actor: Actor, attachment: Attachment) -> None:
        """Somebody opened a file."""
        ...


_STORES: list[PaperStore] = []


def register_paper_store(store: PaperStore) -> None:
    """Say who keeps papers; the last one said counts. Called once at start-up."""
    _STORES[:] = [store]


def stored_offers(actor: Actor, wanted: Mapping[str, str]) -> dict[str, list[StoredOffer]]:
    """The actor's own reusable papers for each wanted one (id → Vietnamese name)."""
    return _STORES[0].offers(actor, wanted) if _STORES and wanted else {}


def take_stored(*, actor: Actor, uid: UUID, component_code: str, draft_key: str) -> Attachment:
    """Use a stored paper in the actor's draft.

    Raises:
        NotFound: there is no such paper of the actor's, or its owner forbade it.
        DraftFull: the draft takes no more files.
    """
    if not _STORES:
        raise NotFound
    return _STORES[0].take(actor=actor, uid=uid, component_code=component_code, draft_key=draft_key)


def digitise_paper(*, actor: Actor, order: ScanOrder) -> str:
    """Begin digitising a paper; the address of the page where it goes on.

    Raises:
        NotFound: no slice digitises. NotAllowed: the actor may not at that centre.
    """
    if not _STORES:
        raise NotFound
    return _STORES[0].digitise(actor=actor, order=order)


def note_look(actor: Actor, attachment: Attachment) -> None:
    """Tell the store that somebody opened a file."""
    if _STORES:
        _STORES[0].looked(actor, attachment)
