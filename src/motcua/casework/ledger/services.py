"""Writing acts. Called by every service of the house inside its own transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import IntegrityError, connection

from motcua.casework.ledger.heads import head_of, mirror, remember, remembered
from motcua.casework.ledger.models import Entry
from motcua.casework.ledger.rules import (
    GENESIS,
    Act,
    ActorLike,
    Head,
    case_id_of,
    entry_hash,
    moment_text,
    plain,
)
from motcua.foundation.crypto import encrypt, keyed_hash
from motcua.foundation.errors import Bilingual, Conflict
from motcua.foundation.statements import fresh, insert
from motcua.foundation.timesource import now
from motcua.foundation.transactions import savepoint_depth


@dataclass(slots=True)
class _Gathered:
    """Acts waiting for one insert, and how deep in savepoints the gathering began."""

    depth: int
    known: dict[str, Head]
    rows: list[Entry] = field(default_factory=list[Entry])
    mirrored: set[str] = field(default_factory=set[str])


_gathered: ContextVar[_Gathered | None] = ContextVar("motcua_ledger_gathered", default=None)


def record(
    *,
    actor: ActorLike,
    chain: str,
    verb: str,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    case_id: int | None = None,
    at: dt.datetime | None = None,
    head: Head | None = None,
    new_chain: bool = False,
    agency_id: int | None = None,
    authority: str | None = None,
    summary: Bilingual | None = None,
) -> Head:
    """Append one act to a chain and return the chain's new end.

    One read of the chain's end and one insert; the read is saved when the
    caller passes ``head``, says ``new_chain``, or wrote to the chain before in
    the same transaction (a ``head`` older than that is not used). Wrap personal data inside
    ``before`` and ``after`` in :class:`Private`.

    Args:
        chain: ``case:<pk>``, ``agency:<pk>``, ``catalogue``…; at most 80 characters.
        case_id: taken from a case chain when absent.
        at: when it was done (aware); now, when absent.
        agency_id: for which agency; the actor's only agency when absent.
        authority: the signing formula used, such as ``KT. Chủ tịch``.

    Raises:
        Conflict: somebody else wrote to the chain since its end was read; the
            transaction is lost and the whole act must be repeated.
        RuntimeError: called outside a transaction.
    """
    act = Act(actor, chain, verb, before, after, case_id, at, agency_id, authority, summary)
    heads = {chain: head} if head is not None else None
    return record_many([act], heads=heads, new_chains=[chain] if new_chain else ())[chain]


def record_many(
    acts: Sequence[Act],
    *,
    heads: Mapping[str, Head] | None = None,
    new_chains: Sequence[str] = (),
) -> dict[str, Head]:
    """Append several acts, also of different chains, with one insert.

    Returns the new end of every chain written to. Errors as for :func:`record`.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a ledger entry must be written in the transaction of its act")
    given = dict(heads or {}) | {chain: Head(chain, 0, GENESIS) for chain in new_chains}
    ends = _ends({act.chain for act in acts}, given)
    rows: list[Entry] = []
    for act in acts:
        row, ends[act.chain] = _entry(act, ends[act.chain])
        rows.append(row)
    gathered = _gathered.get()
    if gathered is None or savepoint_depth() > gathered.depth:
        # Inside a savepoint that may be rolled back alone, acts are written at once.
        _insert(rows)
    else:
        gathered.rows += rows
    for head in ends.values():
        remember(head)
        if head.chain in given:
            if gathered is not None:
                gathered.mirrored.discard(head.chain)  # this writer tells the mirror itself
            continue
        if gathered is None:
            mirror(head)
        else:
            gathered.mirrored.add(head.chain)
    return ends


@contextmanager
def gathering(known: Head | None = None) -> Generator[None]:
    """Collect the acts recorded inside the block and write them with one insert at its end.

    ``known`` is where a chain ends as the caller read it, so that nobody inside asks again.

    For a service that calls several others, each of which records its own act.
    Hashes and order are the same as without it. An exception drops what was
    collected, as the transaction is lost anyway; a block inside joins the outer one.
    """
    if _gathered.get() is not None:
        yield
        return
    gathered = _Gathered(savepoint_depth(), {known.chain: known} if known else {})
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    _insert(gathered.rows)
    for chain in sorted(gathered.mirrored):
        mirror(remembered(chain) or head_of(chain))


def _insert(rows: list[Entry]) -> None:
    if not rows:
        return
    try:
        insert(*rows)
    except IntegrityError as error:
        raise Conflict from error


def _ends(chains: set[str], given: Mapping[str, Head]) -> dict[str, Head]:
    """The present end of each chain: what this transaction wrote last, else what the
    caller knows, else one indexed read (nearly always of one chain)."""
    ends: dict[str, Head] = {}
    gathered = _gathered.get()
    told = gathered.known if gathered is not None else {}
    for chain in sorted(chains):
        head = remembered(chain)
        known = given.get(chain) or told.get(chain)
        if head is None or (known is not None and known.seq > head.seq):
            head = known
        ends[chain] = head_of(chain) if head is None else head
    return ends


def _entry(act: Act, head: Head) -> tuple[Entry, Head]:
    agencies = act.actor.agency_ids
    at = act.at or now()
    fields: dict[str, object] = {
        "chain": act.chain,
        "seq": head.seq + 1,
        "at": moment_text(at),
        "actor_kind": act.actor.kind,
        "actor_id": act.actor.account_id,
        "actor_name": act.actor.name[:200],
        "on_behalf_of": act.actor.on_behalf_of,
        "authority": (act.actor.authority if act.authority is None else act.authority)[:120],
        "agency_id": act.agency_id or (next(iter(agencies)) if len(agencies) == 1 else None),
        "verb": act.verb,
        "summary": plain(act.summary, seal),
        "before": plain(act.before, seal),
        "after": plain(act.after, seal),
        "case_id": act.case_id if act.case_id is not None else case_id_of(act.chain),
        "prev_hash": head.hash or GENESIS,
    }
    digest = entry_hash(fields)
    fields["at"] = at
    return fresh(Entry, **fields, hash=digest), Head(act.chain, head.seq + 1, digest)


def seal(text: str) -> dict[str, str]:
    """How a private text is stored: comparable by its keyed hash, readable only with the key."""
    return {"hash": keyed_hash(text, purpose="ledger"), "sealed": encrypt(text)}
