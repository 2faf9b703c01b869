"""Where chains end: read, remembered for the transaction, mirrored for the next one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from motcua.casework.ledger.models import Entry
from motcua.casework.ledger.rules import GENESIS, Head
from motcua.foundation.statements import Prepared

_LAST = Prepared(
    lambda chain: Entry.objects.filter(chain=chain).order_by("-seq").only("seq", "hash")[:1], str
)
_mirrors: dict[str, Callable[[Head], object]] = {}


def head_of(chain: str) -> Head:
    """The end of a chain; number 0 when nothing was recorded yet. One statement."""
    last = _LAST.first(chain)
    return Head(chain, last.seq, last.hash) if last else Head(chain, 0, GENESIS)


def opening_of(path: str) -> Subquery:
    """The hash of the first entry of a case's chain, as a column of somebody's query.

    ``path`` names the case's key in that query.
    """
    chain = Concat(Value("case:"), Cast(OuterRef(path), CharField()))
    return Subquery(Entry.objects.filter(chain=chain, seq=1).values("hash")[:1])


def mirror_heads(kind: str, write: Callable[[Head], object]) -> None:
    """Have the ends of all chains ``<kind>:…`` told to ``write``, in the writer's transaction.

    For a table that keeps the end of its rows' chains, so that its own services
    need not read it. Not called for acts whose writer passed ``head`` or
    ``new_chain``: that writer keeps the mirror itself.
    """
    _mirrors[kind] = write


def mirror(head: Head) -> None:
    """Tell the mirror of this kind of chain, if there is one."""
    write = _mirrors.get(head.chain.partition(":")[0])
    if write is not None:
        write(head)


class _Marker:
    """Stands among the transaction's commit hooks for as long as its write can be committed.

    Django takes a hook away when the savepoint or transaction it was set in is
    rolled back: so its presence says that the remembered end is true.
    """

    __slots__ = ("head", "place")

    def __init__(self, head: Head) -> None:
        self.head = head
        self.place = len(connection.run_on_commit)

    def __call__(self) -> None:
        _memory().clear()

    def stands(self) -> bool:
        hooks = connection.run_on_commit
        if self.place < len(hooks) and hooks[self.place][1] is self:
            return True
        return any(hook[1] is self for hook in hooks)


def _memory() -> dict[str, list[_Marker]]:
    holder: Any = connection
    try:
        return holder.motcua_ledger_heads
    except AttributeError:
        holder.motcua_ledger_heads = {}
        return holder.motcua_ledger_heads


def remember(head: Head) -> None:
    """Note the end that this transaction gave a chain."""
    marker = _Marker(head)
    _memory().setdefault(head.chain, []).append(marker)
    connection.on_commit(marker)


def remembered(chain: str) -> Head | None:
    """The end that this transaction gave a chain, if it wrote to it and still will commit."""
    markers = _memory().get(chain)
    while markers:
        if markers[-1].stands():
            return markers[-1].head
        markers.pop()
    return None
