"""The units until 30 June 2025: which of them live on in the demo's past, and their merger.

Every new unit that took over a whole unit of the same code has that one in the past:
its officials work from the beginning of the demo's history, and on the day of the
merger an administrator hands its open work over by the real service.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from motcua.casework.access.public import Actor
from motcua.casework.agencies.public import (
    Agency,
    Membership,
    agency_by_code,
    close_post,
    merge_agencies,
)
from motcua.foundation.timesource import CITY_ZONE
from motcua.web.demo.city_plan import DECISION, FORMER, LAST_DAY, TWO_LEVELS

MERGER = dt.datetime.combine(TWO_LEVELS, dt.time(0, 5), CITY_ZONE)
"""When the merger is carried out: on its day, before the offices open."""


def former_agencies() -> list[Agency]:
    """The former units that have not been merged yet."""
    return list(Agency.objects.filter(code__startswith=FORMER, valid_to__isnull=True))


def merge_former(actor: Actor, falls_to_us: Callable[[str], bool]) -> dict[int, int]:
    """Merge the living former units, each into the new unit of its code.

    There is one chair for a new unit: those of the former units end with them.

    Args:
        falls_to_us: whether a commune code belongs to this process's share.

    Returns:
        The successor's id by the former unit's.
    """
    merged: dict[int, int] = {}
    for old in former_agencies():
        if not falls_to_us(old.commune_code):
            continue
        new = agency_by_code(f"ubnd-{old.commune_code}")
        for chair in Membership.objects.filter(post__agency=old, post__role="leader"):
            close_post(actor=actor, post_id=chair.post_id, last_day=LAST_DAY)
        merge_agencies(
            actor=actor,
            predecessor_id=old.pk,
            successor_id=new.pk,
            effective_on=TWO_LEVELS,
            decision=DECISION,
        )
        merged[old.pk] = new.pk
    return merged
