"""Which centre, which fields, and what its head sets up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from motcua.casework.access.public import Actor, allowed
from motcua.casework.agencies.public import Agency
from motcua.foundation.errors import NotAllowed
from motcua.foundation.remembering import remembered
from motcua.foundation.timesource import today
from motcua.subsystems.procedures.public import procedure_fields
from motcua.subsystems.reception.manifest import MANAGE, SERVE
from motcua.subsystems.reception.models import Counter, Device, SlotPlan


def centre_of(actor: Actor, permission: str = SERVE) -> Agency:
    """The centre in whose hall the actor works.

    Raises:
        NotAllowed: in none.
    """
    for post in actor.posts:
        if allowed(actor, permission, agency_id=post.agency_id):
            return agency_by_id(post.agency_id)
    raise NotAllowed


@remembered("agencies.Agency")
def agency_by_id(agency_id: int) -> Agency:
    """An agency. Remembered for seconds."""
    return Agency.objects.get(pk=agency_id)


def field_codes() -> list[str]:
    """Every field with a procedure in force, in order: the letters of the numbers."""
    return list(_fields(today()))


def field_names(english: bool = False) -> dict[str, str]:
    """Code → name of those fields in a language."""
    return {code: en if english else vi for code, (vi, en) in _fields(today()).items()}


@remembered("procedures.Field", "procedures.ProcedureVersion")
def _fields(on: dt.date) -> dict[str, tuple[str, str]]:
    return {f.code: (f.name, f.name_en) for f, _count in procedure_fields(on)}


@dataclass(frozen=True, slots=True)
class Setup:
    """Counters, devices and the plan of a centre, for its head. Three statements."""

    agency: Agency
    counters: Sequence[Counter]
    devices: Sequence[Device]
    plan: SlotPlan | None


def setup_of(actor: Actor) -> Setup:
    """What the head sets up. Raises NotAllowed."""
    agency = centre_of(actor, MANAGE)
    devices = Device.objects.filter(agency=agency, ended_at=None).select_related("counter")
    plans = SlotPlan.objects.filter(agency=agency, valid_from__lte=today())
    return Setup(
        agency,
        list(Counter.objects.filter(agency=agency)),
        list(devices.order_by("kind", "pk")),
        plans.order_by("-valid_from").first(),
    )
