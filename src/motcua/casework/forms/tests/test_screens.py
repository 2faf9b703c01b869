"""A posted screen: what is kept, what is said, which screen comes next."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from motcua.casework.forms.public import Outcome, take_screen
from motcua.casework.forms.tests.samples import definition, post
from motcua.foundation.errors import NotFound

TODAY = dt.date(2026, 11, 22)
FORM = definition()
CHILD = {
    "child_name": "Nguyễn Văn An",
    "child_birth": "1/11/2026",
    "sex": "nam",
    "_shown": "child_name child_birth sex weight days_late",
}


def take(step: str, data: dict[str, Any], answers: dict[str, Any] | None = None) -> Outcome:
    return take_screen(FORM, step, post(data), answers or {}, today=TODAY)


def test_a_right_screen_leads_on() -> None:
    outcome = take("child", CHILD)
    assert (outcome.step, outcome.errors) == ("family", {})
    assert outcome.answers == {
        "child_name": "Nguyễn Văn An",
        "child_birth": "2026-11-01",
        "sex": "nam",
    }


def test_a_wrong_screen_is_shown_again_with_all_that_was_typed() -> None:
    outcome = take("child", CHILD | {"child_birth": "31/2/2026", "weight": "ba cân"})
    assert outcome.step == "child"
    assert set(outcome.errors) == {"child_birth", "weight"}
    assert outcome.answers["child_birth"] == "31/2/2026"
    assert outcome.answers["weight"] == "ba cân"


def test_the_last_screen_leads_to_checking() -> None:
    done = take("contact", {"contact_phone": "0901 234 567", "truth": "on", "_shown": "truth"})
    assert done.step == ""
    assert done.answers["contact_phone"] == "0901234567"


def test_questions_that_appear_are_asked_before_they_are_missed() -> None:
    late = CHILD | {"child_birth": "1/1/2026"}
    outcome = take("child", late)
    assert outcome.step == "child"
    assert outcome.errors == {}
    assert outcome.note is not None
    seen = late | {"_shown": f"{late['_shown']} late_reason"}
    again = take("child", seen)
    assert set(again.errors) == {"late_reason"}
    assert again.note is None
    assert take("child", seen | {"late_reason": "Ở xa"}).step == "family"


@pytest.mark.parametrize("verb", ["back", "save", "refresh"])
def test_only_going_on_asks_for_right_answers(verb: str) -> None:
    outcome = take("family", {"relation": "", "_action": verb}, {"child_name": "x"})
    assert outcome.errors == {}
    assert outcome.verb == verb
    assert outcome.step == ("child" if verb == "back" else "family")
    assert outcome.answers["child_name"] == "x"


def test_rows_are_added_and_removed_without_losing_what_was_typed() -> None:
    base = {"relation": "father", "married": "true", "siblings.0.name": "An"}
    added = take("family", base | {"_action": "add:siblings"})
    assert added.answers["siblings"] == [{"name": "An"}, {}]
    two = base | {"siblings.1.name": "Bình", "siblings.1.at_school": "on"}
    removed = take("family", two | {"_action": "remove:siblings:0"})
    assert removed.answers["siblings"] == [{"name": "Bình", "at_school": True}]
    none = take("family", base | {"_action": "remove:siblings:0"})
    assert "siblings" not in none.answers


def test_empty_rows_go_when_the_person_goes_on() -> None:
    outcome = take(
        "family",
        {
            "relation": "father", "married": "true", "place.street": "1 Lê Lợi", "place.ward": "1",
            "siblings.0.name": " ", "siblings.1.name": "Bình", "_shown": "siblings",
        },
    )  # fmt: skip
    assert outcome.answers["siblings"] == [{"name": "Bình"}]


def test_hidden_answers_are_kept_for_when_they_come_back() -> None:
    before = {"married": True, "siblings": [{"name": "An"}]}
    outcome = take(
        "family", {"married": "false", "siblings.0.name": "An", "_action": "save"}, before
    )
    assert outcome.answers["siblings"] == [{"name": "An"}]
    assert outcome.answers["married"] is False


def test_only_files_that_are_there_may_stay() -> None:
    before = {"papers": ["a", "b"]}
    kept = take("contact", {"papers": ["b", "stranger"], "_action": "save"}, before)
    assert kept.answers["papers"] == ["b"]
    removed = take("contact", {"papers": ["a", "b"], "_action": "remove_file:papers:a"}, before)
    assert removed.answers["papers"] == ["b"]


def test_unknown_names_steps_and_actions_do_no_harm() -> None:
    outcome = take("child", CHILD | {"fee": "1", "hack": "x", "_action": "drop:all", "gift": "5"})
    assert not {"fee", "hack", "gift"} & outcome.answers.keys()
    assert outcome.verb == "next"
    with pytest.raises(NotFound):
        take("nowhere", {})
    assert take("child", {"_action": "add:child_name"}).answers == {}
    assert take("child", {"_action": "go:nowhere"}).step == "child"
    assert take("child", {"_action": "go:contact"}).step == "contact"
    assert take("child", {"_revision": "7", "_action": "save"}).revision == 7
    assert take("child", {"_revision": "x", "_action": "save"}).revision == -1


def test_a_date_in_three_boxes_is_read() -> None:
    parts = {"child_birth_day": "1", "child_birth_month": "11", "child_birth_year": "2026"}
    outcome = take("child", parts | {"_action": "save"})
    assert outcome.answers["child_birth"] == "2026-11-01"


def test_huge_posts_are_cut_down() -> None:
    rows = {f"siblings.{n}.name": "x" for n in range(500)}
    outcome = take("family", rows | {"_action": "save"})
    assert len(outcome.answers["siblings"]) == 200
    long = take("child", {"late_reason": "x" * 50_000, "_action": "save"})
    assert len(long.answers["late_reason"]) == 20_000
