"""Who stands in for an absent colleague: the same posts for a few days, without signing power."""

# Django's field types come from a mypy plugin that pyright lacks.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F

from motcua.casework.access.public import Actor, require
from motcua.casework.agencies.models import Membership
from motcua.casework.agencies.permissions import STAND_IN
from motcua.casework.agencies.rules import may_stand_in
from motcua.casework.agencies.selectors import in_force_on
from motcua.casework.ledger.public import record


@transaction.atomic
def let_stand_in(
    *,
    actor: Actor,
    agency_id: int,
    absent_id: int,
    substitute_id: int,
    begins: dt.date,
    ends: dt.date,
) -> list[Membership]:
    """Give a substitute the absent person's posts in an agency, from a day to a day (both in).

    Posts that sign on their own power are left out: signing passes by delegation only
    (Nghị định 30/2020/NĐ-CP, Điều 13). It ends by itself; nothing has to be taken back.

    Raises:
        NotAllowed: the actor is no head of this agency.
    """
    require(actor, STAND_IN, agency_id=agency_id)
    held = Membership.objects.filter(
        in_force_on(begins),
        in_force_on(begins, "post__"),
        account_id=absent_id,
        post__agency_id=agency_id,
        substitute=False,
    ).select_related("post")
    rows = [
        Membership(
            account_id=substitute_id,
            post=one.post,
            substitute=True,
            stands_for_id=absent_id,
            valid_from=begins,
            valid_to=ends,
        )
        for one in held
        if may_stand_in(one.post.role, one.post.authority)
    ]
    Membership.objects.bulk_create(rows)
    _note(actor, agency_id, "agencies.stand_in", absent_id, substitute_id, ends)
    return rows


@transaction.atomic
def end_standing_in(
    *, actor: Actor, agency_id: int, absent_id: int, substitute_id: int, last_day: dt.date
) -> int:
    """Let a substitution end earlier; one that has not begun never begins.

    Returns:
        How many posts were given back.

    Raises:
        NotAllowed: the actor is no head of this agency.
    """
    require(actor, STAND_IN, agency_id=agency_id)
    rows = Membership.objects.filter(
        account_id=substitute_id,
        stands_for_id=absent_id,
        post__agency_id=agency_id,
        valid_to__gt=last_day,
    )
    begun = rows.filter(valid_from__lte=last_day).update(valid_to=last_day)
    # Kept as history, over before it began.
    never = rows.filter(valid_from__gt=last_day).update(
        valid_to=F("valid_from") - dt.timedelta(days=1)
    )
    _note(actor, agency_id, "agencies.end_stand_in", absent_id, substitute_id, last_day)
    return begun + never


def _note(
    actor: Actor, agency_id: int, verb: str, absent_id: int, substitute_id: int, until: dt.date
) -> None:
    record(
        actor=actor,
        chain=f"agency:{agency_id}",
        verb=verb,
        after={"absent": absent_id, "substitute": substitute_id, "until": until.isoformat()},
    )
