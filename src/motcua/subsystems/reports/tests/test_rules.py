"""Routing, limits and reading of texts, as tables."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from motcua.foundation.timesource import CITY_ZONE
from motcua.subsystems.reports.rules import (
    Facts,
    LimitRow,
    RuleRow,
    best_categories,
    limit_for,
    mask_personal,
    problems_of_rules,
    route,
    sounds_like,
    try_samples,
)

MORNING = dt.datetime(2026, 11, 18, 9, 0, tzinfo=CITY_ZONE)
RULES = [
    RuleRow("đường lớn", "so-xay-dung", "duong", (), 'answers.road == "big"'),
    RuleRow("ồn ban đêm", "cong-an", "tieng-on", (), "hour >= 22 || hour < 6"),
    RuleRow("trung tâm", "ward-a", "", ("26740",)),
    RuleRow("hạ tầng", "@ward", "ha-tang"),
]


def facts(category: str, path: tuple[str, ...], **more: Any) -> Facts:
    return Facts(category=category, path=path, **{"at": MORNING, **more})


@pytest.mark.parametrize(
    ("given", "to", "rule"),
    [
        (facts("o-ga", ("ha-tang", "duong", "o-ga"), answers={"road": "big"}), "so-xay-dung",
         "đường lớn"),
        (facts("o-ga", ("ha-tang", "duong", "o-ga"), ward="ubnd-1"), "ubnd-1", "hạ tầng"),
        (facts("o-ga", ("ha-tang", "duong", "o-ga")), "", ""),  # in no ward: the triage desk
        (facts("tieng-on", ("tieng-on",), at=MORNING.replace(hour=23)), "cong-an", "ồn ban đêm"),
        (facts("tieng-on", ("tieng-on",)), "", ""),
        (facts("tieng-on", ("tieng-on",), area="26740"), "ward-a", "trung tâm"),
        (facts("duong", ("ha-tang", "duong"), area="26740", ward="u"), "ward-a", "trung tâm"),
    ],
)  # fmt: skip
def test_the_first_rule_that_matches(given: Facts, to: str, rule: str):
    found = route(RULES, given)
    assert (found.to, found.rule) == (to, rule)


def test_a_rule_that_cannot_be_judged_is_told_of_and_passed_over():
    rules = [RuleRow("lạ", "x", "", (), "answers.count > 3"), RuleRow("sau", "y")]
    found = route(rules, facts("a", ("a",), answers={"count": "nhiều"}))
    assert (found.to, found.trouble) == ("y", ("lạ",))


def test_a_set_is_checked_before_it_is_used():
    broken = [
        RuleRow("a", "nobody"),
        RuleRow("a", "@ward", "no-such", ("zzz",)),
        RuleRow("c", "so", "", (), "hour >"),
        RuleRow("d", "so", "", (), "colour == 1"),
    ]
    problems = problems_of_rules(broken, categories={"duong"}, areas={"26740"}, agencies={"so"})
    assert [p.where for p in problems].count("a") == 5
    assert {"c", "d"} <= {p.where for p in problems}
    good = problems_of_rules(
        RULES,
        categories={"duong", "tieng-on", "ha-tang"},
        areas={"26740"},
        agencies={"so-xay-dung", "cong-an", "ward-a"},
    )
    assert good == []


def test_every_rule_must_be_met_and_every_sample_arrive():
    rules = [RuleRow("một", "x", "a"), RuleRow("hai", "y", "b")]
    a, b = facts("a", ("a",)), facts("b", ("b",))
    assert try_samples(rules, [("A", a, "x"), ("B", b, "y")]) == []
    assert [p.where for p in try_samples(rules, [("A", a, "x")])] == ["hai"]
    assert [p.where for p in try_samples(rules, [("A", a, "y"), ("B", b, "y")])] == ["A"]


def test_the_nearest_limit_up_the_tree():
    rows = [
        LimitRow("", "normal", 40, "working_hour", "x", False),
        LimitRow("ha-tang", "normal", 24, "working_hour", "x", False),
        LimitRow("", "emergency", 4, "working_hour", "x", False),
    ]
    assert limit_for(rows, ("ha-tang", "duong"), "normal") is rows[1]
    assert limit_for(rows, ("on",), "normal") is rows[0]
    assert limit_for(rows, ("ha-tang",), "emergency") is rows[2]
    assert limit_for(rows, ("ha-tang",), "urgent") is None


@pytest.mark.parametrize(
    ("text", "expected", "times"),
    [
        ("Gọi tôi số 0901 234 567 nhé", "Gọi tôi số [đã ẩn] nhé", 1),
        ("+84 90.123.4567", "[đã ẩn]", 1),
        ("CCCD 079190001234, thư a.b@c.vn", "CCCD [đã ẩn], thư [đã ẩn]", 2),
        ("Xe 51G-123.45 đậu chắn lối", "Xe [đã ẩn] đậu chắn lối", 1),
        ("Số nhà 12/34 đường 3 Tháng 2, sâu 20 cm, từ 2019", None, 0),
        ("Ngày 18/11/2026 lúc 09:00 mất nước 1.500.000 hộ", None, 0),
    ],
)
def test_personal_data_is_hidden(text: str, expected: str | None, times: int):
    assert mask_personal(text) == (expected or text, times)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tôi muốn tố cáo ông A nhận hối lộ", "denunciation"),
        ("Tôi khiếu nại quyết định xử phạt số 12", "complaint"),
        ("toi to cao ong A", "denunciation"),
        ("Có đống rác to cao đến mắt cá", ""),
        ("Đèn đường hỏng ba hôm nay", ""),
    ],
)
def test_what_a_text_sounds_like(text: str, kind: str):
    found = sounds_like(text)
    assert (found.kind if found else "") == kind


def test_likely_categories():
    known = [("o-ga", ("ổ gà", "sụt lún")), ("den", ("đèn đường", "đèn")), ("rac", ("rác",))]
    assert best_categories("DEN DUONG hỏng, cạnh đống rác", known) == ["den", "rac"]
    assert best_categories("không rõ", known) == []
