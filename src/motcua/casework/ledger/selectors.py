"""Reading the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from django.db.models import QuerySet

from motcua.casework.ledger.merkle import inclusion_path
from motcua.casework.ledger.models import Entry, LedgerPeriod, PeriodHead
from motcua.casework.ledger.rules import HASHED_FIELDS, moment_text
from motcua.casework.ledger.sealing import header, leaf_bytes, leaf_digest
from motcua.foundation.crypto import decrypt
from motcua.foundation.errors import NotFound


def entries(chain: str) -> QuerySet[Entry]:
    """The acts of a chain, oldest first."""
    return Entry.objects.filter(chain=chain).order_by("seq")


def entries_of_case(case_id: int) -> QuerySet[Entry]:
    """The acts that concern a case, in whatever chain they stand, oldest first."""
    return Entry.objects.filter(case_id=case_id).order_by("id")


def acts_of(account_id: int) -> QuerySet[Entry]:
    """What an account did, newest first."""
    return Entry.objects.filter(actor_id=account_id).order_by("-id")


def entries_between(since: dt.datetime, until: dt.datetime) -> QuerySet[Entry]:
    """The acts from a moment up to (not including) another, in the order of writing."""
    return Entry.objects.filter(at__gte=since, at__lt=until).order_by("id")


def last_period() -> LedgerPeriod | None:
    """The period closed last."""
    return LedgerPeriod.objects.order_by("-number").first()


def reveal(stored: object) -> str:
    """The clear text of a value recorded as ``Private``.

    The caller answers for the reader's right to see it.

    Raises:
        ValueError: the value was not recorded as private, or no key opens it.
    """
    private: object = (
        cast("Mapping[str, object]", stored).get("private") if isinstance(stored, Mapping) else None
    )
    if not isinstance(private, Mapping):
        raise ValueError("not a private value")
    return decrypt(str(cast("Mapping[str, object]", private)["sealed"]))


def exported(entry: Entry) -> dict[str, Any]:
    """An entry as it is hashed, with its hash: what proofs and archives hold."""
    fields = {name: getattr(entry, name) for name in HASHED_FIELDS}
    fields["at"] = moment_text(entry.at)
    return {**fields, "hash": entry.hash}


def proof(chain: str) -> dict[str, Any]:
    """Evidence that a chain stood as it stands when its last period was closed.

    The document can be checked without this software: see
    ``docs/how-to/verify-a-ledger-proof.md``. ``later`` holds the headers of all
    following periods, so that any published seal can serve as the anchor.

    Raises:
        NotFound: the chain is empty or no period has been closed over it yet.
    """
    head = PeriodHead.objects.filter(chain=chain).select_related("period").order_by("-seq").first()
    if head is None:
        raise NotFound
    rows = list(head.period.heads.order_by("position").values_list("chain", "seq", "hash"))
    leaves = [leaf_digest(*row) for row in rows]
    later = LedgerPeriod.objects.filter(number__gt=head.period.number).order_by("number")
    return {
        "format": "motcua-ledger-proof-1",
        "chain": chain,
        "entries": [exported(entry) for entry in entries(chain)],
        "leaf": leaf_bytes(head.chain, head.seq, head.hash).decode(),
        "index": head.position,
        "size": len(leaves),
        "path": [step.hex() for step in inclusion_path(leaves, head.position)],
        "period": header(head.period) | {"seal": head.period.seal},
        "later": [header(period) | {"seal": period.seal} for period in later],
    }
