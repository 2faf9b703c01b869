"""The tags: what they promise about meaning, escaping and refusal."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import CITY_ZONE


def draw(source: str, **context: Any) -> str:
    return Template("{% load design %}" + source).render(Context(context))


def test_an_icon_is_silent_unless_it_has_a_name():
    assert 'aria-hidden="true"' in draw('{% icon "search" %}')
    assert 'aria-label="Tìm"' in draw('{% icon "search" label="Tìm" %}')


def test_keywords_become_attributes_and_are_escaped():
    html = draw("{% button text hx_post=url disabled=True name='' %}", text="<b>", url='/x?"')
    assert 'hx-post="/x?&quot;"' in html
    assert " disabled" in html
    assert "name=" not in html
    assert "&lt;b&gt;" in html


@pytest.mark.parametrize(
    "source",
    [
        '{% button "x" variant="loud" %}',
        '{% tag "x" tone="pink" %}',
        '{% clock_badge "soon" %}',
        '{% notice kind="shout" %}{% endnotice %}',
    ],
)
def test_a_made_up_variant_is_refused(source: str):
    with pytest.raises(TemplateSyntaxError):
        draw(source)


def test_a_field_ties_hint_and_error_to_its_control():
    html = draw(
        '{% text_field "phone" "Điện thoại" value=v hint="10 số" error="Thiếu số" %}', v="<9"
    )
    assert 'for="id_phone"' in html
    assert 'aria-describedby="id_phone-hint id_phone-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="&lt;9"' in html
    assert "Thiếu số" in html


def test_the_first_choice_carries_the_id_the_summary_links_to():
    html = draw(
        '{% radio_field "get" "Nhận" options value="b" %}', options=[("a", "A"), ("b", "B")]
    )
    assert 'id="id_get" name="get" value="a"' in html
    assert 'value="b" checked' in html
    assert draw("{% error_summary e %}", e={"get": "Chọn một cách"}).count('href="#id_get"') == 1


@pytest.mark.parametrize(
    "value",
    [dt.date(2026, 11, 3), "2026-11-3", {"day": 3, "month": 11, "year": 2026}],
)
def test_a_date_stands_in_three_fields_however_it_is_given(value: Any):
    html = draw('{% date_field "born" "Ngày sinh" value=v %}', v=value)
    for part, text in (("day", "3"), ("month", "11"), ("year", "2026")):
        assert f'name="born_{part}" value="{text}"' in html


class Sample(forms.Form):
    name = forms.CharField(label="Tên", help_text="Đủ dấu")
    ward = forms.ChoiceField(label="Phường", choices=[("1", "Sài Gòn")])
    born = forms.DateField(label="Ngày", widget=forms.DateInput(attrs={"type": "date"}))
    paper = forms.FileField(label="Tệp", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, initial='"')
    sure = forms.BooleanField(label="Đồng ý")
    word = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput)


def test_a_django_form_is_drawn_field_by_field_with_its_errors():
    form = Sample({"name": "", "ward": "9", "word": "bí mật", "secret": '"'})
    html = draw(
        "{% error_summary form %}{% for f in form %}{% form_field f %}{% endfor %}", form=form
    )
    assert html.count('class="field-error"') == 4
    assert 'href="#id_ward"' in html
    assert "(không bắt buộc)" in html
    assert 'value="&quot;"' in html
    assert "bí mật" not in html
    assert 'type="file"' in html


def test_no_errors_no_summary():
    assert draw("{% error_summary e %}", e={}) == ""


@pytest.mark.parametrize("state", ["on_time", "near", "late", "paused", "done", "none"])
def test_every_clock_state_has_a_word_and_an_icon(state: str):
    html = draw("{% clock_badge s text='còn 2 ngày' %}", s=state)
    assert "<use href=" in html
    assert html.count("<span>") == 1


def test_the_clock_opens_its_explanation():
    lines = [
        {"from": "a", "to": "b", "counted": "2 ngày", "why": "Đang xử lý", "legal_basis": "Điều 5"}
    ]
    html = draw("{% clock_badge 'on_time' lines=lines %}", lines=lines)
    assert "<details" in html
    assert "Điều\u00a05" in html


def test_texts_follow_the_language():
    both = Bilingual("Khai sinh", "Birth")
    assert draw("{{ a|bilingual }}/{{ b|bilingual }}", a=both, b={"vi": "Nhà", "en": "House"}) == (
        "Khai sinh/Nhà"
    )
    with translation.override("en"):
        assert draw("{{ a|bilingual }}", a=both) == "Birth"
        assert "On time" in draw("{% clock_badge 'on_time' %}")


def test_dates_and_sums_as_people_write_them(working_morning: dt.datetime):
    at = dt.datetime(2026, 11, 21, 14, 30, tzinfo=CITY_ZONE)
    assert draw("{{ at|moment }} {{ at|day }} {{ 1234567|dong }}", at=at) == (
        "21/11/2026 14:30 21/11/2026 1.234.567\u00a0đ"
    )
    assert "thứ Bảy 21/11/2026" in draw("{% when at %}", at=at)
    assert ">09:00 hôm nay<" in draw("{% when at %}", at=working_morning)
    assert draw("{% when at %}", at=None) == ""


def test_steps_name_the_present_one():
    html = draw("{% steps titles 2 %}", titles=["A", ("B", "/b"), "C"])
    assert html.count('aria-current="step"') == 1
    assert "Bước 2 / 3" in html


def test_blocks_escape_what_they_are_given():
    html = draw('{% card title=t href="/x" %}{{ t }}{% endcard %}', t="<i>")
    assert "<i>" not in html
    assert html.count("&lt;i&gt;") == 2
