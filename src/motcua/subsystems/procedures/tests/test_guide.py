"""What the public page tells: every fact by law, nothing unconfirmed as a claim."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from motcua.subsystems.procedures.rules import CityRules, Guide, guide_for
from motcua.subsystems.procedures.services import DATA, read_package

TODAY = dt.date(2026, 11, 22)
RULES = json.loads((DATA / "city_rules.json").read_text("utf-8"))
ZERO = [
    {**row, **row["document"], "legal_basis": row["basis"]}
    for row in RULES
    if row["kind"] == "zero"
]
CITY = CityRules(zero=tuple(ZERO))
CODES = ["1.001193", "1.001612", "1.004873", "1.013225", "1.014027"]


def guide(code: str, on: dt.date = TODAY) -> Guide:
    return guide_for(read_package(DATA / "packages" / code), on=on, city=CITY)


@pytest.mark.parametrize("code", CODES)
def test_the_page_has_every_answer(code: str) -> None:
    shown = guide(code)
    assert shown.who.vi
    assert shown.who.en
    assert shown.papers
    assert shown.how
    assert shown.requirements
    assert shown.legal_bases
    for case in shown.cases:
        assert [way.channel for way in case.channels] == ["online", "counter", "post"]
        online = case.channels[0]
        assert online.fee.amount == 0
        assert online.fee.certain


def test_limits_in_words() -> None:
    def said(code: str, case: int = 0, on: dt.date = TODAY) -> str:
        return guide(code, on).cases[case].channels[0].limit_text.vi

    assert said("1.001193") == "trong ngày (nhận sau 15 giờ: ngày làm việc tiếp theo)"
    assert said("1.004873") == "3 ngày làm việc"
    assert said("1.013225", 0) == "7 ngày làm việc"
    assert said("1.013225", 1) == "10 ngày làm việc"


def test_an_unconfirmed_limit_names_no_amount() -> None:
    way = guide("1.013225", dt.date(2026, 6, 30)).cases[0].channels[0]
    assert "15" not in way.limit_text.vi
    assert "15" not in way.limit_text.en


def test_unconfirmed_sentences_exemptions_and_documents_are_not_shown() -> None:
    building = guide("1.013225")
    assert building.exemptions == ()
    assert not any("07/12/2016" in row.document for row in building.legal_bases)
    business = guide("1.001612")
    assert not any("mã số thuế" in text.vi for text in business.how)
    assert len(business.how) == 3


def test_law_not_yet_in_force_is_not_cited() -> None:
    before = {row.document for row in guide("1.013225", dt.date(2026, 6, 30)).legal_bases}
    after = {row.document for row in guide("1.013225", dt.date(2026, 7, 1)).legal_bases}
    assert "Nghị định 217/2026/NĐ-CP" not in before
    assert "Nghị định 217/2026/NĐ-CP" in after


def test_the_counter_of_a_building_permit_is_for_outages_only() -> None:
    online, counter, _ = guide("1.013225").cases[0].channels
    assert online.note is None
    assert counter.note is not None
    assert "sự cố" in counter.note.vi
