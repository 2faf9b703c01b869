"""A draft seen as a citizen, and a dossier walked through it without leaving a trace."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.apps import apps

from motcua.casework.calendar.public import calendar_for
from motcua.casework.workflow.public import compile_definition
from motcua.foundation.timesource import CITY_ZONE
from motcua.subsystems.procedure_editor import services
from motcua.subsystems.procedure_editor.rules.trial import Chosen, walk
from motcua.subsystems.procedure_editor.tests.office import administrators, client_of, complete

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("working_morning")]
FILED = dt.datetime(2026, 11, 18, 9, 0, tzinfo=CITY_ZONE)


def walked(*moves: str, **more: Any) -> Any:
    package = complete(**more)
    return walk(
        package, compile_definition(package["process"]),
        [Chosen(*move.split(".")) for move in moves],
        known={"case": "ordinary", "channel": "online"}, case="ordinary", channel="online",
        filed_at=FILED, calendar=calendar_for(None),
    )  # fmt: skip


STRAIGHT = (
    "receive.accept", "hand_over.forward", "examine.propose", "sign.sign", "issue.issue",
    "hand_back.deliver",
)  # fmt: skip


def test_the_straight_way_ends_with_its_due_date_and_slip() -> None:
    result = walked(*STRAIGHT)
    assert result.ended
    assert not result.possible
    assert result.state.vi == "Đã trả kết quả"
    # Accepted after 8 working hours, on Thursday: three working days, 24 November being a holiday.
    assert result.rows[0].due is not None
    assert result.rows[0].due.date() == dt.date(2026, 11, 25)
    assert result.rows[0].slip is not None
    assert "Mẫu 01" in result.rows[0].slip.vi
    assert not any(row.late for row in result.rows)


def test_a_supplement_stops_the_clock_and_a_restart_counts_anew() -> None:
    asked = walked("receive.accept", "hand_over.forward")
    supplement = complete()
    steps = supplement["process"]["steps"]
    examine = next(step for step in steps if step["id"] == "examine")
    examine["actions"].append(
        {"id": "request_supplement", "name": {"vi": "Bổ sung", "en": "Supplement"},
         "verb": "request_supplement", "to": ["supplement"]}
    )  # fmt: skip
    way = ("receive.accept", "hand_over.forward", "examine.request_supplement")
    paused = walked(*way, process=supplement["process"])
    assert paused.due is None
    assert paused.state.vi == "Yêu cầu bổ sung"
    again = walked(*way, "supplement.supplement", process=supplement["process"])
    assert again.due is not None
    assert asked.due is not None
    assert again.due > asked.due


def test_what_takes_too_long_is_late_and_what_is_impossible_is_left_out() -> None:
    slow = [
        Chosen("receive", "accept"),
        Chosen("hand_over", "forward"),
        Chosen("examine", "propose", 80),
    ]
    package = complete()
    result = walk(
        package, compile_definition(package["process"]), slow,
        known={}, case="ordinary", channel="online", filed_at=FILED, calendar=calendar_for(None),
    )  # fmt: skip
    assert result.rows[-1].late
    assert len(walked("receive.accept", "sign.sign", "hand_over.forward").rows) == 1


def test_the_pages_of_trying_leave_no_trace() -> None:
    editor, _second = administrators()
    draft = services.start_from_version(actor=editor, code="1.004873")
    client = client_of(editor)
    root = f"/console/soan-thu-tuc/{draft.uid}/"
    tables = [model for model in apps.get_models() if model._meta.label != "sessions.Session"]
    before = {model: model._default_manager.count() for model in tables}
    page = client.get(f"{root}xem-truoc/")
    assert "Cấp Giấy xác nhận tình trạng hôn nhân" in page.content.decode()
    first = client.get(f"{root}dien-thu/")
    assert first.status_code == 200
    wrong = client.post(f"{root}dien-thu/", {"_action": "next"})
    assert wrong.status_code == 422
    data: dict[str, Any] = {"filed": "2026-11-18T09:00", "channel": "online"}
    start = client.post(f"{root}chay-thu/", data).content.decode()
    assert "tình trạng hôn nhân" in start.lower()
    shown = client.post(f"{root}chay-thu/", data | {"do": "receive.accept"})
    assert shown.context["walk"].rows
    assert shown.context["moves"] == ["receive.accept"]
    assert {model: model._default_manager.count() for model in tables} == before


def test_an_unfinished_draft_says_so_instead() -> None:
    editor, _second = administrators()
    draft = services.start_draft(actor=editor)
    client = client_of(editor)
    for tail in ("xem-truoc/", "chay-thu/"):
        answer = client.get(f"/console/soan-thu-tuc/{draft.uid}/{tail}")
        assert "Hoàn thiện các mục còn lỗi trước" in answer.content.decode()
