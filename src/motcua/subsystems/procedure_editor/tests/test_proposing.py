"""What is proposed for an imported record, and what only a person decides."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from motcua.subsystems.procedure_editor import services
from motcua.subsystems.procedure_editor.rules.documents import (
    confirmed,
    filled_up,
    unconfirmed,
)
from motcua.subsystems.procedure_editor.rules.finding import find_faults
from motcua.subsystems.procedure_editor.rules.proposing import (
    proposed,
    shortest_limit,
    untranslated,
    who_decides,
)
from motcua.subsystems.procedures.rules.national import draft_from_record, read_record
from motcua.subsystems.procedures.tests.test_national import SHARED, WAYS, real_records, record

ON = dt.date(2026, 11, 18)


def draft_of(raw: dict[str, Any], **said: Any) -> dict[str, Any]:
    """The proposed document of a raw record."""
    read = read_record(raw)
    draft = draft_from_record(read.data, read.doubts, fields={})
    whole = filled_up(draft.document, services.starter(), ON)
    known = {"level": draft.document["level"], "online_level": draft.document["online_level"]}
    return proposed(whole, {**known, **said})


def decided(document: dict[str, Any]) -> dict[str, Any]:
    """The same after the few decisions of a person."""
    document |= {"field": "ho-tich", "valid_from": ON.isoformat(), "valid_to": None}
    for key, value in {"online_level": "full", "level": "commune", "decides": "committee"}.items():
        document[key] = document[key] or value
    for row in document["fees"]:
        row["kind"] = row["kind"] or "phi"
    for row in document["limits"]:
        row["amount"], row["unit"] = row["amount"] or 5, row["unit"] or "working_day"
    for row in document["components"]:
        row["original"], row["copies"] = row["original"] or 0, row["copies"] or 0
    return document


def places(document: dict[str, Any]) -> set[str]:
    faults = find_faults(document, agencies=[], fields=frozenset({"ho-tich"}))
    return {fault.problem.place for fault in faults}


def test_what_is_left_of_a_plain_record_is_what_nobody_but_a_person_knows() -> None:
    document = draft_of(record())
    assert places(document | {"valid_from": ON.isoformat(), "valid_to": None}) == {
        "field", "online_level", "decides", "fees/0/kind",
    }  # fmt: skip
    assert places(decided(document)) == set()


def test_a_charge_nobody_read_is_not_told_as_nothing() -> None:
    ways = f"{WAYS}Trực tiếp5 NgàyMiễn phí(Mức do HĐND quyết định)"
    (fee,) = draft_of(record(cach_thuc_thuc_hien=ways))["fees"]
    assert fee["amount"] is None
    free = draft_of(record(cach_thuc_thuc_hien=f"{WAYS}Trực tiếp5 NgàyMiễn phí"))
    assert free["fees"] == []


def test_the_steps_share_the_shortest_limit() -> None:
    ways = f"{WAYS}Trực tiếp10 Ngày làm việcMiễn phíTrực tuyến4 Ngày làm việcMiễn phí"
    document = decided(draft_of(record(cach_thuc_thuc_hien=ways)))
    assert shortest_limit(document) == 32
    hours = {step["id"]: step.get("hours") for step in document["process"]["steps"]}
    assert [hours[key] for key in ("hand_over", "examine", "sign", "issue")] == [4, 16, 8, 4]
    assert places(document) == set()


def test_cases_are_chosen_on_the_form() -> None:
    document = draft_of(record())
    document["cases"] = []
    whole = filled_up(
        {**document, "form": services.starter()["form"], "cases": [
            {"id": "first", "name": {"vi": "Lần đầu", "en": ""}, "when": ""},
            {"id": "again", "name": {"vi": "", "en": ""}, "when": ""},
        ]}, services.starter(), ON)  # fmt: skip
    made = decided(proposed(whole, {}))
    assert [row["when"] for row in made["cases"]] == ["truong_hop_cua_ban == 'first'", ""]
    assert made["cases"][1]["name"]["vi"] == "Trường hợp 2"
    options = made["form"]["fields"]["truong_hop_cua_ban"]["options"]
    assert [row["value"] for row in options] == ["first", "again"]
    assert places(made) == set()


DEPARTMENTS = {"so tu phap": "so-tu-phap"}
WHO = [
    (["Ủy ban Nhân dân xã, phường, thị trấn"], "commune", ("committee", "")),
    (["Chủ tịch UBND cấp xã"], "commune", ("committee", "")),
    (["Công an cấp Xã"], "commune", ("", "")),
    (["Sở Tư pháp"], "city", ("department", "so-tu-phap")),
    (["Giám đốc Sở Tư pháp"], "city", ("department", "so-tu-phap")),
    (["Chủ tịch ủy ban nhân dân cấp tỉnh"], "city", ("city", "")),
    (["Sở Tư pháp", "Bộ Công an"], "city", ("", "")),
    (["Sở Tư pháp"], None, ("", "")),
    ([], "commune", ("", "")),
]


@pytest.mark.parametrize(("named", "level", "expected"), WHO)
def test_who_decides_is_taken_only_from_plain_words(
    named: list[str], level: str | None, expected: tuple[str, str]
) -> None:
    assert who_decides(named, level, DEPARTMENTS) == expected


def test_english_repeats_the_source_and_is_counted() -> None:
    document = draft_of(record())
    assert document["name"]["en"] == "Cấp giấy mẫu"
    assert "name" in set(untranslated(document))
    document["name"]["en"] = "A model paper"
    assert "name" not in set(untranslated(document))


def test_parts_are_confirmed_as_chosen() -> None:
    document = draft_of(record())
    assert {"limits", "components", "fees"} <= set(unconfirmed(document))
    assert "limits" not in unconfirmed(confirmed(document, ["limits"]))
    assert "fees" in unconfirmed(confirmed(document, ["limits"]))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real files are not here")
def test_real_records_need_few_decisions() -> None:
    left: list[int] = []
    for raw in list(real_records())[::25]:
        document = draft_of(raw) | {"valid_from": ON.isoformat(), "valid_to": None}
        left.append(len(places(document)))
        assert places(decided(document)) <= {"code"}, raw.get("ma_thu_tuc")
    assert sorted(left)[len(left) // 2] <= 5
