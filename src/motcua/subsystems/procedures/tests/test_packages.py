"""The packages: complete, cited, in both languages, and sound; broken ones named by place."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from motcua.subsystems.procedures.rules import (
    TRANSITIONS,
    components_for,
    limit_for,
    validate_package,
)
from motcua.subsystems.procedures.services import DATA, read_package

CODES = sorted(path.name for path in (DATA / "packages").iterdir())
VIETNAMESE_ONLY = set("ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")


def package(code: str) -> dict[str, Any]:
    return read_package(DATA / "packages" / code)


def texts(value: Any, place: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    if isinstance(value, dict):
        if {"vi", "en"} <= value.keys():
            yield place, value
        for key, inside in value.items():
            yield from texts(inside, f"{place}/{key}")
    elif isinstance(value, list):
        for index, inside in enumerate(value):
            yield from texts(inside, f"{place}/{index}")


def test_there_are_more_than_twenty_packages() -> None:
    assert len(CODES) > 20
    assert [package(code)["code"] for code in CODES] == CODES


@pytest.mark.parametrize("code", CODES)
def test_package_is_valid(code: str) -> None:
    assert validate_package(package(code)) == ()


@pytest.mark.parametrize("code", CODES)
def test_every_text_is_in_both_languages(code: str) -> None:
    found = list(texts(package(code)))
    assert len(found) > 60
    for place, text in found:
        assert text["vi"].strip(), place
        assert text["en"].strip(), place


@pytest.mark.parametrize("code", CODES)
def test_form_asks_step_by_step_and_knows_what_it_can(code: str) -> None:
    form = package(code)["form"]
    assert 12 <= len(form["fields"]) <= 60
    assert len(form["steps"]) >= 3
    assert any("why" in field for field in form["fields"].values())
    assert any("prefill" in field for field in form["fields"].values())
    assert "truthful" in form["fields"]


SAME_DAY = [code for code in CODES if "same_day" in str(package(code)["limits"])]


@pytest.mark.parametrize("code", SAME_DAY)
def test_every_same_day_limit_says_what_happens_after_fifteen_hundred(code: str) -> None:
    rows = [row for row in package(code)["limits"] if row["unit"] == "same_day"]
    assert all(row["after_1500"] == "next_working_day" for row in rows)


@pytest.mark.parametrize("code", [code for code in CODES if "process" in package(code)])
def test_process_reaches_the_states_of_a_dossier(code: str) -> None:
    states = {step.get("state") for step in package(code)["process"]["steps"]}
    wanted = set(TRANSITIONS) - {"financial_obligation"}
    assert wanted <= states
    if code in {"1.013225", "1.001612"}:
        assert "financial_obligation" in states


@pytest.mark.parametrize(
    ("code", "case", "channel", "on", "amount", "unit"),
    [
        ("1.001193", "on_time", "online", "2026-11-22", 1, "same_day"),
        ("1.001193", "late", "counter", "2025-08-01", 1, "same_day"),
        ("1.004873", "first", "online", "2026-11-22", 3, "working_day"),
        ("1.001612", "individual", "post", "2026-11-22", 3, "working_day"),
        ("1.013225", "house", "online", "2026-11-22", 7, "working_day"),
        ("1.013225", "other", "online", "2026-11-22", 10, "working_day"),
        ("1.013225", "house", "online", "2026-06-30", 15, "calendar_day"),
        ("1.013225", "other", "counter", "2026-06-30", 20, "calendar_day"),
        ("1.013225", "house", "online", "2026-07-01", 7, "working_day"),
        ("1.014027", "from_75", "counter", "2026-11-22", 10, "working_day"),
        ("1.000656", "on_time", "online", "2026-11-22", 1, "same_day"),
        ("1.000894", "standard", "counter", "2026-11-22", 1, "same_day"),
        ("1.004859", "completion", "counter", "2026-11-22", 1, "same_day"),
        ("1.004859", "change", "counter", "2026-11-22", 3, "working_day"),
        ("2.000815", "standard", "counter", "2026-11-22", 1, "same_day"),
        ("2.000815", "bulk", "counter", "2026-11-22", 2, "working_day"),
        ("1.001570", "suspend", "online", "2026-11-22", 1, "working_day"),
        ("1.001266", "standard", "online", "2026-11-22", 5, "working_day"),
        ("1.013274", "funeral", "counter", "2026-11-22", 1, "calendar_day"),
        ("1.013274", "other", "counter", "2026-11-22", 3, "working_day"),
        ("1.013855", "catering", "counter", "2026-11-22", 20, "working_day"),
        ("1.001699", "first", "counter", "2026-11-22", 25, "working_day"),
        ("1.011607", "standard", "counter", "2026-11-22", 15, "calendar_day"),
    ],
)
def test_limit_by_case_channel_and_day(
    *, code: str, case: str, channel: str, on: str, amount: int, unit: str
) -> None:
    limit = limit_for(package(code), case, channel, dt.date.fromisoformat(on))
    assert (limit.amount, limit.unit) == (amount, unit)


def test_birth_after_fifteen_hundred_is_the_next_working_day() -> None:
    limit = limit_for(package("1.001193"), "on_time", "counter", dt.date(2026, 11, 20))
    assert limit.after_1500 == "next_working_day"


def test_old_building_limits_are_not_told_as_facts() -> None:
    building = package("1.013225")
    assert not limit_for(building, "house", "online", dt.date(2026, 6, 30)).confirmed
    assert limit_for(building, "house", "online", dt.date(2026, 7, 1)).confirmed


def papers(code: str, answers: dict[str, Any], channel: str = "online") -> dict[str, bool]:
    found = components_for(package(code), answers, channel=channel)
    return {paper.id: paper.required for paper in found}


def test_birth_papers_follow_the_answers() -> None:
    electronic = {"child_situation": "normal", "birth_proof": "electronic", "relation": "mother"}
    assert papers("1.001193", electronic) == {}
    assert papers("1.001193", electronic, "counter") == {"identity": True}
    on_paper = electronic | {"birth_proof": "paper", "relation": "agent"}
    assert papers("1.001193", on_paper) == {"birth_notice": True, "authorisation": True}
    assert papers("1.001193", {"child_situation": "abandoned"}) == {"abandoned_record": True}


def test_land_paper_is_not_asked_when_the_database_has_it() -> None:
    assert "land" not in papers("1.013225", {"land_paper_in_database": "yes"})
    assert papers("1.013225", {"land_paper_in_database": "no"})["land"]
    assert papers("1.013225", {"adjoining": "yes"})["neighbour_commitment"]


def test_household_needs_the_members_authorisation() -> None:
    assert papers("1.001612", {"founder_type": "household"})["members_authorisation"]
    assert "members_authorisation" not in papers("1.001612", {"founder_type": "individual"})


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("fees", 0, "when"), "cse == 'late'", "fees/0/when"),
        (("fees", 0, "legal_basis"), "Nghị định 1/1999", "fees/0/legal_basis"),
        (("name", "en"), "", "name/en"),
        (("limits", 0, "case"), "nobody", "limits/0/case"),
        (("cases", 1, "id"), "late", "cases/1/id"),
        (("cases", 1, "when"), "true", "cases"),
        (("exemptions", 0, "fees"), ["none"], "exemptions/0/fees"),
        (("result", "lines"), ["nothing"], "result/lines"),
        (("components", 1, "required"), "birth_proof ==", "components/1/required"),
        (("process", "steps", 0, "actions", 0, "verb"), "eat", "process/steps.receive.accept"),
        (("process", "steps", 2, "state"), "stopped", "process/steps."),
        (("process", "steps", 0, "actions", 0, "to"), ["moon"], "process/steps.receive"),
        (("form", "fields", "child_sex", "visible"), "((", "form/fields/child_sex/visible"),
        (("valid_from",), "soon", "valid_from"),
        (("competent_commune",), "moon.commune", "competent_commune"),
        (("result", "data"), {"a": {"b": ["= moon"]}}, "result/data/a/b/0"),
    ],
)
def test_a_broken_package_is_reported_with_its_place(
    path: tuple[Any, ...], value: Any, place: str
) -> None:
    document = copy.deepcopy(package("1.001193"))
    target: Any = document
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
    problems = validate_package(document)
    assert any(p.place.startswith(place) for p in problems), [p.place for p in problems]
    assert all(p.message.vi and p.message.en for p in problems)


def test_a_process_longer_than_the_law_is_refused() -> None:
    document = copy.deepcopy(package("1.001612"))
    document["process"]["steps"][3]["hours"] = 99
    assert any("24" in p.message.en or "32" in p.message.en for p in validate_package(document))


def test_a_missing_limit_is_found() -> None:
    document = copy.deepcopy(package("1.013225"))
    document["limits"] = [row for row in document["limits"] if row["case"] == "house"]
    assert any(p.place == "limits" for p in validate_package(document))


def test_unconfirmed_facts_are_marked() -> None:
    building = package("1.013225")
    assert not any(fee["confirmed"] for fee in building["fees"])
    assert not any(rule["confirmed"] for rule in building["exemptions"])
