"""The ledger's door."""

from motcua.casework.ledger.checking import check_ledger
from motcua.casework.ledger.heads import head_of, mirror_heads, opening_of
from motcua.casework.ledger.models import Entry, LedgerPeriod
from motcua.casework.ledger.periods import archive_period, close_period, prune_period
from motcua.casework.ledger.rules import Act, ActorLike, Finding, Head, Private, case_chain
from motcua.casework.ledger.selectors import (
    acts_of,
    entries,
    entries_between,
    entries_of_case,
    last_period,
    proof,
    reveal,
)
from motcua.casework.ledger.services import gathering, record, record_many

__all__ = [
    "Act",
    "ActorLike",
    "Entry",
    "Finding",
    "Head",
    "LedgerPeriod",
    "Private",
    "acts_of",
    "archive_period",
    "case_chain",
    "check_ledger",
    "close_period",
    "entries",
    "entries_between",
    "entries_of_case",
    "gathering",
    "head_of",
    "last_period",
    "mirror_heads",
    "opening_of",
    "proof",
    "prune_period",
    "record",
    "record_many",
    "reveal",
]
