"""Good documents compile once; broken ones are told with every place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from motcua.casework.forms.public import BrokenForm, check_form, compile_form
from motcua.casework.forms.tests.samples import both, document, large_document

Doc = dict[str, Any]


def test_the_sample_is_sound() -> None:
    assert check_form(document()) == ()


def test_equal_documents_share_one_definition() -> None:
    assert compile_form(document()) is compile_form(document())
    assert compile_form(large_document()) is not compile_form(document())


def test_fields_follow_what_they_read() -> None:
    order = compile_form(document()).order
    assert order.index("child_birth") < order.index("days_late") < order.index("late_reason")
    assert order.index("relation") < order.index("relation_other")


def _set(path: str, value: Any) -> Callable[[Doc], None]:
    def change(doc: Doc) -> None:
        *way, last = path.split("/")
        place: Any = doc
        for key in way:
            place = place[int(key) if isinstance(place, list) else key]
        place[int(last) if isinstance(place, list) else last] = value

    return change


def _drop(path: str) -> Callable[[Doc], None]:
    def change(doc: Doc) -> None:
        *way, last = path.split("/")
        place: Any = doc
        for key in way:
            place = place[key]
        del place[last]

    return change


@pytest.mark.parametrize(
    ("change", "place", "word"),
    [
        (_set("fields/sex/widget", "slider"), "fields/sex/widget", "slider"),
        (_drop("title"), "(document)", "title"),
        (_set("title", {"vi": "x"}), "title", "en"),
        (_set("schema/properties/sex", {"type": "strange"}), "schema/properties/sex/type", "JSON"),
        (_drop("schema/properties/sex"), "fields/sex", "schema/properties"),
        (_drop("fields/gift"), "schema/properties/gift", "fields"),
        (_set("schema/required", ["nobody"]), "schema/required/nobody", "trường"),
        (_set("steps/0/fields/0", "nobody"), "steps/0/fields/0", "nobody"),
        (_set("steps/1/fields/0", "sex"), "steps/1/fields/0", "hai nơi"),
        (_set("steps/2/fields/1", "gift"), "fields/contact_phone", "bước"),
        (_set("steps/1/id", "child"), "steps/1", "trùng"),
        (_drop("fields/relation/options"), "fields/relation", "options"),
        (_set("schema/properties/gift", {"type": "string"}), "fields/gift", "money"),
        (_set("schema/properties/place", {"$ref": "#/$defs/nowhere"}), "fields/place", "$ref"),
        (_set("schema/properties/place", {"$ref": "https://x.test/s"}), "fields/place", "$ref"),
        (_drop("fields/siblings/fields"), "fields/siblings/fields", "repeat"),
        (_set("fields/sex/fields", {"a": {"label": both("a"), "widget": "text"}}),
         "fields/sex/fields", "repeat"),
        (_set("fields/siblings/fields/name/visible", "true"),
         "fields/siblings/fields/name/visible", "trường con"),
        (_set("fields/siblings/fields/other", {"label": both("a"), "widget": "text"}),
         "fields/siblings/fields/other", "schema"),
        (_set("rules/0/fields", ["nobody"]), "rules/0/fields", "nobody"),
        (_set("variables", {"sex": "bool"}), "variables/sex", "trùng"),
        (_set("fields/relation_other/visible", "relation == "),
         "fields/relation_other/visible (1:13)", "cú pháp"),
        (_set("fields/relation_other/visible", "relation == 1"),
         "fields/relation_other/visible (1:10)", "=="),
        (_set("rules/0/when", "sex == 'nam' &&\n nobody > 1"), "rules/0/when (2:2)", "nobody"),
        (_set("fields/relation/visible", "relation_other == 'x'"), "fields/relation", "vòng"),
        (_set("fields/sex/visible", "sex == 'nam'"), "fields/sex", "vòng"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place(
    change: Callable[[Doc], None], place: str, word: str
) -> None:
    broken = document()
    change(broken)
    problems = check_form(broken)
    assert any(p.path == place and word in p.message.vi for p in problems), problems
    with pytest.raises(BrokenForm) as caught:
        compile_form(broken)
    assert caught.value.problems == problems
    assert problems[0].path in caught.value.text().en


def test_reserved_names_are_refused() -> None:
    broken = document()
    broken["fields"]["today"] = {"label": both("x"), "widget": "text"}
    broken["schema"]["properties"]["today"] = {"type": "string"}
    broken["steps"][0]["fields"].append("today")
    assert any("dành riêng" in p.message.vi for p in check_form(broken))
