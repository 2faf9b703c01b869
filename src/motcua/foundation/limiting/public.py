"""The door of this part: declaring limits and counting against them."""

from motcua.foundation.limiting.services import (
    Limit,
    TooOften,
    address_of,
    count,
    declare_limit,
    note,
    refuse_beyond,
    with_patience,
)

__all__ = [
    "Limit",
    "TooOften",
    "address_of",
    "count",
    "declare_limit",
    "note",
    "refuse_beyond",
    "with_patience",
]
