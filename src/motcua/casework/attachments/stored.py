"""A port: papers that a person gave before, kept by whichever slice keeps them.

Who fills in a dossier asks here and need not know the store; the slice that keeps papers
registers itself at start-up. Without one nothing is offered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol
from uuid import UUID

from motcua.casework.access.public import Actor
from motcua.casework.attachments.models import Attachment
from motcua.foundation.errors import NotFound


@dataclass(frozen=True, slots=True)
class StoredOffer:
    """A stored paper; ``uid`` names it to :func:`take_stored` unless it is ``expired``."""

    uid: UUID
    name: str
    number: str
    issued_on: dt.date | None
    valid_until: dt.date | None = None
    expired: bool = False


Offers = dict[str, list[StoredOffer]]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who stands at a counter with a dossier under way, as the store asks for it."""

    identity_number: str
    draft_key: str
    agency_id: int


@dataclass(frozen=True, slots=True)
class CounterStore:
    """What a clerk sees of a visitor's store: nothing, that consent is needed, or the offers."""

    state: Literal["none", "ask", "open"] = "none"
    offers: Offers = field(default_factory=dict[str, list[StoredOffer]])


@dataclass(frozen=True, slots=True)
class Seen:
    """Bytes that somebody is shown: in which case they stand, or that they came from a store."""

    sha256: str
    case_id: int | None
    from_store: bool = False


class PaperStore(Protocol):
    """What a store of papers answers."""

    def offers(self, actor: Actor, wanted: Mapping[str, str]) -> Offers:
        """The actor's own papers for each wanted one (id → Vietnamese name)."""
        ...

    def take(self, *, actor: Actor, uid: UUID, component_code: str, draft_key: str) -> Attachment:
        """Give one to the actor's draft; ``NotFound`` when it may not be used."""
        ...

    def take_by_code(
        self, *, actor: Actor, code: str, component_code: str, draft_key: str
    ) -> Attachment:
        """Give to the actor's draft the paper whose owner made this code."""
        ...

    def at_counter(self, actor: Actor, visitor: Visitor, wanted: Mapping[str, str]) -> CounterStore:
        """The visitor's papers, once they agreed that this clerk may look."""
        ...

    def agree(self, *, actor: Actor, visitor: Visitor) -> None:
        """Write down that the visitor agreed."""
        ...

    def take_at_counter(
        self, *, actor: Actor, visitor: Visitor, uid: UUID, component_code: str
    ) -> Attachment:
        """Give one of the visitor's papers to the clerk's draft."""
        ...

    def digitise(self, *, actor: Actor, order: ScanOrder) -> str:
        """Begin, or go on with, digitising a paper; the address of its page."""
        ...

    def looked(self, actor: Actor, seen: Seen) -> None:
        """Somebody is shown bytes."""
        ...


_STORES: list[PaperStore] = []


def register_paper_store(store: PaperStore) -> None:
    """Say who keeps papers; the last one said counts. Called once at start-up."""
    _STORES[:] = [store]


def _store() -> PaperStore:
    if not _STORES:
        raise NotFound
    return _STORES[0]


def stored_offers(actor: Actor, wanted: Mapping[str, str]) -> Offers:
    """The actor's own papers for each wanted one (id → Vietnamese name), expired ones marked."""
    return _STORES[0].offers(actor, wanted) if _STORES and wanted else {}


def take_stored(*, actor: Actor, uid: UUID, component_code: str, draft_key: str) -> Attachment:
    """Use a stored paper in the actor's draft.

    Raises:
        NotFound: there is no such paper of the actor's, it ran out, or its owner forbade it.
        DraftFull: the draft takes no more files.
    """
    return _store().take(actor=actor, uid=uid, component_code=component_code, draft_key=draft_key)


def take_stored_by_code(
    *, actor: Actor, code: str, component_code: str, draft_key: str
) -> Attachment:
    """Use in the actor's draft the paper whose owner gave out this code.

    Raises:
        NotFound: no such code, used, run out or taken back; or the paper may not be used.
        DraftFull: the draft takes no more files.
    """
    return _store().take_by_code(
        actor=actor, code=code, component_code=component_code, draft_key=draft_key
    )


def store_at_counter(actor: Actor, visitor: Visitor, wanted: Mapping[str, str]) -> CounterStore:
    """What a clerk sees of the store of who stands at the counter."""
    if not _STORES or not visitor.identity_number:
        return CounterStore()
    return _STORES[0].at_counter(actor, visitor, wanted)


def agree_to_look(*, actor: Actor, visitor: Visitor) -> None:
    """Write down that the visitor lets this clerk look into their store for this dossier.

    Raises:
        NotFound: the visitor has no store. NotAllowed: the actor may not ask at that centre.
    """
    _store().agree(actor=actor, visitor=visitor)


def take_at_counter(
    *, actor: Actor, visitor: Visitor, uid: UUID, component_code: str
) -> Attachment:
    """Use a paper of the visitor's in the clerk's draft.

    Raises:
        NotFound: not agreed, taken back, no such paper, or it may not be used.
        DraftFull: the draft takes no more files.
    """
    return _store().take_at_counter(
        actor=actor, visitor=visitor, uid=uid, component_code=component_code
    )


def digitise_paper(*, actor: Actor, order: ScanOrder) -> str:
    """Begin digitising a paper; the address of the page where it goes on.

    Raises:
        NotFound: no slice digitises. NotAllowed: the actor may not at that centre.
    """
    return _store().digitise(actor=actor, order=order)


def note_look(actor: Actor, seen: Seen) -> None:
    """Tell the store that somebody is shown bytes."""
    if _STORES:
        _STORES[0].looked(actor, seen)
