"""Neither a new holiday nor a wrong clock moves a deadline behind anybody's back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from motcua.casework.access.public import SYSTEM
from motcua.casework.calendar.public import change_calendar_day
from motcua.casework.cases.public import Case, timeline
from motcua.casework.clock.public import ClockGoesForward, due_of, entries_of
from motcua.casework.ledger.public import check_ledger, entries
from motcua.casework.notices.public import notices_of
from motcua.foundation.errors import Bilingual
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.timesource import at_time, now
from motcua.subsystems.applications.tests.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(working_morning: dt.datetime, settings: Any, tmp_path: Any) -> World:
    settings.MOTCUA_FILES_DIR = tmp_path / "files"
    return make_world()


@pytest.fixture
def uid(world: World) -> str:
    """An accepted dossier, everybody told."""
    filed = world.file()
    world.do("clerk", filed, "accept")
    run_until_idle()
    return filed


def declare(kind: str, **more: Any) -> None:
    change_calendar_day(
        actor=SYSTEM,
        day=dt.date(2026, 11, 19),
        kind=kind,
        name=Bilingual("Nghỉ bão", "Storm day"),
        reason="Bão số 9",
        legal_basis="Công điện của Thủ tướng Chính phủ",
        **more,
    )


def test_a_new_holiday_moves_the_date_with_a_row_a_line_and_a_notice(
    world: World, uid: str
) -> None:
    before = Case.objects.get(uid=uid).due_at
    declare("holiday")
    run_until_idle()
    case = Case.objects.get(uid=uid)
    assert case.due_at > before
    row = entries_of(case.pk)[-1]
    assert (row.act, row.reason) == ("recompute", "Bão số 9")
    assert any("Nghỉ bão" in line.why.vi for line in due_of(case.pk).lines)
    assert "Bão số 9" in timeline(case, public_only=True)[0].note
    assert "dossier.due_moved" in [notice.template for notice in notices_of(world.citizen)]
    assert "clock.due_moved" in {entry.verb for entry in entries(f"case:{case.pk}")}
    assert list(check_ledger()) == []


def test_a_day_that_works_after_all_moves_no_date_by_itself(world: World, uid: str) -> None:
    declare("holiday")
    run_until_idle()
    later = Case.objects.get(uid=uid).due_at
    declare("ordinary")
    run_until_idle()
    case = Case.objects.get(uid=uid)
    assert case.due_at == later, "an earlier date needs somebody's word"
    assert list(check_ledger()) == []


def test_a_clock_set_back_moves_no_date_and_is_said(world: World) -> None:
    filed = world.file()
    begun = Case.objects.get(uid=filed)
    with at_time(now() - dt.timedelta(hours=3)):
        with pytest.raises(ClockGoesForward):
            world.do("clerk", filed, "accept")
        run_until_idle()
    case = Case.objects.get(uid=filed)
    assert (case.state, case.version, case.due_at) == ("new", begun.version, begun.due_at)
    world.do("clerk", filed, "accept")
    run_until_idle()
    assert Case.objects.get(uid=filed).state == "received"
    told = {notice.template for notice in notices_of(world.citizen)}
    assert told >= {"dossier.submitted", "dossier.accepted"}
    assert list(check_ledger()) == []


def test_a_clock_set_back_by_a_day_keeps_codes_apart(world: World) -> None:
    first = world.file()
    with at_time(now() - dt.timedelta(days=1)):
        second = world.file()
    third = world.file()
    codes = [str(Case.objects.get(uid=uid).code) for uid in (first, second, third)]
    assert len(set(codes)) == 3, codes
    assert codes[0][-4:] == "0001"
    assert codes[2][-4:] == "0002"
