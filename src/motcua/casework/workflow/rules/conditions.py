"""The one place where workflow meets the expression language (CEL)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import cel


class BadExpression(ValueError):  # noqa: N818
    """The expression does not compile; the text says why."""


@lru_cache(maxsize=4096)
def _compiled(source: str) -> Any:
    try:
        return cel.compile(source)
    except Exception as error:
        raise BadExpression(str(error).splitlines()[0]) from error


def names_in(source: str) -> frozenset[str]:
    """The variables an expression uses. Raises ``BadExpression``."""
    return frozenset(_compiled(source).variables())


def value_of(source: str, variables: Mapping[str, Any]) -> Any:
    """The value, or None when it cannot be worked out from these variables."""
    try:
        return _compiled(source).execute(dict(variables))
    except Exception:  # noqa: BLE001
        return None


def holds(source: str, variables: Mapping[str, Any]) -> bool:
    """Whether a condition is exactly true; no condition holds always, an unanswerable one never."""
    return not source or value_of(source, variables) is True


def opposite(one: str, other: str) -> bool:
    """Whether one of two conditions is written as the negation of the other."""
    left, right = one.strip(), other.strip()
    return any(a in {f"!({b})", f"!{b}"} for a, b in ((left, right), (right, left)))
