"""Checking a whole set of expressions before it is published: names, kinds, cycles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cel_expr_python import cel

from motcua.casework.expressions.errors import ExpressionError, Place
from motcua.casework.expressions.language import (
    as_error,
    compile_expression,
    compile_under,
    environment,
)
from motcua.foundation.errors import Bilingual

KINDS: Final[Mapping[str, Any]] = {
    "dyn": cel.Type.DYN,
    # The wrapper kinds admit null, which is what an absent answer is.
    "string": cel.Type("google.protobuf.StringValue"),
    "int": cel.Type("google.protobuf.Int64Value"),
    "double": cel.Type("google.protobuf.DoubleValue"),
    "bool": cel.Type("google.protobuf.BoolValue"),
    # An absent list is null too, which no list kind admits.
    "list": cel.Type.DYN,
    "map": cel.Type.DYN,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one of the checked sources, and where."""

    name: str
    kind: str
    place: Place
    message: Bilingual


def check(
    sources: Mapping[str, str], known: Collection[str] | Mapping[str, str]
) -> tuple[Problem, ...]:
    """Everything that forbids publishing these expressions; empty when all is well.

    Args:
        sources: by the name of the value each one defines; an expression that reads
            another one's name depends on it.
        known: the names that may be read, or a mapping from name to kind (``string``,
            ``int``, ``double``, ``bool``, ``list``, ``map``, ``dyn``) so that
            comparing a text with a number is found here and not by a citizen.
    """
    kinds = known if isinstance(known, Mapping) else dict.fromkeys(known, "dyn")
    declared = {name: KINDS[kind] for name, kind in kinds.items()}
    typed = environment(
        declared | {n: cel.Type.DYN for n in sources if n.isidentifier() and n not in declared}
    )
    problems: list[Problem] = []
    graph: dict[str, frozenset[str]] = {}
    for name, source in sources.items():
        try:
            expression = compile_expression(source)
        except ExpressionError as error:
            problems.append(Problem(name, error.kind, error.place, error.text()))
            continue
        graph[name] = expression.names
        unknown = expression.names - declared.keys() - sources.keys()
        problems += [_unknown(name, source, missing) for missing in sorted(unknown)]
        if not unknown:
            _, faults = compile_under(typed, source)
            errors = [as_error(fault, source) for fault in faults[:1]]
            problems += [Problem(name, e.kind, e.place, e.text()) for e in errors]
    return (*problems, *_cycles(graph))


def _unknown(name: str, source: str, missing: str) -> Problem:
    before = source[: max(source.find(missing), 0)]
    place = Place(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    return Problem(
        name,
        "unknown-name",
        place,
        Bilingual(
            f"Không có trường hoặc biến nào tên “{missing}”.",
            f"There is no field or variable named “{missing}”.",
        ),
    )


def _cycles(graph: Mapping[str, Iterable[str]]) -> list[Problem]:
    cycle = find_cycle(graph)
    if not cycle:
        return []
    path = " → ".join((*cycle, cycle[0]))
    return [
        Problem(
            cycle[0],
            "cycle",
            Place(),
            Bilingual(
                f"Các biểu thức phụ thuộc vòng tròn vào nhau: {path}.",
                f"The expressions depend on each other in a circle: {path}.",
            ),
        )
    ]


def find_cycle(graph: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """One circle of names in a "reads" graph, or ``()``."""
    done: set[str] = set()
    for start in graph:
        path: list[str] = []
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                done.add(path.pop())
            elif name in path:
                return tuple(path[path.index(name) :])
            elif name in graph and name not in done:
                path.append(name)
                stack.append((name, True))
                stack.extend((other, False) for other in sorted(graph[name]))
    return ()


def evaluation_order(graph: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The names of an acyclic "reads" graph so that each follows those it reads.

    Raises:
        ValueError: the graph has a cycle.
    """
    if cycle := find_cycle(graph):
        raise ValueError(f"cycle: {cycle}")
    order: dict[str, None] = {}

    def visit(name: str) -> None:
        if name in order:
            return
        for other in sorted(graph[name]):
            if other in graph:
                visit(other)
        order[name] = None

    for name in graph:
        visit(name)
    return tuple(order)
