"""The door of the expression language."""

from motcua.casework.expressions.checking import (
    KINDS,
    Problem,
    check,
    evaluation_order,
    find_cycle,
)
from motcua.casework.expressions.errors import ExpressionError, NoValue, Place
from motcua.casework.expressions.language import (
    Expression,
    compile_expression,
    evaluate,
    holds,
    names_in,
    value_of,
)

__all__ = [
    "KINDS",
    "Expression",
    "ExpressionError",
    "NoValue",
    "Place",
    "Problem",
    "check",
    "compile_expression",
    "evaluate",
    "evaluation_order",
    "find_cycle",
    "holds",
    "names_in",
    "value_of",
]
