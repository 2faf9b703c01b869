"""A set of expressions is checked whole before it is published."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.casework.expressions.public import check, evaluation_order, find_cycle

KINDS = {"name": "string", "age": "int", "area": "double", "married": "bool", "rows": "list"}


@pytest.mark.parametrize(
    ("source", "kind", "place"),
    [
        ("age > 18 && married == true", None, None),
        ("name == null || age == null", None, None),
        ("rows.exists(r, r.x > 1)", None, None),
        ("area * 2.0 > 10.0", None, None),
        ("total(age)", "unknown-function", (1, 6)),
        ("nobody == 1", "unknown-name", (1, 1)),
        ("age > 1 &&\n nobody == 1", "unknown-name", (2, 2)),
        ("name > 1", "type", (1, 6)),
        ("married == 'yes'", "type", (1, 9)),
        ("area * 2", "type", (1, 6)),
        ("age ? 1 : 2", "type", (1, 5)),
        ("age >", "syntax", (1, 6)),
    ],
)
def test_problems(source: str, kind: str | None, place: tuple[int, int] | None) -> None:
    problems = check({"x": source}, KINDS)
    if kind is None:
        assert problems == ()
        return
    assert [(p.name, p.kind, (p.place.line, p.place.column)) for p in problems] == [
        ("x", kind, place)
    ]


def test_plain_names_are_enough_when_kinds_are_not_known() -> None:
    assert check({"x": "a > 1 && b == 'c'"}, ["a", "b"]) == ()
    assert check({"x": "a > 1"}, set())[0].kind == "unknown-name"


def test_circles_are_refused() -> None:
    assert check({"a": "b + 1", "b": "c + 1", "c": "1"}, set()) == ()
    found = check({"a": "b + 1", "b": "c + 1", "c": "a"}, set())
    assert [p.kind for p in found] == ["cycle"]
    assert "a → b → c → a" in found[0].message.vi
    assert [p.kind for p in check({"a": "a + 1"}, set())] == ["cycle"]


GRAPHS = st.dictionaries(
    st.sampled_from("abcdefgh"), st.frozensets(st.sampled_from("abcdefgh"), max_size=4)
)


@given(GRAPHS)
def test_an_order_exists_exactly_when_there_is_no_circle(graph: dict[str, frozenset[str]]) -> None:
    circle = find_cycle(graph)
    if circle:
        for here, there in zip(circle, (*circle[1:], circle[0]), strict=True):
            assert there in graph[here]
        with pytest.raises(ValueError, match="cycle"):
            evaluation_order(graph)
        return
    order = evaluation_order(graph)
    assert sorted(order) == sorted(graph)
    for name, reads in graph.items():
        for other in reads & graph.keys():
            assert order.index(other) < order.index(name)
