"""Which questions are asked: tables of cases and properties."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.casework.forms.public import next_step, previous_step, settle, steps_shown, validate
from motcua.casework.forms.tests.samples import definition

TODAY = dt.date(2026, 11, 22)
FORM = definition()

_texts = st.text(max_size=12)
_scalars = st.none() | st.booleans() | st.integers(-5, 10**6) | _texts | st.floats(allow_nan=False)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "child_name": _texts,
        "child_birth": st.dates().map(dt.date.isoformat) | _texts,
        "sex": st.sampled_from(["nam", "nu", "khac"]),
        "weight": _scalars,
        "late_reason": _texts,
        "relation": st.sampled_from(["father", "mother", "other", "x"]),
        "relation_other": _texts,
        "married": st.booleans(),
        "siblings": st.lists(
            st.fixed_dictionaries({}, optional={"name": _texts, "birth": _texts}), max_size=3
        ),
        "place": st.fixed_dictionaries({}, optional={"street": _texts, "ward": _texts}),
        "copies": _scalars,
        "gift": _scalars,
        "services": st.lists(_texts, max_size=3),
        "truth": st.booleans(),
        "unknown": _scalars,
    },
)


@pytest.mark.parametrize(
    ("answers", "shown", "hidden"),
    [
        ({}, {"relation"}, {"relation_other", "siblings", "late_reason"}),
        ({"relation": "other"}, {"relation_other"}, set()),
        ({"married": True}, {"siblings"}, set()),
        ({"married": False}, set(), {"siblings"}),
        ({"child_birth": "2026-01-01"}, {"late_reason"}, set()),
        ({"child_birth": "2026-11-01"}, set(), {"late_reason"}),
        ({"child_birth": "không nhớ"}, set(), {"late_reason"}),
    ],
)
def test_conditions(answers: dict[str, Any], shown: set[str], hidden: set[str]) -> None:
    settled = settle(FORM, answers, today=TODAY)
    assert shown <= settled.shown
    assert not hidden & settled.shown


def test_calculated_values_follow_the_answers_and_cannot_be_posted() -> None:
    settled = settle(FORM, {"copies": 3, "fee": 1, "child_birth": "2026-11-20"}, today=TODAY)
    assert settled.answers["fee"] == 24_000
    assert settled.answers["days_late"] == 2


def test_variables_are_read_but_are_no_answers() -> None:
    asked = validate(FORM, {}, today=TODAY, context={"online": True})
    assert "contact_email" in asked.errors
    assert "online" not in asked.answers
    assert "contact_email" not in validate(FORM, {}, today=TODAY).errors


@given(ANSWERS)
@settings(max_examples=150, deadline=None)
def test_settling_twice_changes_nothing(answers: dict[str, Any]) -> None:
    once = settle(FORM, answers, today=TODAY)
    again = settle(FORM, once.answers, today=TODAY)
    assert again.shown == once.shown
    assert again.answers == once.answers


@given(ANSWERS)
@settings(max_examples=150, deadline=None)
def test_a_hidden_field_is_absent_and_never_wrong(answers: dict[str, Any]) -> None:
    checked = validate(FORM, answers, today=TODAY)
    assert checked.answers.keys() <= checked.settled.shown
    assert {place.split(".")[0] for place in checked.errors} <= checked.settled.shown
    # What was typed into a hidden field makes no difference to anything.
    hidden = FORM.fields.keys() - checked.settled.shown
    without = {name: value for name, value in answers.items() if name not in hidden}
    other = validate(FORM, without, today=TODAY)
    assert (other.answers, other.errors) == (checked.answers, checked.errors)


def test_steps_with_nothing_to_show_are_passed_over() -> None:
    from motcua.casework.forms.public import compile_form
    from motcua.casework.forms.tests.samples import document

    changed = document()
    changed["steps"][1]["visible"] = "sex == 'nam'"
    form = compile_form(changed)
    girl = settle(form, {"sex": "nu"}, today=TODAY)
    assert [step.id for step in steps_shown(form, girl)] == ["child", "contact"]
    following = next_step(form, girl, "child")
    assert following is not None
    assert following.id == "contact"
    before = previous_step(form, girl, "contact")
    assert before is not None
    assert before.id == "child"
    assert next_step(form, girl, "contact") is None
    assert previous_step(form, girl, "child") is None
    boy = settle(form, {"sex": "nam"}, today=TODAY)
    assert len(steps_shown(form, boy)) == 3
