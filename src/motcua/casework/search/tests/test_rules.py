"""Words and ranks, as properties."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.casework.search.rules import (
    Term,
    edits_allowed,
    fewer_words,
    folded_terms,
    index_words,
    scope_tokens,
    vocabulary_of,
    word_of,
    words_of,
)

LETTERS = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
vietnamese = st.text(LETTERS + LETTERS.upper() + " ,.-0123456789", max_size=60)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("quý", "quí"),
        ("kỹ", "kĩ"),
        ("lý", "lí"),
        ("Mỹ", "mĩ"),
        ("hòa", "hoà"),
        ("thủy", "thuỷ"),
        ("quỳnh", "quình"),
        ("TUÝ", "túy"),
    ],
)
def test_spellings_of_one_word(a: str, b: str) -> None:
    assert word_of(a) == word_of(b)


@pytest.mark.parametrize(
    ("a", "b"), [("tay", "tai"), ("hay", "hai"), ("thủy", "thủi"), ("ma", "mạ")]
)
def test_different_words_stay_apart(a: str, b: str) -> None:
    assert word_of(a) != word_of(b)


@pytest.mark.parametrize("letter", sorted(set(LETTERS)))
def test_all_letters_with_accents_have_two_forms(letter: str) -> None:
    word = word_of("b" + letter + "n")
    assert word.folded.isascii()
    assert word.exact[-1].isdigit()
    assert word_of(unicodedata.normalize("NFD", "b" + letter + "n")) == word


@given(vietnamese)
def test_composition_and_case_do_not_matter(text: str) -> None:
    assert words_of(unicodedata.normalize("NFD", text.upper())) == words_of(text)


@given(st.text(max_size=80), st.text(max_size=80))
def test_tokens_are_separated_by_single_blanks(title: str, body: str) -> None:
    tokens = index_words(title, body).split(" ")
    assert tokens == [""] or all(tokens)
    assert len(tokens) == len(set(tokens))


@given(vietnamese)
def test_every_query_word_of_a_title_is_among_its_tokens(title: str) -> None:
    tokens = set(index_words(title, "").split(" "))
    for term in folded_terms(words_of(title)):
        assert set(term.alternatives) <= tokens


@given(st.lists(st.from_regex(r"[apu]:[0-9]{1,6}", fullmatch=True)))
def test_scope_tokens_never_collide(viewers: list[str]) -> None:
    tokens = scope_tokens("procedure", viewers).split(" ")
    assert len(tokens) == 1 + len(set(viewers))


@given(st.lists(st.tuples(st.from_regex("[a-z]{1,6}", fullmatch=True), st.booleans()), min_size=1))
def test_weaker_queries_keep_two_words_and_half_of_them(words: list[tuple[str, bool]]) -> None:
    terms = [Term((word,)) for word, _ in words]
    weaker = fewer_words(terms, [known for _, known in words])
    assert all(len(left) >= max(2, len(terms) / 2) for left in weaker)
    assert [len(left) for left in weaker] == list(
        range(len(terms) - 1, len(terms) - 1 - len(weaker), -1)
    )


def test_codes_and_short_words_are_taken_literally() -> None:
    assert edits_allowed("h29") == 0
    assert edits_allowed("an") == 0
    assert edits_allowed("sinh") == 1
    assert edits_allowed("khuyet") == 2
    assert vocabulary_of("khai h29 a sinh1 đang sinh") == {"khai", "sinh"}
