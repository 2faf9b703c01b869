"""The arithmetic of a group: order, failure of one, what the whole has come to."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.subsystems.applications.group_rules import (
    SETTLED,
    Member,
    Stage,
    blocked,
    group_state,
    member_answers,
    member_papers,
    ready,
)


def birth_group(birth: Stage, residence: Stage, insurance: Stage) -> list[Member]:
    return [
        Member("birth", (), birth),
        Member("residence", ("birth",), residence),
        Member("insurance", ("birth",), insurance),
    ]


@pytest.mark.parametrize(
    ("stages", "opens", "lost", "state"),
    [
        (("waiting", "waiting", "waiting"), ("birth",), (), "open"),
        (("open", "waiting", "waiting"), (), (), "open"),
        (("granted", "waiting", "waiting"), ("residence", "insurance"), (), "open"),
        (("failed", "waiting", "waiting"), (), ("residence", "insurance"), "open"),
        (("failed", "blocked", "blocked"), (), (), "none"),
        (("granted", "failed", "open"), (), (), "open"),
        (("granted", "failed", "granted"), (), (), "partly"),
        (("granted", "granted", "granted"), (), (), "done"),
        (("granted", "stuck", "granted"), (), (), "stuck"),
    ],
)
def test_birth_residence_insurance(
    stages: tuple[Stage, Stage, Stage], opens: tuple[str, ...], lost: tuple[str, ...], state: str
) -> None:
    members = birth_group(*stages)
    assert ready(members) == opens
    assert blocked(members) == lost
    assert group_state(members) == state


def test_one_who_waits_for_the_applicant_makes_it_the_applicants_turn() -> None:
    members = [Member("birth", (), "granted"), Member("residence", ("birth",), "open", yours=True)]
    assert group_state(members) == "yours"


@given(st.integers(1, 8), st.integers(), st.lists(st.booleans(), min_size=8, max_size=8))
@settings(max_examples=40, deadline=None)
def test_every_group_ends_and_no_failure_takes_a_result_away(
    size: int, seed: int, works: list[bool]
) -> None:
    chance = random.Random(seed)
    after = [tuple(f"m{k}" for k in range(n) if chance.random() < 0.4) for n in range(size)]
    stage: dict[str, Stage] = {f"m{n}": "waiting" for n in range(size)}

    def members() -> list[Member]:
        return [Member(name, after[n], stage[name]) for n, name in enumerate(stage)]

    granted: set[str] = set()
    for _ in range(3 * size):
        for name in ready(members()):
            assert all(stage[need] == "granted" for need in after[int(name[1:])])
            stage[name] = "open"
        opened = [name for name in stage if stage[name] == "open"]
        if opened:
            name = chance.choice(opened)
            stage[name] = "granted" if works[int(name[1:])] else "failed"
        stage |= dict.fromkeys(blocked(members()), "blocked")
        granted |= {name for name in stage if stage[name] == "granted"}
        assert all(stage[name] == "granted" for name in granted)
    assert set(stage.values()) <= SETTLED
    assert group_state(members()) in {"done", "partly", "none"}
    assert granted == {
        name for n, name in enumerate(stage) if works[n] and all(a in granted for a in after[n])
    }


def test_answers_are_taken_over_mapped_or_left_out() -> None:
    member = {
        "answers": {
            "person_name": "= child_name",
            "residence_ground": "child_of",
            "birth_registration": "= results.birth.number",
        }
    }
    known = {"child_name": "An", "house": "12 Lê Lợi", "empty": None, "results": {}}
    fields = ("person_name", "house", "empty", "residence_ground")
    assert member_answers(member, fields, known) == {
        "house": "12 Lê Lợi",
        "person_name": "An",
        "residence_ground": "child_of",
    }
    later = known | {"results": {"birth": {"number": "12/2026"}}}
    assert member_answers(member, fields, later)["birth_registration"] == "12/2026"


def test_papers_given_once_serve_every_member() -> None:
    given = {"housing": {"state": "given", "files": ["u1"]}, "identity": {"state": "shown"}}
    member = {"papers": {"proof": "housing"}}
    assert member_papers(member, ("proof", "identity", "other"), given) == {
        "proof": {"state": "given", "files": ["u1"]},
        "identity": {"state": "shown"},
    }
