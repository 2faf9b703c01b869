"""A merge: an agency ends and everything open goes to its successor."""

# Django's field types come from a mypy plugin that pyright lacks.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.db.models import Q

from motcua.casework.access.public import Actor, move_viewer, require
from motcua.casework.agencies.errors import AlreadyMerged, MergeAheadOfTime
from motcua.casework.agencies.models import (
    Agency,
    AgencyIdentifier,
    Membership,
    Post,
    Succession,
)
from motcua.casework.ledger.public import record
from motcua.foundation.outbox.public import emit
from motcua.foundation.timesource import now, today

Mover = Callable[[Actor, int, int, dt.date], dict[str, int]]
_movers: dict[str, Mover] = {}


def on_succession(name: str, mover: Mover) -> None:
    """Register what moves when an agency is merged into another, e.g. its open cases.

    ``mover(actor, predecessor_id, successor_id, effective_on)`` runs inside the
    merge's transaction and returns counts for the report.
    """
    _movers[name] = mover


@transaction.atomic
def merge_agencies(
    *, actor: Actor, predecessor_id: int, successor_id: int, effective_on: dt.date, decision: str
) -> dict[str, int]:
    """End an agency and hand everything open to its successor.

    Open cases, posts with their holders, registers and permissions move; official
    identifiers end with the agency that bore them; closed
    cases, history and statistics stay with the agency that made them. Emits
    ``agencies.merged``.

    Returns:
        How many rows of each kind moved.

    Raises:
        AlreadyMerged: the predecessor has ended or the successor does not live.
    """
    require(actor, "agencies.manage")
    rows = Agency.objects.select_for_update().in_bulk([predecessor_id, successor_id])
    old, new = rows[predecessor_id], rows[successor_id]
    if old.valid_to is not None or new.valid_to is not None or new.valid_from > effective_on:
        raise AlreadyMerged
    if effective_on > today():
        raise MergeAheadOfTime(day=f"{effective_on:%d/%m/%Y}")
    old.valid_to = effective_on - dt.timedelta(days=1)
    old.save(update_fields=["valid_to"])
    AgencyIdentifier.objects.filter(agency=old, valid_to__isnull=True).update(valid_to=old.valid_to)
    Succession.objects.create(
        predecessor=old,
        successor=new,
        effective_on=effective_on,
        decision=decision,
        recorded_at=now(),
    )
    report = {
        "posts": _move_posts(old.pk, new.pk, effective_on),
        "cases_opened": move_viewer(f"a:{old.pk}", f"a:{new.pk}"),
    }
    for mover in _movers.values():
        report |= mover(actor, old.pk, new.pk, effective_on)
    details = {"successor": new.pk, "from": effective_on.isoformat(), "decision": decision}
    record(
        actor=actor,
        chain=f"agency:{old.pk}",
        verb="agencies.merge",
        before={"valid_to": None},
        after={**details, "moved": report},
    )
    emit("agencies.merged", str(old.pk), details)
    return report


def _move_posts(old: int, new: int, effective_on: dt.date) -> int:
    """Open the same posts in the successor, move their holders, end the old ones.

    Six statements, however many posts.
    """
    last_day = effective_on - dt.timedelta(days=1)
    left = list(Post.objects.filter(agency_id=old, valid_to__isnull=True))
    if not left:
        return 0
    opened = {post.pk: _same_post(post, new, effective_on) for post in left}
    Post.objects.bulk_create(opened.values())
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=effective_on)
    held = list(Membership.objects.filter(still, post__in=left))
    Membership.objects.bulk_create(
        Membership(
            account_id=row.account_id,
            post=opened[row.post_id],
            substitute=row.substitute,
            stands_for_id=row.stands_for_id,
            valid_from=max(effective_on, row.valid_from),
            valid_to=row.valid_to,
        )
        for row in held
    )
    Membership.objects.filter(pk__in=[row.pk for row in held]).update(valid_to=last_day)
    Post.objects.filter(pk__in=list(opened)).update(valid_to=last_day)
    return len(left)


def _same_post(post: Post, agency_id: int, valid_from: dt.date) -> Post:
    return Post(
        agency_id=agency_id,
        role=post.role,
        title=post.title,
        title_en=post.title_en,
        authority=post.authority,
        division=post.division,
        fields=post.fields,
        valid_from=valid_from,
        moved_from=post,
    )
