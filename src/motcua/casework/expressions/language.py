"""The expression language: CEL with a few functions, compiled once and evaluated often.

Decision and measurements: docs/adr/0005-cel-expressions.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from cel_expr_python import cel

from motcua.casework.expressions import functions as fn
from motcua.casework.expressions.errors import ExpressionError, NoValue, Place
from motcua.casework.expressions.limits import refuse_unfit
from motcua.foundation.errors import Bilingual

Value = Any
"""What goes in and comes out: None, bool, int, float, str, lists and dicts of these."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled source and the names it reads. Immutable; safe to share between threads."""

    source: str
    names: frozenset[str]
    program: Any = field(repr=False, compare=False)


_ANY: Final[Mapping[str, Any]] = {
    "null": cel.Type.NULL,
    "string": cel.Type.STRING,
    "int": cel.Type.INT,
    "double": cel.Type.DOUBLE,
    "bool": cel.Type.BOOL,
    "list": cel.Type.LIST,
    "map": cel.Type.MAP,
}


def _declare(name: str, result: Any, *shapes: tuple[list[Any], Callable[..., Any]]) -> Any:
    overloads = [
        cel.Overload(
            f"{name}_{'_'.join(p.name() for p in parameters)}", result, parameters, impl=work
        )
        for parameters, work in shapes
    ]
    return cel.FunctionDecl(name, overloads)


def _functions() -> list[Any]:
    kinds = cel.Type
    text, whole, real = kinds.STRING, kinds.INT, kinds.DOUBLE
    two_dates = [text, text]
    return [
        _declare("years_between", whole, (two_dates, fn.years_between)),
        _declare("months_between", whole, (two_dates, fn.months_between)),
        _declare("days_between", whole, (two_dates, fn.days_between)),
        _declare("add_days", text, ([text, whole], fn.add_days)),
        _declare("add_months", text, ([text, whole], fn.add_months)),
        _declare("add_years", text, ([text, whole], fn.add_years)),
        _declare("date_text", text, ([text], fn.date_text)),
        _declare("fold", text, ([text], fn.fold)),
        _declare("dong", text, ([whole], fn.dong)),
        _declare("present", kinds.BOOL, *(([kind], fn.present) for kind in _ANY.values())),
        _declare("sum", kinds.DYN, ([kinds.LIST], fn.total)),
        _declare("round", whole, ([real], fn.round_half_up)),
        _declare("min", kinds.DYN, ([whole, whole], min), ([real, real], min)),
        _declare("max", kinds.DYN, ([whole, whole], max), ([real, real], max)),
    ]


_FUNCTIONS: Final = _functions()
_BARE: Final = cel.NewEnv(functions=_FUNCTIONS)
_REPORT = re.compile(r"^(?:[A-Z_]+: )?ERROR: <input>:(-?\d+):(-?\d+): (.*)$", re.MULTILINE)
_UNDECLARED = re.compile(r"undeclared reference to '([^']*)'")
_WRAPPED = re.compile(r"wrapper\((\w+)\)")


@dataclass(frozen=True, slots=True)
class Fault:
    """One complaint of the parser or the type checker."""

    place: Place
    text: str


def compile_under(env: Any, source: str) -> tuple[Any, list[Fault]]:
    """The program and no faults, or None and every fault the compiler named."""
    try:
        return env.compile(source), []
    except RuntimeError as error:
        found = [
            Fault(Place(max(int(line), 1), max(int(column), 1)), text)
            for line, column, text in _REPORT.findall(str(error))
        ]
        return None, found or [Fault(Place(), str(error).splitlines()[0])]


