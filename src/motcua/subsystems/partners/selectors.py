"""What the console shows of partners, and what a partner sees of its own webhooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from motcua.casework.access.public import Actor, require, visible_to
from motcua.casework.agencies.public import Post, posts_of
from motcua.casework.cases.public import Case
from motcua.foundation.errors import NotFound
from motcua.foundation.timesource import now, today
from motcua.subsystems.partners.models import AccessKey, Delivery, Partner, Webhook

PAGE = 50


def partners(actor: Actor) -> list[Partner]:
    """Every partner with ``live`` keys and its last use. One statement.

    Raises:
        NotAllowed: the actor is no administrator.
    """
    require(actor, "partners.manage")
    live = Q(keys__revoked_at=None, keys__valid_to__gt=now())
    rows = Partner.objects.annotate(
        live=Count("keys", filter=live, distinct=True), used_on=Max("keys__used_on")
    )
    return list(rows.order_by("name", "pk"))


@dataclass(frozen=True, slots=True)
class PartnerPage:
    """One partner: its keys, posts, webhooks and what could not be told."""

    partner: Partner
    keys: Sequence[AccessKey]
    posts: Sequence[Post]
    webhooks: Sequence[Webhook]
    given_up: Sequence[Delivery]
    at: object


def partner_page(actor: Actor, partner_id: int) -> PartnerPage:
    """The page of one partner. Five statements.

    Raises:
        NotAllowed, NotFound.
    """
    require(actor, "partners.manage")
    partner = Partner.objects.filter(pk=partner_id).first()
    if partner is None:
        raise NotFound
    given_up = Delivery.objects.filter(
        webhook__partner=partner, state=Delivery.State.GIVEN_UP
    ).select_related("webhook")
    return PartnerPage(
        partner,
        list(partner.keys.order_by("-pk")[:PAGE]),  # type: ignore[attr-defined]
        posts_of(partner.pk, today()),
        list(partner.webhooks.filter(ended_at=None).order_by("pk")),  # type: ignore[attr-defined]
        list(given_up.order_by("-pk")[:PAGE]),
        now(),
    )


def own_webhooks(actor: Actor) -> list[Webhook]:
    """The actor's own webhooks that are on."""
    return list(Webhook.objects.filter(partner_id=actor.account_id, ended_at=None).order_by("pk"))


def followed(actor: Actor, *, before_id: int = 0, size: int = 50) -> list[Case]:
    """Dossiers open to a client, newest first, by key. One statement."""
    rows = Case.objects.filter(visible_to(actor), kind="application")
    if before_id:
        rows = rows.filter(pk__lt=before_id)
    return list(rows.order_by("-pk")[:size])
