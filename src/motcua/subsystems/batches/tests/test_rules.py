"""What is unusual and what drops out, as tables."""

from __future__ import annotations

import pytest

from motcua.subsystems.batches.rules import Facts, Seen, approved_text, dropped, unusual


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (Facts(), ()),
        (Facts(note="  "), ()),
        (Facts(note="Xem lại năm sinh"), ("doubt",)),
        (Facts(opinions=("agree", "no_opinion")), ()),
        (Facts(opinions=("agree_if",)), ("conditional",)),
        (Facts(opinions=("agree", "disagree"), silent=1), ("disagreed", "silent")),
        (Facts(returned=2, drafts=3), ("returned",)),
        (Facts(answers=2), ("changed",)),
        (Facts(drafts=2), ("redrafted",)),
        (Facts(held_by="Bình"), ("held",)),
    ],
)
def test_what_is_looked_at_first(facts: Facts, found: tuple[str, ...]) -> None:
    assert unusual(facts) == found


@pytest.mark.parametrize(
    ("found", "offered", "why"),
    [
        ((4, "a"), True, ""),
        ((4, "b"), True, "redrafted"),
        ((5, "b"), True, "redrafted"),
        ((5, "a"), True, "changed"),
        ((5, "b"), False, "moved"),
        (None, True, "moved"),
    ],
)
def test_what_drops_out(found: tuple[int, str] | None, offered: bool, why: str) -> None:
    assert dropped((4, "a"), found, offered=offered) == why


@pytest.mark.parametrize("text", ["", "u", "u.1", "u.x.d", ".1.d", "u.²1.d", "u.1."])
def test_a_box_that_was_tampered_with_is_no_paper(text: str) -> None:
    assert Seen.read(text) is None


def test_a_box_says_what_was_seen() -> None:
    seen = Seen("0197-u", 12, "ab12")
    assert Seen.read(seen.text) == seen


def test_any_change_of_the_list_is_another_approval() -> None:
    items = [(1, "7", 3, "a"), (2, "8", 3, "b")]
    texts = {
        approved_text("u", "sign", 1, items),
        approved_text("u", "sign", 2, items),
        approved_text("u", "seal", 1, items),
        approved_text("v", "sign", 1, items),
        approved_text("u", "sign", 1, items[:1]),
        approved_text("u", "sign", 1, [(1, "7", 4, "a"), items[1]]),
        approved_text("u", "sign", 1, [(1, "7", 3, "c"), items[1]]),
    }
    assert len(texts) == 7
