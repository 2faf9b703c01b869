"""The past is lived across the merger: nobody is lost, every rule is of its day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from motcua.casework.access.public import SYSTEM
from motcua.casework.agencies.public import Agency
from motcua.casework.calendar.public import calendar_for, seed_calendar
from motcua.casework.cases.public import Case
from motcua.casework.clock.models import ClockEntry
from motcua.casework.ledger.public import check_ledger
from motcua.foundation.outbox.models import Event
from motcua.foundation.timesource import CITY_ZONE, at_time
from motcua.subsystems.applications.public import APPLICATION, Application, Rating, committee_of
from motcua.subsystems.procedures.public import (
    NoVersionInForce,
    history,
    load_packages,
    version_by_id,
    version_in_force,
)
from motcua.subsystems.supervision.models import LoadCell, QualityDay
from motcua.web.demo.city import build_city
from motcua.web.demo.drawings import upload_drawings
from motcua.web.demo.earlier import publish_earlier
from motcua.web.demo.fates import FATES
from motcua.web.demo.former import LAST_DAY, MERGER, former_agencies
from motcua.web.demo.history import begin_of, live
from motcua.web.demo.lots import working_days_before
from motcua.web.demo.past import BOARD, settle_past

pytestmark = pytest.mark.django_db
END = dt.datetime(2025, 7, 29, 16, 0, tzinfo=CITY_ZONE)


@pytest.fixture
def lived(settings: Any) -> None:
    """Six weeks around the merger, without files."""
    settings.DEMO = True
    seed_calendar()
    publish_earlier()
    load_packages(actor=SYSTEM)
    build_city(password="mot-cua-demo-2026", citizens=40)
    past = live(
        dossiers=34,
        until=END,
        begin=dt.datetime(2025, 6, 9, 7, 30, tzinfo=CITY_ZONE),
        drawing=upload_drawings,
        progress=lambda _done, _all: None,
    )
    assert past.refused == []


def test_dossiers_cross_the_merger_and_every_rule_is_of_its_day(lived: None) -> None:
    """One past is lived for all: it takes seconds."""
    old = Agency.objects.get(code="cu-26740")
    crossed = Case.objects.filter(receiving_agency=old, competent_agency__code="ubnd-26740")
    assert crossed.count() >= 4
    assert {case.code.rpartition("-")[0].split("-")[0] for case in crossed if case.code} == {
        "H29.760.26740"
    }
    assert {case.state for case in crossed} <= {"finished", "returned"}
    assert not former_agencies()
    assert old.valid_to == LAST_DAY
    still_there = Case.objects.filter(is_open=True, holder_agency__code__startswith="cu-")
    assert not still_there.exists()
    for row in Application.objects.select_related("case"):
        version = version_by_id(row.procedure_version_id)
        early = row.case.opened_at < MERGER
        assert version.version == (1 if early else 2) or not early
        assert version.valid_from <= row.case.opened_at.astimezone(CITY_ZONE).date()
    bases = {
        (entry.at < MERGER, entry.basis)
        for entry in ClockEntry.objects.filter(track="first_answer", act="start")
    }
    assert all(("61/2018" in basis) == early for early, basis in bases)
    assert {early for early, _ in bases} == {True, False}
    states = set(Case.objects.values_list("state", flat=True))
    assert len(states) >= 8
    assert list(check_ledger()) == []
    _settled_board()


def _settled_board() -> None:
    """After settling, the supervisor's board counts every open dossier, and each once."""
    with at_time(END):
        settle_past()
    counted = Case.objects.filter(is_open=True, holder_agency__isnull=False).count()
    assert counted
    assert sum(LoadCell.objects.values_list("n", flat=True)) == counted
    heard = Event.objects.filter(dispatched_at=None, topic__startswith="applications.")
    left = set(heard.values_list("key", flat=True))
    young = Rating.objects.filter(at__gte=END - BOARD).values_list("case__uid", flat=True)
    rated = [uid for uid in young if str(uid) not in left]
    assert rated
    assert sum(QualityDay.objects.values_list("ratings", flat=True)) == len(rated)


def test_a_version_of_the_time_is_honest_about_itself() -> None:
    publish_earlier()
    publish_earlier()
    load_packages(actor=SYSTEM)
    [newer, earlier] = history("1.004873")
    assert (earlier.version, earlier.valid_to) == (1, LAST_DAY)
    assert newer.valid_from == dt.date(2025, 7, 1)
    assert version_in_force("1.004873", LAST_DAY).pk == earlier.pk
    with pytest.raises(NoVersionInForce):
        version_in_force("1.001612", LAST_DAY)
    text = str(earlier.document)
    assert "61/2018" in text
    assert not [year for year in ("/2025/", "/2026/", "163/QĐ") if year in text]
    assert not any(row["confirmed"] for row in earlier.document["limits"])


def test_a_commune_code_means_the_unit_of_its_day() -> None:
    build_city(password="mot-cua-demo-2026", citizens=1)
    assert committee_of("26740", LAST_DAY).code == "cu-26740"
    assert committee_of("26740", dt.date(2026, 1, 1)).code == "ubnd-26740"
    # A code that no unit bears any more: whoever carries on for its last bearer.
    assert committee_of("26746", LAST_DAY).code == "cu-26746"


def test_every_state_has_its_fate_and_two_years_are_two_years() -> None:
    assert set(FATES) == {state.id for state in APPLICATION.states}
    assert begin_of(END + dt.timedelta(days=500)) == END + dt.timedelta(days=500 - 730)
    assert begin_of(END).year == 2024
    seed_calendar()
    monday = dt.datetime(2026, 11, 23, 10, 0, tzinfo=CITY_ZONE)
    assert working_days_before(monday, 1, calendar_for(None)).date() == dt.date(2026, 11, 20)
