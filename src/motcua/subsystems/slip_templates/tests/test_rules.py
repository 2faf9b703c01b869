"""Words of a slip: what is refused and where, what stands on the paper."""

from __future__ import annotations

import pytest

from motcua.subsystems.slip_templates.forms import FORMS, PLACEHOLDERS
from motcua.subsystems.slip_templates.rules import (
    FIELDS,
    MOST,
    Content,
    content_of,
    faults,
    filled,
    may_publish,
    on_paper,
    typed_content,
    values_of,
)

ALLOWED = ("co_quan", "ma_ho_so")


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("head_vi", "Chào {co_quan}", None),
        ("head_vi", '#eval("rm") $x$ *đậm* <b>', None),  # plain text: nothing of it is markup
        ("head_vi", "Số {ma_so}", "Dòng 1, ký tự 4"),
        ("notes_vi", "một\nhai {co_quan}\nba {x}", "Dòng 3, ký tự 4"),
        ("notes_vi", "một { hai", "Dòng 1, ký tự 5"),
        ("notes_vi", "một } hai", "Dòng 1, ký tự 5"),
        ("head_vi", "{}", "Dòng 1, ký tự 1"),
        ("head_vi", "hai\ndòng", "Nhiều nhất 1 dòng"),
        ("notes_en", "\n".join("abcdefg"), "Nhiều nhất 6 dòng"),
        ("head_en", "x" * (MOST["head"] + 1), "Dài 121"),
    ],
)
def test_faults_name_the_place(field: str, text: str, said: str | None) -> None:
    found = faults(Content({field: text}), ALLOWED, {})
    if said is None:
        assert found == {}
    else:
        assert said in found[field].vi
        assert found[field].en


def test_letters_the_font_lacks_are_named() -> None:
    assert "漢" in faults(Content({"head_vi": "漢"}), (), {"head_vi": "漢"})["head_vi"].en


def test_filled_never_shows_a_token_and_never_fills_twice() -> None:
    assert filled("{a} và {b}", {"a": "{b}"}) == "{b} và ……"


def test_only_optional_lines_can_be_left_out() -> None:
    content = typed_content({"head_vi": "  a \r\n\n b "}, ["lookup", "owner", "due_at"], ["lookup"])
    assert content.hidden == ("lookup",)
    assert content.texts["head_vi"] == "a\nb"
    assert set(content.texts) == set(FIELDS)
    assert content_of(content.stored()) == content


def test_on_paper_keeps_everything_else() -> None:
    data = {"lookup": "x", "owner": {"name": "Lan"}, "due_at": "2026-02-04T17:00"}
    content = Content(
        {"notes_vi": "Hẹn {hen_tra}\nHai", "notes_en": "Due {hen_tra}"}, True, ("lookup",)
    )
    printed = on_paper(data, content, values_of(data, {"name": "UBND"}), "Receipt")
    assert "lookup" not in printed
    assert printed["owner"] == data["owner"]
    assert printed["words"]["notes"] == [
        {"vi": "Hẹn 17:00, 04/02/2026"}, {"vi": "Hai"}, {"en": "Due 17:00, 04/02/2026"},
    ]  # fmt: skip
    assert printed["words"]["title"] == [{"en": "Receipt"}]
    alone = on_paper(data, Content({"notes_en": "x"}), {}, "Receipt")
    assert alone["words"] == {}


def test_every_placeholder_of_a_form_is_known_and_has_a_value() -> None:
    known = values_of({}, {})
    for form in FORMS.values():
        assert set(form.placeholders) <= set(PLACEHOLDERS)
        assert set(form.placeholders) <= set(known)


@pytest.mark.parametrize(
    ("publisher", "writers", "may"), [(1, {2}, True), (1, {1, 2}, False), (None, {2}, False)]
)
def test_four_eyes(publisher: int | None, writers: set[int], may: bool) -> None:
    assert may_publish(publisher, writers) is may
