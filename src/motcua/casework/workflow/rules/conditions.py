"""The one place where workflow meets the expression language (CEL)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motcua.casework.expressions.public import ExpressionError, compile_expression
from motcua.casework.expressions.public import holds as _holds
from motcua.casework.expressions.public import value_of as _value_of
from motcua.foundation.errors import Bilingual


class BadExpression(ValueError):
    """The expression does not compile; ``reason`` says why and where."""

    def __init__(self, reason: Bilingual) -> None:
        self.reason = reason
        super().__init__(reason.en)


def variables_of(source: str) -> frozenset[str]:
    """The variables an expression uses. Raises ``BadExpression``."""
    try:
        return compile_expression(source).names
    except ExpressionError as error:
        raise BadExpression(error.text()) from error


def value_of(source: str, variables: Mapping[str, Any]) -> Any:
    """The value, or None when it cannot be worked out from these variables."""
    return _value_of(compile_expression(source), variables)


def holds(source: str, variables: Mapping[str, Any]) -> bool:
    """Whether a condition is exactly true; no condition holds always, an unanswerable one never."""
    return not source or _holds(compile_expression(source), variables)


def opposite(one: str, other: str) -> bool:
    """Whether one of two conditions is written as the negation of the other."""
    left, right = one.strip(), other.strip()
    return any(a in {f"!({b})", f"!{b}"} for a, b in ((left, right), (right, left)))
