"""A calendar change moves a promise only openly, and never earlier without a word."""

from __future__ import annotations

import datetime as dt

import pytest

from motcua.casework.access.public import Actor
from motcua.casework.calendar.public import change_calendar_day
from motcua.casework.cases.public import Case, change_case, timeline
from motcua.casework.clock import public as clock
from motcua.casework.clock.tests.samples import at
from motcua.casework.ledger.public import check_ledger
from motcua.casework.testing.makers import make_agency, make_case, make_official
from motcua.foundation.errors import Bilingual, NotAllowed
from motcua.foundation.outbox.models import Event
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.timesource import at_time

pytestmark = pytest.mark.django_db
LAW = "Quyết định của Thủ tướng Chính phủ"


def open_running(agency_id: int, actor: Actor, case: Case) -> clock.Due:
    due = clock.start(
        actor=actor,
        case_id=case.pk,
        at=at("16/11/2026 09:00"),
        limit=clock.Limit(5, "working_day"),
        agency_id=agency_id,
        legal_basis="Nghị định 118/2025/NĐ-CP",
    )
    change_case(actor=actor, case=case, verb="test.accept", due_at=due.at, clock_state="running")
    return due


def declare(day: str, kind: str, **more: object) -> None:
    supervisor = make_official(make_agency(), "administrator")
    change_calendar_day(
        actor=supervisor,
        day=at(f"{day} 00:00").date(),
        kind=kind,
        name=Bilingual("Nghỉ bão", "Storm day"),
        reason="Bão số 9",
        legal_basis=LAW,
        **more,
    )


def test_a_new_day_off_moves_the_date_later_and_says_so() -> None:
    agency = make_agency()
    actor = make_official(agency, "case_officer")
    case, done = make_case(agency), make_case(agency)
    with at_time(at("16/11/2026 09:00")):
        open_running(agency.pk, actor, case)
        open_running(agency.pk, actor, done)
        clock.stop(actor=actor, case_id=done.pk, at=at("16/11/2026 10:00"))
    with at_time(at("18/11/2026 09:00")):
        declare("19/11/2026", "local_off")
        before = clock.due_of(case.pk)
        assert before.at == at("23/11/2026 17:00")
        assert before.proposed == at("25/11/2026 17:00")
        run_until_idle()
    case.refresh_from_db()
    assert case.due_at == at("25/11/2026 17:00")
    due = clock.due_of(case.pk)
    assert (due.at, due.proposed) == (at("25/11/2026 17:00"), None)
    assert any("Nghỉ bão" in line.why.vi for line in due.lines)
    row = clock.entries_of(case.pk)[-1]
    assert (row.act, row.reason, row.legal_basis) == ("recompute", "Bão số 9", LAW)
    assert row.data["old"] == at("23/11/2026 17:00").isoformat()
    assert row.data["new"] == at("25/11/2026 17:00").isoformat()
    event = Event.objects.get(topic=clock.DUE_MOVED)
    assert (event.key, event.payload["old"]) == (str(case.uid), row.data["old"])
    note = timeline(case, public_only=True)[0].note
    assert "23/11/2026 17:00" in note
    assert "25/11/2026 17:00" in note
    assert clock.due_of(done.pk).state == "stopped"
    assert len(clock.entries_of(done.pk)) == 2
    assert not list(check_ledger())


def test_an_earlier_date_is_proposed_and_comes_only_when_confirmed() -> None:
    agency = make_agency()
    actor = make_official(agency, "case_officer")
    case = make_case(agency)
    with at_time(at("16/11/2026 09:00")):
        clock.start(
            actor=actor,
            case_id=case.pk,
            at=at("20/11/2026 09:00"),
            limit=clock.Limit(3, "working_day"),
            agency_id=agency.pk,
            legal_basis="Nghị định 118/2025/NĐ-CP",
        )
    with at_time(at("20/11/2026 10:00")):
        declare("24/11/2026", "ordinary")
        run_until_idle()
        due = clock.due_of(case.pk)
        assert due.at == at("26/11/2026 17:00")
        assert due.lines[-1].why.vi.startswith("Giữ nguyên ngày đã hẹn")
        assert due.lines[-1].to_at == due.at
        assert sum(line.counted.ticks for line in due.lines) == due.total.ticks
        row = clock.entries_of(case.pk)[-1]
        assert row.data["proposed"] == at("25/11/2026 17:00").isoformat()
        assert Event.objects.filter(topic=clock.EARLIER_PROPOSED).count() == 1
        assert not Event.objects.filter(topic=clock.DUE_MOVED).exists()
        run_until_idle()
        assert len(clock.entries_of(case.pk)) == 2
        with pytest.raises(NotAllowed):
            confirm(actor, case)
        leader = make_official(agency, "leader")
        moved = confirm(leader, case)
        assert moved is not None
        assert moved.at == at("25/11/2026 17:00")
        assert Event.objects.filter(topic=clock.DUE_MOVED).count() == 1
        assert clock.recompute(actor=leader, case_id=case.pk, reason="x", legal_basis=LAW) is None


def confirm(actor: Actor, case: Case) -> clock.Due | None:
    return clock.recompute(
        actor=actor,
        case_id=case.pk,
        reason="Lãnh đạo đồng ý trả sớm",
        legal_basis=LAW,
        confirm_earlier=True,
    )


def test_a_kept_date_still_pauses_rightly() -> None:
    agency = make_agency()
    actor = make_official(agency, "case_officer")
    case = make_case(agency)
    with at_time(at("20/11/2026 09:00")):
        clock.start(
            actor=actor,
            case_id=case.pk,
            at=at("20/11/2026 09:00"),
            limit=clock.Limit(3, "working_day"),
            agency_id=agency.pk,
            legal_basis="Nghị định 118/2025/NĐ-CP",
        )
        declare("24/11/2026", "ordinary")
        run_until_idle()
    clock.suspend(
        actor=actor, case_id=case.pk, at=at("24/11/2026 10:00"), reason="x", legal_basis=LAW
    )
    due = clock.resume(actor=actor, case_id=case.pk, at=at("25/11/2026 10:00"))
    assert due.at == at("27/11/2026 17:00")
    assert due.lines[-1].to_at == due.at
    assert sum(line.counted.ticks for line in due.lines) == due.total.ticks


def test_a_change_of_one_agency_leaves_the_others_alone() -> None:
    here, there = make_agency(), make_agency()
    officers = [make_official(agency, "case_officer") for agency in (here, there)]
    cases = [make_case(agency) for agency in (here, there)]
    with at_time(at("16/11/2026 09:00")):
        for agency, actor, case in zip((here, there), officers, cases, strict=True):
            open_running(agency.pk, actor, case)
        administrator = make_official(here, "administrator")
        change_calendar_day(
            actor=administrator,
            day=dt.date(2026, 11, 19),
            kind="local_off",
            name=Bilingual("Mất điện", "Power cut"),
            reason="Sửa lưới điện",
            legal_basis=LAW,
            agency_id=here.pk,
        )
        run_until_idle()
    assert [clock.due_of(case.pk).at for case in cases] == [
        at("25/11/2026 17:00"),
        at("23/11/2026 17:00"),
    ]