@lru_cache(maxsize=8_192)
def compile_expression(source: str) -> Expression:
    """Check a source and make it ready; equal sources share one compiled expression.

    Any name may stand in it; :func:`motcua.casework.expressions.public.check` tells
    unknown ones. Limits: 2,000 characters, nesting as deep as 32, four list macros of
    which two may be nested — so one evaluation stays within microseconds.

    Raises:
        ExpressionError: with kind ``empty``, ``too-long``, ``too-complex``, ``ambiguous``,
            ``syntax``, ``unknown-function`` or ``type``, and the place.
    """
    refuse_unfit(source)
    _, faults = compile_under(_BARE, source)
    names = {_name_of(fault, source) for fault in faults} - {""}
    program, remaining = compile_under(environment(dict.fromkeys(names, cel.Type.DYN)), source)
    if remaining:
        raise as_error(remaining[0], source)
    return Expression(source, frozenset(names), program)


def _name_of(fault: Fault, source: str) -> str:
    """The top-level variable an "undeclared" fault is about; functions give ``""``.

    The compiler places a function's fault at its bracket, and names one with dots only
    where a field is read, as in ``has(row.age)``.
    """
    match = _UNDECLARED.search(fault.text)
    if not match:
        return ""
    if "." in match[1]:
        return match[1].split(".")[0]
    line = source.split("\n")[fault.place.line - 1]
    at = line[fault.place.column - 1 : fault.place.column]
    return "" if at == "(" else match[1]


def environment(variables: Mapping[str, Any]) -> Any:
    """A compiler that knows these variables and every function of the language."""
    return cel.NewEnv(variables=dict(variables), functions=_FUNCTIONS)


def as_error(fault: Fault, source: str) -> ExpressionError:
    """A compiler's complaint in words for the author of a form or a process."""
    kind, reason = _explain(fault.text)
    return ExpressionError(kind, reason, fault.place)


def _explain(text: str) -> tuple[str, Bilingual]:
    if match := _UNDECLARED.search(text):
        return "unknown-function", Bilingual(
            f"không có hàm “{match[1]}”, hoặc số tham số không đúng.",
            f"there is no function “{match[1]}”, or the number of arguments is wrong.",
        )
    if "no matching overload" in text:
        used, _, kinds = text.partition(" applied to ")
        operator = used.split("'")[1].replace("_", "").replace("@", "") if "'" in used else ""
        kinds = _WRAPPED.sub(r"\1", kinds.strip("'"))
        return "type", Bilingual(
            f"“{operator}” không dùng được cho {kinds}.", f"“{operator}” does not work on {kinds}."
        )
    if "recursion" in text:
        return "too-complex", Bilingual("lồng quá 32 tầng.", "nested deeper than 32.")
    if "Syntax error" in text:
        seen = text.removeprefix("Syntax error: ").split(" expecting ")[0]
        return "syntax", Bilingual(f"sai cú pháp ({seen}).", f"the syntax is wrong ({seen}).")
    return "type", Bilingual(f"không hợp lệ ({text}).", f"not valid ({text}).")


def names_in(expression: Expression) -> frozenset[str]:
    """The variables the expression reads; names bound inside a list macro are not among them."""
    return expression.names


def evaluate(expression: Expression, variables: Mapping[str, Value]) -> Value:
    """The value for these variables; a name that is absent is ``null``.

    ``null`` may be compared with ``==`` and ``!=`` and given to ``present()``; anything
    else done to it has no value. Dates may be given as ``datetime.date``.

    Raises:
        NoValue: something absent was computed with, kinds do not match, division by zero,
            a missing key, a number beyond 64 bits, a text that is no date.
    """
    data = {name: _plain(variables.get(name)) for name in expression.names}
    try:
        result = expression.program.eval(data=data)
        value = result.plain_value()
        failed = result.type() == cel.Type.ERROR
    except (RuntimeError, ValueError, TypeError) as error:
        raise NoValue(reason=str(error)) from error
    if failed:
        raise NoValue(reason=str(value))
    return value


def value_of(expression: Expression, variables: Mapping[str, Value]) -> Value | None:
    """:func:`evaluate`, with None where there is no value."""
    try:
        return evaluate(expression, variables)
    except NoValue:
        return None


def holds(expression: Expression, variables: Mapping[str, Value]) -> bool:
    """Whether the value is exactly ``true``; no value and any other value are False."""
    return value_of(expression, variables) is True


def _plain(value: Value) -> Value:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value
