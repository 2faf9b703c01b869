"""A command sent twice is done once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from motcua.casework.access.public import Actor
from motcua.casework.cases.models import DoneOnce
from motcua.casework.cases.rules import KeyReused
from motcua.foundation.errors import DomainError
from motcua.foundation.statements import insert
from motcua.foundation.timesource import now
from motcua.foundation.transactions import together


def _account_key(actor: Actor) -> str:
    return f"u:{actor.account_id}" if actor.account_id else actor.kind


def _earlier(key: str, account_key: str, fingerprint: str) -> dict[str, Any] | None:
    row = DoneOnce.objects.filter(key=key, account_key=account_key).first()
    if row is None:
        return None
    if row.fingerprint != fingerprint:
        raise KeyReused
    return dict(row.result)


def run_once(
    *,
    actor: Actor,
    key: str,
    command: str,
    content: Mapping[str, Any],
    act: Callable[[], Mapping[str, Any]],
    only_rows: bool = False,
) -> dict[str, Any]:
    """Run ``act`` in a transaction unless this key was already used; then return its old result.


    Args:
        key: the idempotency key, chosen by the caller (a form's hidden field, an API header).
        command: the name of the command, for the log.
        content: what was sent; the same key with other content is refused.
        act: does the work and returns a small JSON-able result. An empty ``key``
            runs it without protection.
        only_rows: all that the act does are rows of the database. It then runs without
            asking for the key, which is taken at its end; when it was taken before, all
            is undone. So the usual case costs one statement instead of two.

    Raises:
        KeyReused: the key was used for another content.
    """
    if not key:
        with together():
            return dict(act())
    blob = json.dumps([command, content], sort_keys=True, default=str, ensure_ascii=False)
    fingerprint = hashlib.sha256(blob.encode()).hexdigest()
    account_key = _account_key(actor)
    try:
        with transaction.atomic():
            if not only_rows and (known := _earlier(key, account_key, fingerprint)) is not None:
                return known
            result = dict(act())
            done = DoneOnce(
                key=key,
                account_key=account_key,
                command=command,
                fingerprint=fingerprint,
                result=result,
                at=now(),
            )
            insert(done)
            return result
    except (IntegrityError, DomainError):
        known = _earlier(key, account_key, fingerprint)
        if known is None:
            raise
        return known


def earlier_result(actor: Actor, key: str) -> dict[str, Any] | None:
    """What this key gave the actor before, or None. One statement."""
    row = DoneOnce.objects.filter(key=key, account_key=_account_key(actor)).first()
    return dict(row.result) if row is not None else None
