"""Rows are appended, statements are few, tracks and parameters are dated."""

from __future__ import annotations

import datetime as dt

import pytest
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from motcua.casework.access.public import Actor
from motcua.casework.clock import public as clock
from motcua.casework.clock.models import ClockEntry
from motcua.casework.clock.tests.samples import at
from motcua.casework.testing.makers import make_agency, make_case, make_official
from motcua.foundation.errors import Conflict, NotAllowed

pytestmark = pytest.mark.django_db
LAW = "Nghị định 118/2025/NĐ-CP, Điều 17"


@pytest.fixture
def scene() -> tuple[Actor, int, int]:
    """An officer, the agency, a case."""
    agency = make_agency()
    return make_official(agency, "case_officer"), agency.pk, make_case(agency).pk


def begin(scene: tuple[Actor, int, int], **more: object) -> clock.Due:
    actor, agency_id, case_id = scene
    values: dict[str, object] = {
        "at": at("16/11/2026 09:00"),
        "limit": clock.Limit(5, "working_day"),
        "legal_basis": LAW,
    }
    return clock.start(actor=actor, case_id=case_id, agency_id=agency_id, **(values | more))


def test_a_whole_life(scene: tuple[Actor, int, int]) -> None:
    actor, _, case_id = scene
    begin(scene)
    clock.suspend(
        actor=actor,
        case_id=case_id,
        at=at("18/11/2026 10:00"),
        reason="Thiếu giấy",
        legal_basis=LAW,
    )
    assert clock.due_of(case_id).state == "paused"
    clock.resume(actor=actor, case_id=case_id, at=at("20/11/2026 10:00"))
    due = clock.extend(
        actor=actor,
        case_id=case_id,
        at=at("23/11/2026 08:00"),
        limit=clock.Limit(1, "working_day"),
        reason="Cần xác minh",
        legal_basis=LAW,
    )
    assert due.at == at("27/11/2026 17:00")
    clock.stop(actor=actor, case_id=case_id, at=at("25/11/2026 09:00"))
    rows = list(ClockEntry.objects.filter(case_id=case_id).order_by("seq"))
    assert [row.act for row in rows] == ["start", "suspend", "resume", "extend", "stop"]
    assert [row.state for row in rows] == ["running", "paused", "running", "running", "stopped"]
    assert {row.actor_name for row in rows} == {actor.name}
    assert clock.explanation(case_id)[0].why.vi.startswith("Ngày bắt đầu")
    assert clock.dues_of_many([case_id])[case_id].state == "stopped"


def test_statements(
    scene: tuple[Actor, int, int], django_assert_num_queries: type[CaptureQueriesContext]
) -> None:
    actor, _, case_id = scene
    clock.due_of(case_id)
    entries: list[clock.Entry] = []
    begin(scene, track="warm")
    ClockEntry.objects.all().delete()
    with django_assert_num_queries(1):
        begin(scene, entries=entries)
    with django_assert_num_queries(2):
        clock.suspend(
            actor=actor, case_id=case_id, at=at("18/11/2026 10:00"), reason="x", legal_basis=LAW
        )
    entries = clock.entries_of(case_id)
    with django_assert_num_queries(1):
        clock.resume(actor=actor, case_id=case_id, at=at("19/11/2026 10:00"), entries=entries)
    assert len(entries) == 3


def test_two_acts_at_once_conflict(scene: tuple[Actor, int, int]) -> None:
    actor, _, case_id = scene
    begin(scene)
    stale = clock.entries_of(case_id)
    clock.suspend(
        actor=actor, case_id=case_id, at=at("18/11/2026 10:00"), reason="x", legal_basis=LAW
    )
    with pytest.raises(Conflict):
        clock.stop(actor=actor, case_id=case_id, at=at("18/11/2026 10:00"), entries=stale)


def test_first_answer_is_eight_working_hours_online(scene: tuple[Actor, int, int]) -> None:
    actor, agency_id, case_id = scene
    due = clock.start_first_answer(
        actor=actor, case_id=case_id, at=at("20/11/2026 16:30"), agency_id=agency_id, online=True
    )
    assert due.at == at("23/11/2026 16:30")
    assert clock.due_of(case_id, "first_answer").at == due.at
    assert clock.due_of(case_id).state == "none"


def test_remote_area_days_are_a_dated_parameter(scene: tuple[Actor, int, int]) -> None:
    due = begin(scene, remote_area=True)
    assert due.at == at("08/12/2026 17:00")
    actor, agency_id, _ = scene
    with pytest.raises(NotAllowed):
        set_remote(actor)
    set_remote(make_official(make_agency(), "administrator"))
    other = make_case(make_agency()).pk
    assert begin((actor, agency_id, other), remote_area=True).at == at("01/12/2026 17:00")
    assert clock.parameter("remote_area", at("01/11/2025 09:00")).limit.amount == 10
    assert clock.due_of(scene[2]).at == due.at


def set_remote(actor: Actor) -> None:
    clock.set_parameter(
        actor=actor,
        name="remote_area",
        value="5 working_day",
        valid_from=dt.date(2026, 1, 1),
        reason="Quy định mới",
        legal_basis="Nghị định X",
    )


def test_explanation_is_readable_in_both_languages(scene: tuple[Actor, int, int]) -> None:
    due = begin(scene)
    page = Template("{% load clock %}{% clock_explanation due now %}{% clock_chip due now %}")
    context = Context({"due": due, "now": at("19/11/2026 14:00")})
    with translation.override("vi"):
        html = page.render(context)
    assert "Hạn trả kết quả:" in html
    assert "23/11/2026 17:00" in html
    assert "Còn 2 ngày làm việc" in html
    assert "Thời hạn giải quyết 5 ngày làm việc" in html
    with translation.override("en"):
        html = page.render(context)
    assert "2 working days left" in html
    assert "Time allowed: 5 working days" in html
    assert "Result due:" in html
    assert "không tính" not in html
