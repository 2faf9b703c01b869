"""Accounts of other systems: they act under their own name and never log in with a password."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from motcua.casework.access.public import Actor
from motcua.casework.ledger.public import record
from motcua.casework.people.models import Account
from motcua.foundation.ids import new_uid
from motcua.foundation.timesource import now


def system_account(*, actor: Actor, username: str, display_name: str) -> Account:
    """The account under which another system's acts are recorded; opened when there is none.

    Safe to call at the same time from several processes.
    """
    known = Account.objects.filter(username=username, kind=Account.Kind.SYSTEM).first()
    if known is not None:
        return known
    account = Account(
        username=username,
        kind=Account.Kind.SYSTEM,
        display_name=display_name,
        password=make_password(None),
        created_at=now(),
    )
    try:
        with transaction.atomic():
            account.save(force_insert=True)
            record(
                actor=actor,
                chain=f"account:{account.pk}",
                verb="people.open_account",
                after={"username": username, "kind": account.kind},
                new_chain=True,
            )
    except IntegrityError:
        return Account.objects.get(username=username, kind=Account.Kind.SYSTEM)
    return account


def client_account(*, actor: Actor, display_name: str) -> Account:
    """A new account for another organisation's system, which comes in by keys only."""
    account = Account(
        username=f"client-{new_uid()}",
        kind=Account.Kind.CLIENT,
        display_name=display_name,
        password=make_password(None),
        created_at=now(),
    )
    account.save(force_insert=True)
    record(
        actor=actor,
        chain=f"account:{account.pk}",
        verb="people.open_account",
        after={"username": account.username, "kind": account.kind},
        new_chain=True,
    )
    return account
