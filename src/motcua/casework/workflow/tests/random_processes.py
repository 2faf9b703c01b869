"""Random sound processes: blocks in a row, nested splits, choices, loops, supplements, timers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from motcua.casework.workflow.tests.processes import (
    Document,
    action,
    end,
    join,
    process,
    task,
    wait,
)

LARGE = 14
CONDITIONS = ("x > 1", "y", 'kind == "a"')


@dataclass
class Maker:
    """Builds from the end backwards, so that every target already exists."""

    draw: DrawFn
    steps: list[Document] = field(default_factory=list)
    count: int = 0

    def name(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def add(self, step: Document) -> str:
        self.steps.insert(0, step)
        return step["id"]

    def chain(self, after: str, depth: int) -> str:
        """One to three blocks leading to ``after``; the id of the first."""
        for _ in range(self.draw(st.integers(1, 1 + depth))):
            after = self.block(after, depth)
        return after

    def block(self, after: str, depth: int) -> str:
        kinds = ["plain"]
        if self.count < LARGE:
            kinds += ["choice", "loop", "supplement"] + (["split"] * 2 if depth else [])
        return getattr(self, self.draw(st.sampled_from(kinds)))(after, depth)

    def plain(self, after: str, depth: int) -> str:
        more: dict[str, Any] = {}
        if self.draw(st.booleans()):
            more = {
                "hours": self.draw(st.integers(1, 40)),
                "state": self.draw(st.sampled_from("ab")),
            }
        actions = [action("go", after, primary=True, signals=["charge_paid"])]
        if self.draw(st.booleans()):
            actions.append(action("also", after, when=self.draw(st.sampled_from(CONDITIONS))))
        return self.add(task(self.name("t"), *actions, **more))

    def choice(self, after: str, depth: int) -> str:
        left, right = self.block(after, 0), self.plain(after, 0)
        condition = self.draw(st.sampled_from(CONDITIONS))
        pair = [
            action("left", left, when=condition),
            action("right", right, when=f"!({condition})"),
        ]
        if self.draw(st.booleans()):
            pair.append(action("skip", after))
        return self.add(task(self.name("c"), *pair))

    def loop(self, after: str, depth: int) -> str:
        second = self.name("l")
        first = self.name("l")
        self.add(task(second, action("go", after), action("again", first)))
        return self.add(task(first, action("go", second)))

    def supplement(self, after: str, depth: int) -> str:
        asker = self.name("s")
        waiting = self.name("w")
        timers: list[Document] = []
        if self.draw(st.booleans()):
            timers = [{"id": "late", "after": {"amount": 3, "unit": "working_day"},
                       "verb": "late", "to": [after]}]  # fmt: skip
        self.add(wait(waiting, action("supplied", "@back"), timers=timers))
        return self.add(task(asker, action("ask", waiting), action("go", after)))

    def split(self, after: str, depth: int) -> str:
        meet = self.add(join(self.name("j"), after))
        heads = [self.chain(meet, depth - 1) for _ in range(self.draw(st.integers(2, 3)))]
        ways = [action("fan", *heads)]
        if self.draw(st.booleans()):
            ways.append(action("none", after))
        return self.add(task(self.name("f"), *ways))


@st.composite
def processes(draw: DrawFn) -> Document:
    """A sound process document; conditions use ``x`` (number), ``y`` (truth), ``kind`` (text)."""
    maker = Maker(draw)
    maker.add(end("done", state="z"))
    first = maker.chain("done", 2)
    return process(*maker.steps, start=first, variables=["x", "y", "kind"])
