"""Every write to agencies: founding, merging, posts, memberships, delegations."""

# Django's field types come from a mypy plugin that pyright lacks.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from django.db import transaction

from motcua.casework.access.public import Actor, declare_permission, move_viewer, require
from motcua.casework.agencies.models import Agency, Delegation, Membership, Post, Succession
from motcua.casework.agencies.rules import NO_SUBDELEGATION, ROLES
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, Conflict, InvalidInput
from motcua.foundation.outbox.public import emit
from motcua.foundation.timesource import now, today

declare_permission(
    "agencies.manage",
    "Lập, sáp nhập cơ quan; giao vị trí; uỷ quyền ký",
    "Found and merge agencies, fill posts, delegate signing",
    roles=["administrator"],
)

Mover = Callable[[Actor, int, int, dt.date], dict[str, int]]
_movers: dict[str, Mover] = {}


class AlreadyMerged(Conflict):
    """The agency has ended or its successor does not live."""

    code = "already-merged"
    message = Bilingual(
        "Cơ quan đã kết thúc hoặc cơ quan kế thừa chưa hoạt động vào ngày này.",
        "The agency has ended, or its successor is not active on this date.",
    )
    advice = Bilingual(
        "Kiểm tra ngày hiệu lực và cơ quan kế thừa.", "Check the date and the successor."
    )


class MergeAheadOfTime(Conflict):
    """Open cases move at once: a merge is carried out on its day, not before."""

    code = "merge-ahead-of-time"
    message = Bilingual(
        "Việc sáp nhập có hiệu lực từ {day}, chưa thể thực hiện hôm nay.",
        "The merger takes effect on {day} and cannot be carried out today.",
    )
    advice = Bilingual(
        "Thực hiện vào ngày có hiệu lực.", "Carry it out on the day it takes effect."
    )


class NoSubdelegation(Conflict):
    """A power held by written authority (TUQ.) may not be passed on."""

    code = "no-subdelegation"
    message = Bilingual(
        "Người được thừa uỷ quyền không được uỷ quyền lại.",
        "Somebody who signs by authority may not delegate it further.",
    )
    advice = Bilingual(
        "Đề nghị người uỷ quyền ban đầu ra văn bản mới (Nghị định 30/2020/NĐ-CP, Điều 13).",
        "Ask the person who gave the authority for a new document (Decree 30/2020, Art. 13).",
    )


def on_succession(name: str, mover: Mover) -> None:
    """Register what moves when an agency is merged into another, e.g. its open cases.

    ``mover(actor, predecessor_id, successor_id, effective_on)`` runs inside the
    merge's transaction and returns counts for the report.
    """
    _movers[name] = mover


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


@transaction.atomic
def merge_agencies(
    *, actor: Actor, predecessor_id: int, successor_id: int, effective_on: dt.date, decision: str
) -> dict[str, int]:
    """End an agency and hand everything open to its successor.

    Open cases, posts with their holders, registers and permissions move; closed
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
    Succession.objects.create(
        predecessor=old,
        successor=new,
        effective_on=effective_on,
        decision=decision,
        recorded_at=now(),
    )
    report = {"posts": _move_posts(old.pk, new.pk, effective_on)}
    move_viewer(f"a:{old.pk}", f"a:{new.pk}")
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
    """Open the same posts in the successor, move their holders, end the old ones."""
    last_day = effective_on - dt.timedelta(days=1)
    posts = list(Post.objects.filter(agency_id=old, valid_to__isnull=True))
    for post in posts:
        successor = Post.objects.create(
            agency_id=new,
            role=post.role,
            title=post.title,
            title_en=post.title_en,
            authority=post.authority,
            division=post.division,
            fields=post.fields,
            valid_from=effective_on,
            moved_from=post,
        )
        held = Membership.objects.filter(post=post, valid_to__isnull=True)
        Membership.objects.bulk_create(
            [
                Membership(
                    account_id=row.account_id,
                    post=successor,
                    substitute=row.substitute,
                    valid_from=effective_on,
                )
                for row in held
            ]
        )
        held.update(valid_to=last_day)
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(valid_to=last_day)
    return len(posts)


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
def delegate(
    *,
    actor: Actor,
    from_post_id: int,
    to_post_id: int,
    form: str,
    document: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    scope: Iterable[str] = (),
) -> Delegation:
    """Record that one post signs for another (Nghị định 30/2020, Điều 13).

    Raises:
        InvalidInput: no document; a TUQ. without an end; an unknown form.
        NoSubdelegation: the giver itself only holds a TUQ.
    """
    require(actor, "agencies.manage")
    problems: dict[str, Bilingual] = {}
    if not document.strip():
        problems["document"] = Bilingual("Hãy nêu văn bản uỷ quyền.", "Name the document.")
    if form not in Delegation.Form.values:
        problems["form"] = Bilingual("Hình thức ký không hợp lệ.", "Unknown form of signing.")
    if form == Delegation.Form.TUQ.value and valid_to is None:
        problems["valid_to"] = Bilingual(
            "Thừa uỷ quyền phải có thời hạn.", "An authority must have an end date."
        )
    if problems:
        raise InvalidInput(problems)
    giver = Post.objects.get(pk=from_post_id)
    if (
        giver.authority != "own"
        and giver.delegations_held.filter(form__in=NO_SUBDELEGATION).exists()
    ):
        raise NoSubdelegation
    row = Delegation.objects.create(
        agency_id=giver.agency_id,
        from_post_id=from_post_id,
        to_post_id=to_post_id,
        form=form,
        scope=list(scope),
        document=document,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    record(
        actor=actor,
        chain=f"agency:{giver.agency_id}",
        verb="agencies.delegate",
        after={"from": from_post_id, "to": to_post_id, "form": form, "document": document},
    )
    return row


@transaction.atomic
def revoke_delegation(*, actor: Actor, delegation_id: int) -> None:
    """End a delegation now."""
    require(actor, "agencies.manage")
    row = Delegation.objects.get(pk=delegation_id)
    if row.revoked_at is None:
        row.revoked_at = now()
        row.save(update_fields=["revoked_at"])
        record(
            actor=actor,
            chain=f"agency:{row.agency_id}",
            verb="agencies.revoke_delegation",
            after={"delegation": delegation_id},
        )
