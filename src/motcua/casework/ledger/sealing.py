"""How a period's leaves and header become bytes and hashes."""

from __future__ import annotations

import hashlib
from typing import Any

from motcua.casework.ledger.merkle import leaf_hash
from motcua.casework.ledger.models import LedgerPeriod
from motcua.casework.ledger.rules import canonical, moment_text

HEADER_FIELDS = (
    "number",
    "first_id",
    "last_id",
    "entries",
    "chains",
    "merkle_root",
    "prev_seal",
    "closed_at",
    "closed_by",
)


def leaf_bytes(chain: str, seq: int, hash: str) -> bytes:
    """The bytes of a leaf: where a chain stands."""
    return canonical({"chain": chain, "hash": hash, "seq": seq})


def leaf_digest(chain: str, seq: int, hash: str) -> bytes:
    """The leaf's hash in the tree."""
    return leaf_hash(leaf_bytes(chain, seq, hash))


def header(period: LedgerPeriod) -> dict[str, Any]:
    """The fields of a period that its seal covers."""
    fields = {name: getattr(period, name) for name in HEADER_FIELDS}
    fields["closed_at"] = moment_text(period.closed_at)
    return fields


def seal_of(period: LedgerPeriod) -> str:
    """SHA-256 over the canonical JSON of the header."""
    return hashlib.sha256(canonical(header(period))).hexdigest()
