"""The HTML: nothing typed is lost, and everybody can use it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.casework.forms.public import (
    PrefillSource,
    ShownFile,
    autosave_reply,
    compile_form,
    prefill,
    render_step,
    render_summary,
    take_screen,
    validate,
)
from motcua.casework.forms.tests.pages import Page
from motcua.casework.forms.tests.samples import both, definition, document, post
from motcua.foundation.errors import Bilingual, NotFound
from motcua.foundation.timesource import at_time

TODAY = dt.date(2026, 11, 22)
FORM = definition()
WARDS = [("26734", Bilingual("Phường Sài Gòn", "Sai Gon ward")), ("1", Bilingual("Một", "One"))]
STEPS = [step.id for step in FORM.steps]

_line = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=30
)
_name = _line | st.sampled_from(['"><script>alert(1)</script>', "O'Hara & con", "{{ x }}", "ắ ộ ữ"])
TYPED = st.fixed_dictionaries(
    {},
    optional={
        "child_name": _name,
        "child_birth": st.sampled_from(["31/2/2026", "1/11/2026", "2026-11-01", "hôm qua"]) | _line,
        "sex": st.sampled_from(["nam", "nu"]),
        "weight": st.sampled_from(["3,5", "1.234,5", "ba", "3.2"]) | _line,
        "late_reason": st.text(
            st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40
        ),
        "relation": st.sampled_from(["father", "other", ""]),
        "relation_other": _name,
        "married": st.sampled_from(["true", "false"]),
        "siblings.0.name": _name,
        "siblings.0.birth": _line,
        "siblings.0.at_school": st.just("on"),
        "siblings.3.name": _name,
        "place.street": _name,
        "place.ward": st.sampled_from(["26734", "1"]),
        "identity": _line,
        "contact_phone": _line,
        "contact_email": _name,
        "services": st.sampled_from([[], ["insurance"], ["residence", "insurance"]]),
        "copies": _line,
        "gift": st.sampled_from(["1.500.000", "1500000đ", "nhiều"]) | _line,
        "truth": st.just("on"),
    },
)


def page(step: str, answers: dict[str, Any], **around: Any) -> str:
    request = RequestFactory().get("/")
    around.setdefault("options", {"wards": WARDS})
    return render_step(FORM, step, answers, request=request, today=TODAY, **around)


@given(TYPED, st.sampled_from(STEPS))
@settings(max_examples=120, deadline=None)
def test_what_was_typed_comes_back_from_the_page(typed: dict[str, Any], step: str) -> None:
    first = take_screen(FORM, step, post(typed | {"_action": "save"}), {}, today=TODAY)
    errors = validate(FORM, first.answers, today=TODAY, step=step).errors
    body = Page(page(step, first.answers, errors=errors)).query()
    body["_action"] = "save"
    again = take_screen(FORM, step, body, first.answers, today=TODAY)
    assert again.answers == first.answers


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("wrong", [False, True])
def test_every_control_is_named_and_every_link_leads_somewhere(step: str, wrong: bool) -> None:
    answers = {"married": True, "siblings": [{"birth": "x"}, {}], "relation": "other"}
    errors = validate(FORM, answers, today=TODAY, step=step).errors if wrong else {}
    read = Page(page(step, answers, errors=errors))
    assert len(read.ids) == len(set(read.ids))
    for tag, said in read.controls:
        if said.get("type") != "hidden":
            assert said.get("id") in read.labelled, (tag, said)
    assert set(read.described) <= set(read.ids)
    assert {link.removeprefix("#") for link in read.links} <= set(read.ids)
    assert bool(read.links) == wrong
    if wrong:
        marked = [said for _, said in read.controls if said.get("aria-invalid")]
        groups = {"sex", "place", "siblings"}
        assert len(marked) + len(groups & errors.keys()) >= len(errors) - 1


def test_nothing_inline() -> None:
    for step in STEPS:
        html = page(step, {})
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)
        assert all("application/json" in tag for tag in re.findall(r"<script[^>]*>", html))


def test_hidden_fields_are_hidden_and_the_first_button_goes_on() -> None:
    html = page("family", {})
    assert '<div data-field="relation_other" hidden>' in html
    assert '<div data-field="relation_other">' in page("family", {"relation": "other"})
    buttons = re.findall(r'name="_action" value="([^"]+)"', html)
    assert buttons[0] == "next"


def test_optional_fields_are_marked_and_required_ones_are_not() -> None:
    html = page("child", {})
    child, weight = html.index('for="id_child_name"'), html.index('for="id_weight"')
    assert "(không bắt buộc)" not in html[child : child + 120]
    assert "(không bắt buộc)" in html[weight : weight + 120]


def test_the_origin_of_prefilled_answers_is_shown_until_they_are_changed() -> None:
    source = PrefillSource(
        {"phone": "0901234567", "identity": "079123456789"},
        Bilingual("Cơ sở dữ liệu quốc gia về dân cư", "the national population database"),
        "/sua-du-lieu",
    )
    answers, origins = prefill(FORM, {"party": source}, {"identity": "001122334455"})
    assert answers == {"identity": "001122334455", "contact_phone": "0901234567"}
    assert set(origins) == {"contact_phone"}
    html = page("contact", answers, origins=origins)
    assert "Cơ sở dữ liệu quốc gia về dân cư" in html
    assert 'href="/sua-du-lieu"' in html
    assert "dân cư" not in page("contact", answers | {"contact_phone": "0"}, origins=origins)


def test_files_that_are_there_are_listed_with_a_way_to_remove_them() -> None:
    shown = ShownFile("u1", "giấy <chứng> sinh.pdf", "1,2 MB", "/f/u1")
    html = page("contact", {"papers": ["u1"]}, files={"u1": shown})
    assert "giấy &lt;chứng&gt; sinh.pdf" in html
    assert 'value="remove_file:papers:u1"' in html
    assert 'enctype="multipart/form-data"' in html


def test_english() -> None:
    with translation.override("en"):
        html = page("child", {}, errors={"sex": Bilingual("Chọn.", "Choose it.")})
        assert "The child" in html
        assert "Choose it." in html
        assert "Trẻ được khai sinh" not in html
        assert "Save and go on later" in html
    assert "Trẻ được khai sinh" in page("child", {})


def test_blank_fragments_do_not_mix_forms_or_states() -> None:
    changed = document()
    changed["fields"]["child_name"]["label"] = both("Tên khác")
    other = compile_form(changed)
    request = RequestFactory().get("/")
    assert "Tên khác" in render_step(other, "child", {}, request=request, today=TODAY)
    assert "Tên khác" not in page("child", {})
    with pytest.raises(NotFound):
        page("nowhere", {})


def test_calculated_values_are_shown_not_asked() -> None:
    html = page("contact", {"copies": 3})
    assert '<output id="id_fee"' in html
    assert "24.000\u00a0đ" in html
    assert 'name="fee"' not in html


def test_the_summary_reads_as_people_write() -> None:
    answers = {
        "child_birth": "2026-01-05", "sex": "nu", "gift": 1_500_000, "weight": 3.5,
        "married": True, "siblings": [{"name": "An", "birth": "2020-02-03", "at_school": True}],
        "place": {"street": "12 Lê Lợi", "ward": "26734"}, "services": ["residence"],
        "papers": ["a"], "late_reason": "Ở xa <b>",
    }  # fmt: skip
    html = render_summary(
        FORM, answers, today=TODAY, change_url="/sua/{step}", options={"wards": WARDS}
    )
    for text in (
        "05/01/2026", "Nữ", "1.500.000\u00a0đ", "3,5", "1. An, 03/02/2020", "Đăng ký thường trú",
        "12 Lê Lợi, Phường Sài Gòn", "1 tệp", "Ở xa &lt;b&gt;", 'href="/sua/family"',
        "Không trả lời",
    ):  # fmt: skip
        assert text in html, text


def test_the_reply_of_saving_says_when() -> None:
    with at_time(dt.datetime(2026, 11, 22, 7, 5, tzinfo=dt.UTC)):
        assert autosave_reply(4) == {"revision": 4, "text": "Đã lưu lúc 14:05"}
