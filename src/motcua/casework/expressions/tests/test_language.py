"""Compiling tells what is wrong and where; evaluating is bounded and well defined."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.casework.expressions import functions
from motcua.casework.expressions.public import (
    ExpressionError,
    NoValue,
    compile_expression,
    evaluate,
    holds,
    names_in,
    value_of,
)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("1 + 1", set()),
        ("a > b.c", {"a", "b"}),
        ("rows.exists(r, r.age > limit)", {"rows", "limit"}),
        ("rows.map(r, r.x).exists(r, r > 1)", {"rows"}),
        ("has(a.b) && has(a.c.d)", {"a"}),
        ("years_between(birth, today) >= 18", {"birth", "today"}),
        ("present(a) ? fold(b) : 'c'", {"a", "b"}),
        ("min(a, b) > max(c, d)", {"a", "b", "c", "d"}),
        ("r == 1 || rows.all(r, r > 1)", {"r", "rows"}),
        ("'a.b(c)' == a", {"a"}),
        ("a[b].c[d]", {"a", "b", "d"}),
    ],
)
def test_names(source: str, names: set[str]) -> None:
    assert names_in(compile_expression(source)) == names


@pytest.mark.parametrize(
    ("source", "kind", "line", "column"),
    [
        ("", "empty", 1, 1),
        ("  \n ", "empty", 1, 1),
        ("a +", "syntax", 1, 4),
        ("a &&\n  == b", "syntax", 2, 3),
        ("a b", "syntax", 1, 3),
        ("nobody(a)", "unknown-function", 1, 7),
        ("a.sing()", "unknown-function", 1, 7),
        ("min(1)", "unknown-function", 1, 4),
        ("1 + 'a'", "type", 1, 3),
        ("fold(1)", "type", 1, 5),
        ("has(a)", "type", 1, 5),
        ("x" * 2_001, "too-long", 1, 1),
        ("a\0b", "too-long", 1, 1),
        ("(" * 40 + "1" + ")" * 40, "too-complex", 1, 1),
        (" + ".join(["1"] * 60), "too-complex", 1, 1),
        ("a == b in c", "ambiguous", 1, 8),
        ("a == 'dài dòng' == b", "ambiguous", 1, 17),
        ("x &&\n a < b == c", "ambiguous", 2, 8),
        ("a.all(x, b.all(y, c.all(z, true)))", "too-complex", 1, 1),
        (" && ".join(f"a.exists(x{n}, true)" for n in range(5)), "too-complex", 1, 1),
    ],
)
def test_faults_have_a_kind_a_place_and_words(
    source: str, kind: str, line: int, column: int
) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(source)
    error = caught.value
    assert (error.kind, error.place.line, error.place.column) == (kind, line, column)
    assert f"dòng {line}, cột {column}" in error.text().vi
    assert error.reason.vi != error.reason.en


def test_comparisons_in_brackets_and_branches_are_no_chain() -> None:
    for source in (
        "(a == b) in c",
        "a == b && c == d || e in f",
        "a == 1 ? b == 2 : c == 3",
        "max(a, 1) > 2 && [a == 1, b == 2].size() > 0",
        "a == (b == c)",
        "x.all(r, r > 1) == (y > 2)",
        "a == 'b == c in d'",
    ):
        compile_expression(source)


def test_loops_in_texts_are_no_loops() -> None:
    assert holds(compile_expression("'.map(.map(.map(.map(.map(' != ''"), {})


@pytest.mark.parametrize(
    "source",
    ["__import__('os')", "open('/etc/passwd')", "().__class__", "a.__class__", "eval('1')"],
)
def test_there_is_no_way_out(source: str) -> None:
    try:
        expression = compile_expression(source)
    except ExpressionError:
        return
    with pytest.raises(NoValue):
        evaluate(expression, {"a": "x"})


def test_absent_names_are_null() -> None:
    expression = compile_expression("a == null || a > 5")
    assert evaluate(expression, {}) is True
    assert evaluate(expression, {"a": None}) is True
    assert evaluate(expression, {"a": 6}) is True
    with pytest.raises(NoValue):
        evaluate(expression, {"a": "x"})
    assert value_of(compile_expression("a + 1"), {}) is None
    assert holds(compile_expression("a > 1"), {}) is False
    assert holds(compile_expression("1"), {}) is False


def test_what_python_hands_in() -> None:
    assert evaluate(compile_expression("d"), {"d": dt.date(2026, 11, 22)}) == "2026-11-22"
    assert evaluate(compile_expression("t"), {"t": ("a", "b")}) == ["a", "b"]
    for odd in (2**64, object(), {1, 2}):
        with pytest.raises(NoValue):
            evaluate(compile_expression("x == 1"), {"x": odd})


@given(st.text(max_size=60))
def test_any_text_compiles_or_is_refused_politely(source: str) -> None:
    try:
        expression = compile_expression(source)
    except ExpressionError:
        return
    value_of(expression, {})


_dates = st.dates()


@given(_dates, _dates)
def test_ages_grow_with_time(first: dt.date, later: dt.date) -> None:
    a, b = sorted((first.isoformat(), later.isoformat()))
    years, months = functions.years_between(a, b), functions.months_between(a, b)
    assert years == months // 12 >= 0
    assert functions.years_between(b, a) == -years
    assert functions.days_between(a, b) == (max(first, later) - min(first, later)).days
    if months < 12 * 7_000:
        assert functions.add_months(a, months) <= b


@given(_dates, st.integers(-1_000, 1_000))
def test_adding_days_comes_back(date: dt.date, days: int) -> None:
    try:
        there = functions.add_days(date.isoformat(), days)
    except ValueError:
        return
    assert functions.days_between(date.isoformat(), there) == days
