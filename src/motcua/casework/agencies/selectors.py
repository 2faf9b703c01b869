"""Every read of agencies, posts and signing authority."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.db.models import Q, QuerySet

from motcua.casework.agencies.models import (
    Agency,
    AgencyIdentifier,
    Delegation,
    Membership,
    Post,
    Succession,
)
from motcua.casework.agencies.rules import (
    SigningAuthority,
    final_successor,
    signing_lines,
    substitute_title,
)
from motcua.foundation.errors import NotAllowed, NotFound
from motcua.foundation.statements import Prepared


def in_force_on(on: dt.date, prefix: str = "") -> Q:
    """Rows valid on a date."""
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})
    )


def agency_by_code(code: str) -> Agency:
    """The agency with this internal code.

    Raises:
        NotFound: there is none.
    """
    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        raise NotFound
    return agency


def agency_by_identifier(scheme: str, value: str, on: dt.date) -> Agency | None:
    """The agency that bore an official code on a date, in either generation of codes."""
    row = (
        AgencyIdentifier.objects.filter(in_force_on(on), scheme=scheme, value=value)
        .select_related("agency")
        .first()
    )
    return row.agency if row else None


def identifier_of(agency_id: int, scheme: str, on: dt.date) -> str:
    """The official code that an agency bears on a date; empty when it has none. One statement."""
    rows = AgencyIdentifier.objects.filter(in_force_on(on), agency_id=agency_id, scheme=scheme)
    return rows.order_by("-valid_from").values_list("value", flat=True).first() or ""


def agencies_as_of(on: dt.date) -> QuerySet[Agency]:
    """The agencies that existed on a date."""
    return Agency.objects.filter(in_force_on(on))


def successor_of(agency_id: int, on: dt.date) -> int:
    """The id of the agency that carries on for this one on a date (itself if it lives)."""
    graph: dict[int, list[tuple[int, dt.date]]] = defaultdict(list)
    rows = Succession.objects.filter(partial=False).order_by("effective_on")
    for row in rows.values_list("predecessor_id", "successor_id", "effective_on"):
        graph[row[0]].append((row[1], row[2]))
    return final_successor(agency_id, graph, on)


def carried_on_by(agency: Agency, on: dt.date) -> int:
    """The id of who acts for an agency on a day. No statement while it lives, else one."""
    if agency.valid_to is None or agency.valid_to >= on:
        return agency.pk
    return successor_of(agency.pk, on)


def posts_of(account_id: int, on: dt.date) -> list[Post]:
    """The posts an account holds on a date, substitutions included. One statement.

    The title of a post held for an absent person says so: it goes into history and ledger.
    """
    held = Membership.objects.filter(
        in_force_on(on), in_force_on(on, "post__"), account_id=account_id
    ).select_related("post__agency", "stands_for")
    for membership in held:
        if membership.stands_for is not None:
            post, absent = membership.post, membership.stands_for.display_name
            post.title = substitute_title(post.title, absent)
    return [membership.post for membership in held]


def holders_of(agency_id: int, role: str, on: dt.date) -> list[Membership]:
    """Who holds a role in an agency on a date, holders before substitutes."""
    return _HOLDERS.all(agency_id, role, on)


_HOLDERS = Prepared(
    lambda agency_id, role, on: (
        Membership.objects.filter(
            in_force_on(on), in_force_on(on, "post__"), post__agency_id=agency_id, post__role=role
        )
        .select_related("post", "account")
        .order_by("substitute", "pk")
    ),
    int,
    str,
    dt.date,
)
_POST = Prepared(lambda pk: Post.objects.select_related("agency").filter(pk=pk), int)
_DELEGATED = Prepared(
    lambda pk, on: Delegation.objects.filter(
        in_force_on(on), to_post_id=pk, revoked_at__isnull=True
    ).select_related("from_post"),
    int,
    dt.date,
)


def signing_authority(post_id: int, on: dt.date, scope: str = "*") -> SigningAuthority:
    """On what power a post signs on a date.

    A post without an own power signs by a delegation in force whose scope
    covers ``scope`` (an empty scope covers everything).

    Raises:
        NotAllowed: the post has neither.
    """
    post = _POST.first(post_id)
    if post is None:
        raise NotAllowed
    collective = post.agency.signing_name
    if post.authority == "own":
        lines = signing_lines(
            collective=collective, head_title=post.title, own_title=post.title, form="TM."
        )
        return SigningAuthority(lines, "TM." if collective else "")
    for delegation in _DELEGATED.all(post_id, on):
        if not delegation.scope or scope in delegation.scope:
            lines = signing_lines(
                collective=collective,
                head_title=delegation.from_post.title,
                own_title=post.title,
                form=delegation.form,
            )
            return SigningAuthority(lines, delegation.form, delegation.document)
    raise NotAllowed
