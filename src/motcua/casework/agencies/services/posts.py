"""Posts: opened, filled, vacated, closed."""

# Django's field types come from a mypy plugin that pyright lacks.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from motcua.casework.access.public import Actor, require
from motcua.casework.agencies.models import Membership, Post
from motcua.casework.agencies.rules import ROLES
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, InvalidInput


@transaction.atomic
def open_post(
    *,
    actor: Actor,
    agency_id: int,
    role: str,
    title: str,
    valid_from: dt.date,
    title_en: str = "",
    authority: str = "",
    division: str = "",
    fields: Iterable[str] = (),
) -> Post:
    """Open a post in an agency. ``authority="own"`` lets it sign on its own power.

    Raises:
        InvalidInput: the role is not one of :data:`ROLES`.
    """
    require(actor, "agencies.manage")
    if role not in ROLES:
        raise InvalidInput({"role": Bilingual("Vai trò không tồn tại.", "No such role.")})
    post = Post.objects.create(
        agency_id=agency_id,
        role=role,
        title=title,
        title_en=title_en or ROLES[role].en,
        authority=authority,
        division=division,
        fields=list(fields),
        valid_from=valid_from,
    )
    record(
        actor=actor,
        chain=f"agency:{agency_id}",
        verb="agencies.open_post",
        after={"post": post.pk, "role": role},
    )
    return post


@transaction.atomic
def appoint(
    *,
    actor: Actor,
    account_id: int,
    post_id: int,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    substitute: bool = False,
) -> Membership:
    """Put an account into a post for a period, as holder or as substitute."""
    require(actor, "agencies.manage")
    row = Membership.objects.create(
        account_id=account_id,
        post_id=post_id,
        substitute=substitute,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    agency_id = Post.objects.values_list("agency_id", flat=True).get(pk=post_id)
    record(
        actor=actor,
        chain=f"agency:{agency_id}",
        verb="agencies.appoint",
        after={"account": account_id, "post": post_id, "substitute": substitute},
    )
    return row


@transaction.atomic
def end_appointment(*, actor: Actor, membership_id: int, last_day: dt.date) -> None:
    """Let a membership end on a day; it is kept for ever after as history."""
    require(actor, "agencies.manage")
    row = Membership.objects.select_related("post").get(pk=membership_id)
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    record(
        actor=actor,
        chain=f"agency:{row.post.agency_id}",
        verb="agencies.end_appointment",
        after={"membership": membership_id, "last_day": last_day.isoformat()},
    )


@transaction.atomic
def close_post(*, actor: Actor, post_id: int, last_day: dt.date) -> Post:
    """End a post and whoever holds it on a day, as when a merged ward needs one chair only.

    A merge opens again in the successor only the posts that are still open, so close
    before it what shall not be carried on. Closing it once more changes nothing.
    """
    require(actor, "agencies.manage")
    post = Post.objects.select_for_update().get(pk=post_id)
    if post.valid_to is not None:
        return post
    post.valid_to = last_day
    post.save(update_fields=["valid_to"])
    held = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=last_day))
    left = held.filter(post=post).update(valid_to=last_day)
    record(
        actor=actor,
        chain=f"agency:{post.agency_id}",
        verb="agencies.close_post",
        after={"post": post.pk, "last_day": last_day.isoformat(), "holders": left},
    )
    return post
