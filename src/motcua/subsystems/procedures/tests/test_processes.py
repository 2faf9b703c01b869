"""Every process walked step by step with the engine's pure rules."""

from __future__ import annotations

from typing import Any

import pytest

from motcua.casework.workflow.rules import (
    Definition,
    Marking,
    Token,
    compile_definition,
    enabled,
    fire,
    first_marking,
)
from motcua.subsystems.procedures.rules import TRANSITIONS
from motcua.subsystems.procedures.services import DATA, read_package

CODES = sorted(path.parent.name for path in (DATA / "packages").glob("*/process.json"))
ONLINE: dict[str, Any] = {"channel": "online"}
COUNTER: dict[str, Any] = {"channel": "counter"}


def process(code: str) -> Definition:
    return compile_definition(read_package(DATA / "packages" / code)["process"])


class Walk:
    """A case on its way; ``states`` is what a citizen would have seen."""

    def __init__(self, code: str, variables: dict[str, Any]) -> None:
        self.definition = process(code)
        self.variables = variables
        self.marking: Marking = first_marking(self.definition)
        self.states = ["new"]
        self.ended = False

    @property
    def token(self) -> Token:
        [token] = self.marking
        return token

    @property
    def step(self) -> str:
        return self.token.step

    def offered(self) -> set[str]:
        return {move for _, move in enabled(self.definition, self.marking, self.variables)}

    def go(self, *moves: str) -> Walk:
        for move in moves:
            self.marking, effects = fire(
                self.definition, self.marking, self.token, move, self.variables
            )
            self.ended = not self.marking
            if effects.state and effects.state != self.states[-1]:
                assert effects.state in TRANSITIONS[self.states[-1]], (move, effects.state)
                self.states.append(effects.state)
        return self


def way_to_examine(code: str) -> tuple[str, ...]:
    assigning = "assign" in process(code).steps
    return ("accept", "forward", "assign") if assigning else ("accept", "forward")


def way_to_proposal(code: str) -> tuple[str, ...]:
    """Up to the proposal: where there are two phases, through the payment between them."""
    two_phases = "update" in process(code).steps
    between = ("send_obligation", "obligation_met") if two_phases else ()
    return (*way_to_examine(code), *between)


def way_from_proposal(code: str) -> tuple[str, ...]:
    review = ("approve",) if "review" in process(code).steps else ()
    return (*review, "sign", "issue", "deliver")


@pytest.mark.parametrize("code", CODES)
def test_counter_way_to_the_result(code: str) -> None:
    walk = Walk(code, COUNTER).go(*way_to_proposal(code), "propose", *way_from_proposal(code))
    assert walk.ended
    told = [state for state in walk.states if state != "financial_obligation"]
    assert list(dict.fromkeys(told)) == ["new", "received", "processing", "finished", "returned"]


@pytest.mark.parametrize("code", ["1.001193", "1.004873", "1.000656", "1.004837"])
def test_online_civil_status_waits_for_the_citizen(code: str) -> None:
    walk = Walk(code, ONLINE).go(*way_to_examine(code))
    assert "propose_online" in walk.offered()
    assert "propose" not in walk.offered()
    walk.go("propose_online")
    assert walk.step == "confirm_draft"
    [timer] = walk.definition.timers("confirm_draft")
    assert timer.verb == "confirm_draft"
    assert (timer.after.amount, timer.after.unit) == (1, "calendar_day")
    walk.go("mend_draft", "propose_online", "confirm_draft", *way_from_proposal(code))
    assert walk.states[-1] == "returned"


@pytest.mark.parametrize("code", CODES)
def test_supplement_before_and_after_acceptance(code: str) -> None:
    walk = Walk(code, COUNTER).go("request_supplement", "supplement")
    assert walk.step == "receive"
    assert walk.states == ["new", "supplement", "new"]
    walk.go(*way_to_examine(code), "request_supplement", "supplement")
    assert walk.step == "examine"
    walk.go("request_supplement", "no_supplement")
    assert walk.states[-1] == "stopped"


@pytest.mark.parametrize("code", CODES)
def test_refusal_withdrawal_stop_and_extension(code: str) -> None:
    assert Walk(code, ONLINE).go("refuse").states[-1] == "refused"
    assert Walk(code, ONLINE).go("withdraw").states[-1] == "withdrawn"
    start = way_to_examine(code)
    refused = Walk(code, ONLINE).go(*start, "propose_refusal", "refuse_after_appraisal")
    assert refused.states[-1] == "stopped"
    kept = Walk(code, ONLINE).go(*start, "withdraw", "keep")
    assert kept.step == "examine"
    assert kept.go("withdraw", "approve_withdrawal").states[-1] == "withdrawn"
    extended = Walk(code, ONLINE).go(*start, "extend", "reassign")
    assert extended.step == "examine"
    assert extended.go("stop").states[-1] == "stopped"


def test_consulted_department_is_silent_after_two_working_days() -> None:
    walk = Walk("1.013225", ONLINE).go(*way_to_examine("1.013225"), "ask_consultation")
    step = walk.definition.step("consultation")
    assert (step.role, step.unit, step.hours) == ("consulted_officer", "agency:so-qhkt", 16)
    assert (step.silence, step.silence_action) == ("consent", "agree")
    assert walk.go("agree").step == "examine"


@pytest.mark.parametrize(
    ("code", "ask", "field"),
    [
        ("1.001193", "verify_marriage", "marriage_commune"),
        ("1.004873", "verify_status", "former_commune"),
    ],
)
def test_verification_goes_to_the_commune_named(code: str, ask: str, field: str) -> None:
    assert ask not in Walk(code, COUNTER).go(*way_to_examine(code)).offered()
    walk = Walk(code, COUNTER | {field: "26743"}).go(*way_to_examine(code))
    assert ask in walk.offered()
    walk.go(ask)
    assert walk.definition.step("verification").silence == "escalate"
    assert {"answer", "go_on"} <= walk.offered()
    assert walk.go("answer").step == "examine"


@pytest.mark.parametrize("code", ["1.001612", "1.013225", "1.013855", "3.000333"])
def test_paper_channel_pays_in_a_state_of_its_own(code: str) -> None:
    walk = Walk(code, COUNTER).go(*way_to_examine(code), "request_fee")
    assert walk.states[-1] == "financial_obligation"
    assert walk.go("confirm_fee").step == "examine"


@pytest.mark.parametrize("code", CODES)
def test_the_leader_may_return_the_draft(code: str) -> None:
    walk = Walk(code, COUNTER).go(*way_to_proposal(code), "propose")
    if walk.step == "review":
        walk.go("approve")
    assert walk.go("return_for_rework").step in {"examine", "update"}
