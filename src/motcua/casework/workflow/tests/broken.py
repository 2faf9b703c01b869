"""Process documents with one fault each, and the place and code by which it must be named."""

from __future__ import annotations

from typing import Any

from motcua.casework.workflow.tests.processes import (
    action,
    consultation,
    end,
    join,
    process,
    task,
    wait,
)


def split(*targets: str) -> dict[str, Any]:
    return task("s", action("go", *targets))


def reminder(**more: Any) -> dict[str, Any]:
    return {"id": "t", "after": {"amount": 1, "unit": "hour"}, "verb": "v", "to": [], **more}


A_GO = task("a", action("go", "done"))
CASES: list[tuple[str, Any, tuple[str, str]]] = [
    ("not an object", [], ("$", "shape")),
    ("no steps", {"key": "a"}, ("steps", "shape")),
    (
        "shape of an action",
        process(task("a", {"id": "x"}), end()),
        ("steps[0].actions[0]", "shape"),
    ),
    (
        "signal",
        process(task("a", action("go", "done", signals=["Paid"])), end()),
        ("steps.a.actions.go.signals", "unknown_signal"),
    ),
    (
        "signal of two actions",
        process(
            task(
                "a", action("go", "done", signals=["paid"]), action("run", "done", signals=["paid"])
            ),
            end(),
        ),
        ("steps.a.actions", "signal_twice"),
    ),
    ("unknown key", process({**A_GO, "hour": 3}, end()), ("steps[0]", "shape")),
    ("bad id", process(task("A b", action("go", "done")), end()), ("steps[0].id", "identifier")),
    ("duplicate step", process(A_GO, A_GO, end()), ("steps[1].id", "duplicate")),
    (
        "duplicate action",
        process(task("a", action("go", "done"), action("go", "done")), end()),
        ("steps.a.actions[1].id", "duplicate"),
    ),
    ("start", process(A_GO, end(), start="b"), ("start", "unknown_start")),
    ("start at an end", process(A_GO, end(), start="done"), ("start", "unknown_start")),
    (
        "target",
        process(task("a", action("go", "b")), end()),
        ("steps.a.actions.go.to[0]", "unknown_target"),
    ),
    ("no target", process(task("a", action("go")), end()), ("steps.a.actions.go.to", "no_target")),
    (
        "back in company",
        process(A_GO, task("b", action("go", "@back", "a")), end()),
        ("steps.b.actions.go.to", "mixed_back"),
    ),
    (
        "same target twice",
        process(task("a", action("go", "done", "done")), end()),
        ("steps.a.actions.go.to", "held_twice"),
    ),
    ("role", process({**A_GO, "role": "king"}, end()), ("steps.a.role", "unknown_role")),
    ("no role", process({**A_GO, "role": ""}, end()), ("steps.a.role", "missing")),
    ("unit", process({**A_GO, "unit": "recieving"}, end()), ("steps.a.unit", "bad_unit")),
    ("unit expression", process({**A_GO, "unit": "a +"}, end()), ("steps.a.unit", "bad_unit")),
    ("hours", process({**A_GO, "hours": 0}, end()), ("steps.a.hours", "bad_hours")),
    ("end with a role", process(A_GO, end(role="leader")), ("steps.done.role", "misplaced")),
    (
        "silence of a task",
        process({**A_GO, "silence": "consent"}, end()),
        ("steps.a.silence", "misplaced"),
    ),
    (
        "silence without hours",
        process(consultation("a", "X", action("go", "done"), silence="consent", hours=None), end()),
        ("steps.a.hours", "missing"),
    ),
    (
        "silence action",
        process(
            consultation("a", "X", action("go", "done"), silence="consent", silence_action="x"),
            end(),
        ),
        ("steps.a.silence_action", "bad_silence"),
    ),
    ("no exit", process(task("a"), end()), ("steps.a", "no_exit")),
    (
        "only conditional",
        process(task("a", action("go", "done", when="x > 1")), end()),
        ("steps.a.actions", "only_conditional"),
    ),
    (
        "two primaries",
        process(
            task("a", action("go", "done", primary=True), action("b", "done", primary=True)), end()
        ),
        ("steps.a.actions", "two_primaries"),
    ),
    (
        "condition",
        process(task("a", action("go", "done", when="x >"), action("b", "done")), end()),
        ("steps.a.actions.go.when", "bad_condition"),
    ),
    (
        "variable",
        process(
            task("a", action("go", "done", when="x"), action("b", "done")), end(), variables=["y"]
        ),
        ("steps.a.actions.go.when", "unknown_variable"),
    ),
    (
        "timer of nothing",
        process(
            {**A_GO, "timers": [reminder(after={"amount": 0, "unit": "hour"}, interrupts=False)]},
            end(),
        ),
        ("steps.a.timers.t.after", "bad_timer"),
    ),
    (
        "timer to nowhere",
        process({**A_GO, "timers": [reminder()]}, end()),
        ("steps.a.timers.t.to", "no_target"),
    ),
    (
        "reminder that moves",
        process({**A_GO, "timers": [reminder(to=["done"], interrupts=False)]}, end()),
        ("steps.a.timers.t.to", "reminder_moves"),
    ),
    (
        "unreachable",
        process(A_GO, task("b", action("go", "done")), end()),
        ("steps.b", "unreachable"),
    ),
    (
        "join without split",
        process(task("a", action("go", "j")), join("j", "done"), end()),
        ("steps.j", "join_without_split"),
    ),
    (
        "end inside a branch",
        process(split("a", "b"), A_GO, task("b", action("go", "j")), join("j", "done"), end()),
        ("steps.done", "end_inside_branch"),
    ),
    (
        "held twice",
        process(
            split("a", "b"),
            task("a", action("go", "c")),
            task("b", action("go", "c")),
            task("c", action("go", "j")),
            join("j", "done"),
            end(),
        ),
        ("steps.c", "held_twice"),
    ),
    (
        "leaves its branch",
        process(
            split("a", "b"),
            task("a", action("go", "s"), action("ok", "j")),
            task("b", action("go", "j")),
            join("j", "done"),
            end(),
        ),
        ("steps.s", "leaves_branch"),
    ),
    (
        "branches that never meet",
        process(
            split("a", "b"),
            task("a", action("go", "j")),
            task("b", action("go", "k")),
            join("j", "done"),
            join("k", "done"),
            end(),
        ),
        ("steps.j", "branches_never_meet"),
    ),
    (
        "a join for two splits",
        process(
            task("s", action("go", "a", "b"), action("all", "a", "c")),
            *(task(x, action("go", "j")) for x in "abc"),
            join("j", "done"),
            end(),
        ),
        ("steps.j", "join_of_two_splits"),
    ),
    (
        "never ends",
        process(
            task("a", action("go", "done"), action("lost", "b")),
            task("b", action("go", "c")),
            task("c", action("go", "b")),
            end(),
        ),
        ("steps.b", "never_ends"),
    ),
    (
        "back from the start",
        process(task("a", action("go", "done"), action("b", "@back")), end()),
        ("steps.a.actions.b.to", "back_from_nowhere"),
    ),
    (
        "back out of a branch",
        process(
            split("a", "b"),
            task("a", action("go", "j"), action("x", "@back")),
            task("b", action("go", "j")),
            join("j", "done"),
            end(),
        ),
        ("steps.a.actions.x.to", "back_from_nowhere"),
    ),
    (
        "loop of timers",
        process(
            wait("a", action("go", "done"), timers=[reminder(to=["b"])]),
            wait("b", action("go", "done"), timers=[reminder(to=["a"])]),
            end(),
        ),
        ("steps.a", "no_human"),
    ),
]
