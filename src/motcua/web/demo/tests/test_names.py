"""The made-up people: always the same, never a real person's number."""

from __future__ import annotations

import re
import unicodedata

from motcua.web.demo import names


def test_a_serial_always_gives_the_same_person() -> None:
    assert names.person(7) == names.person(7)
    assert names.person(7) != names.person(8)


def test_numbers_are_unique_well_formed_and_nobodys() -> None:
    people = [names.person(serial) for serial in range(2_000)]
    assert len({p.identity for p in people}) == 2_000
    assert len({p.phone for p in people}) == 2_000
    for p in people:
        assert re.fullmatch(r"098[0-3]\d{2}\d{6}", p.identity)
        assert p.identity[4:6] == f"{p.birth_date.year % 100:02d}"
        assert (int(p.identity[3]) % 2 == 1) == (p.gender == "female")
        assert re.fullmatch(r"0100\d{6}", p.phone)
        assert re.fullmatch(r"[a-z.]+\.\d+@demo\.example", p.email)


def test_names_look_vietnamese() -> None:
    found = [names.person(serial).name for serial in range(2_000)]
    assert len(set(found)) > 1_500
    assert 0.3 < sum(n.startswith("Nguyễn ") for n in found) / len(found) < 0.5
    for name in found:
        assert unicodedata.is_normalized("NFC", name)
        assert len(name.split()) == 3
        assert len(set(name.split())) >= 2


def test_slug() -> None:
    assert names.slug("Bình Trị Đông") == "binh-tri-dong"
