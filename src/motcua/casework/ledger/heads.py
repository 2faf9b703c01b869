"""Where chains end: read, remembered for the transaction, mirrored for the next one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection

from motcua.casework.ledger.models import Entry
from motcua.casework.ledger.rules import GENESIS, Head

_mirrors: dict[str, Callable[[Head], object]] = {}


def head_of(chain: str) -> Head:
    """The end of a chain; number 0 when nothing was recorded yet. One statement."""
    last = Entry.objects.filter(chain=chain).order_by("-seq").values_list("seq", "hash").first()
    return Head(chain, *last) if last else Head(chain, 0, GENESIS)


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

    __slots__ = ("head",)

    def __init__(self, head: Head) -> None:
        self.head = head

    def __call__(self) -> None:
        _memory().clear()


def _memory() -> dict[str, _Marker]:
    holder: Any = connection
    try:
        return holder.motcua_ledger_heads
    except AttributeError:
        holder.motcua_ledger_heads = {}
        return holder.motcua_ledger_heads


def remember(head: Head) -> None:
    """Note the end that this transaction gave a chain."""
    marker = _Marker(head)
    _memory()[head.chain] = marker
    connection.on_commit(marker)


def remembered(chain: str) -> Head | None:
    """The end that this transaction gave a chain, if it wrote to it and still will commit."""
    marker = _memory().get(chain)
    if marker is None:
        return None
    if any(hook[1] is marker for hook in reversed(connection.run_on_commit)):
        return marker.head
    del _memory()[chain]
    return None
