"""Definitions are refused with the place of each fault, and run as their tables say."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from motcua.casework.workflow.rules import (
    BrokenProcess,
    Known,
    Token,
    compile_definition,
    definition_from,
    enabled,
    examine,
    fire,
    first_marking,
    longest_way,
)
from motcua.casework.workflow.rules.running import NoSuchMove
from motcua.casework.workflow.tests.broken import A_GO, CASES, split
from motcua.casework.workflow.tests.processes import (
    action,
    end,
    join,
    permit,
    process,
    task,
    text,
)


def faults(document: Any, **options: Any) -> set[tuple[str, str]]:
    return {(p.place, p.code) for p in examine(document, **options)[1]}


def test_the_permit_process_is_sound() -> None:
    definition = compile_definition(permit())
    assert definition.start == "receive"
    assert definition_from(definition.as_data()) == definition


@pytest.mark.parametrize(
    ("document", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_each_fault_is_named_with_its_place(document: Any, expected: tuple[str, str]) -> None:
    assert expected in faults(document)


def test_states_are_checked_against_the_kind() -> None:
    known = Known(states=frozenset({"new"}))
    assert ("steps.done.state", "unknown_state") in faults(
        process(A_GO, end(state="nowhere")), known=known
    )


def test_a_fault_speaks_both_languages_and_goes_to_the_form() -> None:
    with pytest.raises(BrokenProcess) as caught:
        compile_definition(process(task("a", action("go", "b")), end()))
    problem = caught.value.problem("en")
    assert problem["fields"] == {"steps.a.actions.go.to[0]": "The target step “b” does not exist."}
    assert "không tồn tại" in caught.value.problems[0].message.vi


def test_hours_of_the_slowest_way_must_fit_the_limit() -> None:
    definition = compile_definition(permit())
    hours, way = longest_way(definition)
    assert hours == 8 + 24 + 16 + 8 + 8
    assert way[:4] == ("receive", "examine", "consult_fire", "met")
    assert faults(permit(), limit_hours=64) == set()
    assert ("steps", "over_limit") in faults(permit(), limit_hours=63)


def test_a_detour_that_comes_back_is_on_no_way() -> None:
    document = process(
        task("a", action("check", "b"), action("go", "done"), hours=8),
        task("b", action("back", "a"), hours=40),
        end(),
    )
    assert longest_way(compile_definition(document)) == (8, ("a", "done"))


def test_too_many_situations_are_refused_not_searched() -> None:
    names = [f"b{n}" for n in range(16)]
    document = process(
        split(*names), *(task(n, action("go", "j")) for n in names), join("j", "done"), end()
    )
    assert ("steps", "too_large") in faults(document)


def test_an_end_that_terminates_cancels_the_other_branches() -> None:
    document = process(
        split("a", "b"),
        task("a", action("go", "j"), action("stop", "stopped")),
        task("b", action("go", "j")),
        join("j", "done"),
        end(),
        end("stopped", terminates=True, state="stopped"),
    )
    definition = compile_definition(document)
    marking, _ = fire(definition, first_marking(definition), Token("s"), "go", {})
    token = next(t for t in marking if t.step == "a")
    after, effects = fire(definition, marking, token, "stop", {})
    assert after == frozenset()
    assert [t.step for t in effects.cancelled] == ["b"]
    assert effects.state == "stopped"


def walk(document: Any, *moves: str, **variables: Any) -> list[set[str]]:
    definition = compile_definition(document)
    marking = first_marking(definition)
    seen = [{t.step for t in marking}]
    for move in moves:
        step, _, name = move.partition(".")
        token = next(t for t in marking if t.step == step)
        marking, _ = fire(definition, marking, token, name, variables)
        seen.append({t.step for t in marking})
    return seen


def test_a_split_waits_for_all_its_branches() -> None:
    seen = walk(
        permit(), "receive.accept", "examine.consult", "consult_build.answer",
        "consult_fire.answer", "propose_after.propose", needs_consultation=True,
    )  # fmt: skip
    assert seen[2:] == [
        {"consult_fire", "consult_build"},
        {"consult_fire", "met"},
        {"propose_after"},
        {"sign"},
    ]


@pytest.mark.parametrize("origin", ["receive", "examine"])
def test_back_returns_to_the_step_that_was_left(origin: str) -> None:
    ways = {
        "receive": ("receive.ask", "await_supplement.supplied"),
        "examine": ("receive.accept", "examine.ask", "await_supplement.supplied"),
    }
    assert walk(permit(), *ways[origin])[-1] == {origin}


def test_back_after_back_goes_further_back() -> None:
    document = process(
        task("a", action("go", "b")),
        task("b", action("go", "c"), action("undo", "@back")),
        task("c", action("go", "done"), action("undo", "@back")),
        end(),
    )
    seen = walk(document, "a.go", "b.go", "c.undo", "b.go", "c.undo", "b.undo", "a.go", "b.go")
    assert seen[-3:] == [{"a"}, {"b"}, {"c"}]


def test_back_after_a_join_goes_to_the_step_that_split() -> None:
    document = process(
        split("a", "b"),
        task("a", action("go", "j")),
        task("b", action("go", "j")),
        join("j", "c"),
        task("c", action("go", "done"), action("undo", "@back")),
        end(),
    )
    assert walk(document, "s.go", "a.go", "b.go", "c.undo")[-1] == {"s"}


def test_conditions_open_and_close_actions() -> None:
    definition = compile_definition(permit())
    marking, _ = fire(definition, first_marking(definition), Token("receive"), "accept", {})
    assert ("examine", "consult") in enabled(definition, marking, {"needs_consultation": True})
    for variables in ({"needs_consultation": False}, {}, {"needs_consultation": "yes"}):
        assert ("examine", "consult") not in enabled(definition, marking, variables)
        with pytest.raises(NoSuchMove):
            fire(definition, marking, next(iter(marking)), "consult", variables)


def test_a_pair_of_opposite_conditions_is_complete() -> None:
    document = process(
        task("a", action("x", "done", when="fee > 0"), action("y", "done", when="!(fee > 0)")),
        end(),
    )
    assert faults(document) == set()


def test_a_document_is_not_changed_by_reading() -> None:
    document = permit()
    before = deepcopy(document)
    compile_definition(document)
    assert document == before
    assert text("a") == {"vi": "a (vi)", "en": "a"}
