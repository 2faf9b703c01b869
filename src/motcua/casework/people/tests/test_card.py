"""The QR code of identity cards, as scanners and cameras hand it over."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.casework.people.rules import Card, read_card

LAN = Card(
    "079190001234",
    "024999888",
    "Trần Thị Lan",
    dt.date(1990, 2, 3),
    "female",
    "12 Lê Lợi, Sài Gòn, TP. Hồ Chí Minh",
    dt.date(2021, 7, 1),
)
CARD = (
    "079190001234|024999888|Trần Thị Lan|03021990|Nữ|12 Lê Lợi, Sài Gòn, TP. Hồ Chí Minh|01072021"
)


@pytest.mark.parametrize(
    "text",
    [
        CARD,
        f"  {CARD}\r\n",
        f"\ufeff{CARD}",
        CARD + "||||",  # newer cards add fields behind
        CARD.replace("03021990", "03/02/1990").replace("01072021", "01-07-2021"),
        CARD.replace("Trần Thị Lan", "Trần  Thị Lan "),
        CARD.encode().decode("latin-1"),  # a scanner that typed bytes
        CARD.replace("ầ", "a\u0302\u0300"),
    ],
)
def test_one_person_however_the_scanner_spells_her(text: str) -> None:
    assert read_card(text) == LAN


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("079190001234", Card("079190001234")),
        ("079 190 001 234\n", Card("079190001234")),
        ("079190001234||Lan|03021990|Nữ|X|01072021",
         Card("079190001234", "", "Lan", dt.date(1990, 2, 3), "female", "X",
              dt.date(2021, 7, 1))),
        ("079190001234|Lan|03021990|Nam|X|01072021",
         Card("079190001234", "", "Lan", dt.date(1990, 2, 3), "male", "X", dt.date(2021, 7, 1))),
        ("079190001234||Lan|31021990|?|", Card("079190001234", "", "Lan")),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_left_empty(text: str, card: Card) -> None:
    assert read_card(text) == card


@pytest.mark.parametrize("text", ["", "|||", "12345678901", "B0791900012", "https://x.vn/?q=1"])
def test_what_is_no_card(text: str) -> None:
    assert read_card(text) is None


@given(st.text(max_size=200))
def test_nothing_breaks_the_reading(text: str) -> None:
    card = read_card(text)
    assert card is None or len(card.number) == 12
