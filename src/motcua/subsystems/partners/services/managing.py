"""Opening a partner, giving and ending its keys, giving it a post."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection

from django.db import transaction

from motcua.casework.access.public import Actor, require
from motcua.casework.agencies.public import agency_by_code, appoint, open_post
from motcua.casework.ledger.public import record
from motcua.casework.people.public import client_account
from motcua.foundation.crypto import keyed_hash
from motcua.foundation.errors import Bilingual, InvalidInput, NotFound
from motcua.foundation.timesource import now, today
from motcua.subsystems.partners.keys import PURPOSE
from motcua.subsystems.partners.models import AccessKey, Partner
from motcua.subsystems.partners.rules import key_text, unknown_scopes

LONGEST_DAYS = 730


@transaction.atomic
def open_partner(*, actor: Actor, name: str, contact: str = "") -> Partner:
    """Open an account for another organisation's system.

    Raises:
        NotAllowed: the actor is no administrator. InvalidInput: no name.
    """
    require(actor, "partners.manage")
    if not name.strip():
        raise InvalidInput({"name": Bilingual("Hãy ghi tên hệ thống.", "Name the system.")})
    account = client_account(actor=actor, display_name=name.strip()[:200])
    partner = Partner(account=account, name=name.strip()[:200], contact=contact, since=now())
    partner.save(force_insert=True)
    _record(actor, partner, "partners.open", {"name": partner.name})
    return partner


@transaction.atomic
def give_key(*, actor: Actor, partner_id: int, scopes: Collection[str], days: int) -> str:
    """Make a key; it is returned here and can never be read again.

    Args:
        days: how long it holds, at most two years.

    Raises:
        NotAllowed, NotFound. InvalidInput: no or unknown scopes, or a wrong number of days.
    """
    require(actor, "partners.manage")
    partner = _partner(partner_id)
    wrong: dict[str, Bilingual] = {}
    if not scopes or unknown_scopes(scopes):
        wrong["scopes"] = Bilingual("Chọn ít nhất một quyền.", "Choose at least one scope.")
    if not 0 < days <= LONGEST_DAYS:
        wrong["days"] = Bilingual("Từ 1 đến 730 ngày.", "From 1 to 730 days.")
    if wrong:
        raise InvalidInput(wrong)
    prefix, secret = secrets.token_hex(6), secrets.token_hex(24)
    AccessKey.objects.create(
        partner=partner,
        prefix=prefix,
        digest=keyed_hash(secret, purpose=PURPOSE),
        scopes=sorted(scopes),
        made_at=now(),
        valid_to=now() + dt.timedelta(days=days),
    )
    _record(
        actor, partner, "partners.give_key",
        {"key": prefix, "scopes": sorted(scopes), "days": days},
    )  # fmt: skip
    return key_text(prefix, secret)


@transaction.atomic
def end_key(*, actor: Actor, prefix: str) -> AccessKey:
    """Revoke a key at once. A key that has ended stays ended.

    Raises:
        NotAllowed, NotFound.
    """
    require(actor, "partners.manage")
    key = AccessKey.objects.select_related("partner").filter(prefix=prefix).first()
    if key is None:
        raise NotFound
    if AccessKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=now()):
        _record(actor, key.partner, "partners.end_key", {"key": prefix})
    return key


@transaction.atomic
def give_post(*, actor: Actor, partner_id: int, agency_code: str, role: str) -> None:
    """Let a partner's system act in a role of an agency, as an official of that agency would.

    Raises:
        NotAllowed, NotFound. InvalidInput: no such role.
    """
    require(actor, "partners.manage")
    partner = _partner(partner_id)
    agency = agency_by_code(agency_code)
    post = open_post(
        actor=actor, agency_id=agency.pk, role=role, title=partner.name, valid_from=today()
    )
    appoint(actor=actor, account_id=partner.pk, post_id=post.pk, valid_from=today())
    _record(actor, partner, "partners.give_post", {"agency": agency_code, "role": role})


def _partner(partner_id: int) -> Partner:
    partner = Partner.objects.select_related("account").filter(pk=partner_id).first()
    if partner is None:
        raise NotFound
    return partner


def _record(actor: Actor, partner: Partner, verb: str, after: dict[str, object]) -> None:
    record(actor=actor, chain=f"partner:{partner.pk}", verb=verb, after=after)
