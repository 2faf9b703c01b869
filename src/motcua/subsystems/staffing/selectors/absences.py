"""Who is away, who stands in, who could."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q

from motcua.casework.access.public import Actor, allowed
from motcua.casework.agencies.public import Membership, in_force_on
from motcua.foundation.errors import NotFound
from motcua.foundation.timesource import today
from motcua.subsystems.staffing.manifest import APPROVE
from motcua.subsystems.staffing.models import Absence

PAST = dt.timedelta(days=60)
MOST = 200


def _open_to(actor: Actor) -> Q:
    """One's own, those one stands in for, and those of agencies one heads."""
    heads = [a for a in actor.agency_ids if allowed(actor, APPROVE, agency_id=a)]
    own = Q(account_id=actor.account_id) | Q(substitute_id=actor.account_id)
    return own | Q(agency_id__in=heads)


def absences(actor: Actor) -> list[Absence]:
    """Absences open to the actor that are not long over, the next ones first. One statement."""
    rows = Absence.objects.filter(_open_to(actor), ends__gte=today() - PAST)
    return list(
        rows.select_related("account", "substitute", "agency").order_by("-ends", "-pk")[:MOST]
    )


def absence_of(actor: Actor, uid: UUID | str) -> Absence:
    """One absence open to the actor.

    Raises:
        NotFound: absent and forbidden alike.
    """
    rows = Absence.objects.filter(_open_to(actor), uid=uid)
    found = rows.select_related("account", "substitute", "agency").first()
    if found is None:
        raise NotFound
    return found


def away_on(agency_id: int, on: dt.date) -> frozenset[int]:
    """The accounts of an agency that are away on a day. One statement."""
    rows = Absence.objects.filter(
        agency_id=agency_id, state=Absence.State.APPROVED, begins__lte=on, ends__gte=on
    )
    return frozenset(rows.values_list("account_id", flat=True))


def standing_in_today(actor: Actor) -> list[Absence]:
    """Absences of today in which the actor is the absent one or stands in. One statement."""
    on = today()
    own = Q(account_id=actor.account_id) | Q(substitute_id=actor.account_id)
    rows = Absence.objects.filter(own, state=Absence.State.APPROVED, begins__lte=on, ends__gte=on)
    return list(rows.select_related("account", "substitute").order_by("pk"))


def colleagues(agency_id: int, but: int | None, on: dt.date) -> list[tuple[int, str]]:
    """Who works in an agency on a day, with the posts held: who could stand in. One statement."""
    held = (
        Membership.objects.filter(
            in_force_on(on), in_force_on(on, "post__"), post__agency_id=agency_id, substitute=False
        )
        .exclude(account_id=but)
        .select_related("account", "post")
        .order_by("account__display_name", "pk")
    )
    found: dict[int, str] = {}
    for one in held:
        found.setdefault(one.account_id, f"{one.account.display_name} — {one.post.title}")
    return list(found.items())
