"""Compiled tables by checksum: read once per process, since published rows never change."""

from __future__ import annotations

from motcua.casework.workflow.models import ProcessDefinition
from motcua.casework.workflow.rules import Definition, definition_from

_MOST = 1000
_tables: dict[str, Definition] = {}


def tables(definition_id: int, checksum: str) -> Definition:
    """The tables of a published definition; one statement the first time, none after."""
    known = _tables.get(checksum)
    if known is None:
        data = ProcessDefinition.objects.values_list("compiled", flat=True).get(pk=definition_id)
        known = remember(checksum, definition_from(data))
    return known


def remember(checksum: str, definition: Definition) -> Definition:
    """Keep tables for later moves; the oldest go when there are too many."""
    while len(_tables) >= _MOST:
        _tables.pop(next(iter(_tables)), None)
    _tables[checksum] = definition
    return definition
