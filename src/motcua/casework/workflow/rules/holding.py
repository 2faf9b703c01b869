"""Who may take a move: a post of the right role in the right agency, or the applicant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

COUNTER_ROLE = "receiving_clerk"
APPLICANT = "applicant"


class PostLike(Protocol):
    """A post held today, as ``access.PostRef``."""

    @property
    def agency_id(self) -> int: ...
    @property
    def role(self) -> str: ...


class ActorLike(Protocol):
    """Who acts, as ``access.Actor``."""

    @property
    def kind(self) -> str: ...
    @property
    def posts(self) -> Iterable[PostLike]: ...
    @property
    def party_id(self) -> int | None: ...
    @property
    def on_behalf_of(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is: a role in an agency; for the applicant also the parties and the counter."""

    role: str
    agency_id: int | None
    parties: frozenset[int] = frozenset()
    counter_id: int | None = None


def may_act(actor: ActorLike, turn: Turn) -> bool:
    """Whether the actor may take a move that is this turn's.

    Substitutes hold the post they stand in for, so they need no rule here.
    What is the applicant's to do, the receiving clerk may enter at the counter.
    """
    if turn.role == APPLICANT:
        if actor.kind == "citizen" or (actor.kind == "client" and actor.on_behalf_of is not None):
            return bool({actor.party_id, actor.on_behalf_of} & turn.parties)
        return _holds_post(actor, COUNTER_ROLE, turn.counter_id)
    return turn.agency_id is not None and _holds_post(actor, turn.role, turn.agency_id)


def _holds_post(actor: ActorLike, role: str, agency_id: int | None) -> bool:
    if actor.kind not in {"official", "client"}:
        return False
    return any(post.role == role and post.agency_id == agency_id for post in actor.posts)
