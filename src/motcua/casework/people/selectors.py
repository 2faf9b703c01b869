"""Every read of parties and representations."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from motcua.casework.people.models import Party, Representation
from motcua.casework.people.rules import clean_identity
from motcua.foundation.crypto import keyed_hash


def party_by_identity(number: str) -> Party | None:
    """The party proven to hold this identity number, found by its keyed hash."""
    digest = keyed_hash(clean_identity(number))
    if not digest:
        return None
    return Party.objects.filter(identity_hash=digest, identity_proven=True).first()


def identity_known(number: str) -> bool:
    """Whether the house knows this number already, proven or only claimed."""
    digest = keyed_hash(clean_identity(number))
    return bool(digest) and Party.objects.filter(identity_hash=digest).exists()


def representations_of(agent_id: int, on: dt.date) -> list[Representation]:
    """For whom a party may act on a date."""
    return list(
        Representation.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
            agent_id=agent_id,
            valid_from__lte=on,
            revoked_at__isnull=True,
        ).select_related("principal")
    )


def may_act_for(agent_id: int, principal_id: int, on: dt.date, scope: str = "*") -> bool:
    """Whether an agent may act for a principal on a date and in a scope (``*`` = anything)."""
    if agent_id == principal_id:
        return True
    return any(
        row.principal_id == principal_id and (not row.scope or scope in row.scope)
        for row in representations_of(agent_id, on)
    )
