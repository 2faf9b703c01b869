"""From the key that a program sends to the actor that it is."""

from __future__ import annotations

import hmac
from dataclasses import replace

from motcua.casework.access.public import Actor, actor_of
from motcua.foundation.crypto import keyed_hash
from motcua.foundation.rest import KeyRefused
from motcua.foundation.timesource import now, today
from motcua.subsystems.partners.models import AccessKey
from motcua.subsystems.partners.rules import read_key

PURPOSE = "access-key"


def actor_of_key(text: str) -> Actor:
    """Who sends this key, with its scopes. Two statements; a third on its first use of a day.

    Raises:
        KeyRefused: unknown, ended or revoked: the same answer for all three.
    """
    read = read_key(text)
    row = (
        AccessKey.objects.select_related("partner__account").filter(prefix=read[0]).first()
        if read
        else None
    )
    if read is None or row is None:
        raise KeyRefused
    right = hmac.compare_digest(row.digest, keyed_hash(read[1], purpose=PURPOSE))
    account = row.partner.account
    if not right or row.revoked_at or row.valid_to <= now() or not account.is_active:
        raise KeyRefused
    if row.used_on != today():
        AccessKey.objects.filter(pk=row.pk).update(used_on=today())
    return replace(actor_of(account), scopes=frozenset(row.scopes))
