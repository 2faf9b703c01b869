"""Founding an agency."""

# Django's field types come from a mypy plugin that pyright lacks.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

from django.db import transaction

from motcua.casework.access.public import Actor, require
from motcua.casework.agencies.models import Agency
from motcua.casework.ledger.public import record


@transaction.atomic
def found_agency(*, actor: Actor, agency: Agency) -> Agency:
    """Save a new agency and record its founding."""
    require(actor, "agencies.manage")
    agency.save(force_insert=True)
    record(
        actor=actor,
        chain=f"agency:{agency.pk}",
        verb="agencies.found",
        after={"code": agency.code, "from": agency.valid_from.isoformat()},
        new_chain=True,
    )
    return agency
