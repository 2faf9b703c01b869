"""Random definitions walk the same paths in our tables and in SpiffWorkflow."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.casework.workflow.bpmn import to_bpmn
from motcua.casework.workflow.rules import (
    ProcessDocument,
    compile_definition,
    enabled,
    fire,
    first_marking,
    read_document,
)
from motcua.casework.workflow.tests.processes import permit
from motcua.casework.workflow.tests.random_processes import processes

pytest.importorskip("SpiffWorkflow")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

VARIABLES = st.fixed_dictionaries(
    {"x": st.integers(0, 3), "y": st.booleans(), "kind": st.sampled_from("ab")}
)
STEPS = 25


def walk(document: Any, variables: dict[str, Any], choose: Any) -> int:
    """Walk both engines side by side; the number of moves made."""
    from motcua.casework.workflow.tests.spiff import Oracle

    typed = read_document(document)
    assert isinstance(typed, ProcessDocument)
    definition = compile_definition(typed)
    oracle = Oracle(to_bpmn(typed), variables)
    marking = first_marking(definition)
    for count in range(STEPS):
        ours = enabled(definition, marking, variables)
        assert ours == oracle.enabled()
        timers = frozenset((t.step, m.id) for t in marking for m in definition.timers(t.step))
        assert timers == oracle.waiting_timers()
        if not ours:
            assert marking == frozenset()
            assert oracle.finished()
            return count
        step, action = choose(sorted(ours | timers))
        token = next(token for token in marking if token.step == step)
        marking, _ = fire(definition, marking, token, action, variables)
        if (step, action) in timers:
            oracle.expire(step, action)
        else:
            oracle.take(step, action, token.trail[0] if token.trail else "")
    return STEPS


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(processes(), VARIABLES, st.data())
def test_both_engines_offer_the_same_moves_at_every_step(
    document: dict[str, Any], variables: dict[str, Any], data: st.DataObject
) -> None:
    walk(document, variables, lambda moves: data.draw(st.sampled_from(moves)))


@settings(max_examples=30, deadline=None)
@given(st.booleans(), st.data())
def test_the_permit_process_too(needed: bool, data: st.DataObject) -> None:
    walk(
        permit(),
        {"needs_consultation": needed},
        lambda moves: data.draw(st.sampled_from(moves)),
    )
