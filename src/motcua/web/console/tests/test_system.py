"""The pages of the house: only its keepers come in, and what they do is recorded."""

from __future__ import annotations

import datetime as dt

import pytest

from motcua.casework.access.public import Actor
from motcua.casework.calendar.public import calendar_for
from motcua.casework.exports.public import list_of
from motcua.casework.ledger.public import entries
from motcua.casework.testing.makers import make_agency, make_official
from motcua.foundation.outbox.models import Job
from motcua.foundation.timesource import now
from motcua.web.console.tests.test_inbox import client_of

pytestmark = pytest.mark.django_db
PAGES = ("", "so-cai/", "lich/", "co-quan/")
CHANGE = {
    "day": "2026-12-24",
    "kind": "local_off",
    "name_vi": "Nghỉ tránh bão",
    "reason": "Bão số 9",
    "legal_basis": "Công điện 12/CĐ-UBND",
}


@pytest.fixture
def keeper(working_morning: dt.datetime) -> Actor:
    return make_official(make_agency(level="city", kind="city"), "administrator")


@pytest.mark.parametrize("page", PAGES)
def test_keepers_only(keeper: Actor, page: str) -> None:
    assert client_of(keeper).get(f"/console/he-thong/{page}").status_code == 200
    officer = make_official(make_agency(), "case_officer")
    assert client_of(officer).get(f"/console/he-thong/{page}").status_code == 403


def test_a_dead_letter_is_run_again_and_recorded(keeper: Actor) -> None:
    job = Job.objects.create(
        queue="issuing.timestamp", payload={}, state=Job.State.DEAD, last_error="Hết giờ chờ",
        run_after=now(), created_at=now(), attempts=8, max_attempts=8,
    )  # fmt: skip
    client = client_of(keeper)
    assert "Hết giờ chờ" in client.get("/console/he-thong/").content.decode()
    client.post(f"/console/he-thong/viec-hong/{job.pk}/chay-lai/")
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED
    assert [e.verb for e in entries("jobs")] == ["console.retry_job"]


def test_a_whole_ledger_is_said_to_be_whole(keeper: Actor) -> None:
    page = client_of(keeper).post("/console/he-thong/so-cai/").content.decode()
    assert "Sổ cái nguyên vẹn" in page


def test_a_day_changes_only_after_its_consequence_was_shown(keeper: Actor) -> None:
    client = client_of(keeper)
    address = "/console/he-thong/lich/thay-doi/"
    blank = client.post(address, {"verb": "confirm", "day": "2026-12-24"})
    assert blank.status_code == 422
    assert "Hãy nêu lý do thay đổi" in blank.content.decode()
    shown = client.post(address, {**CHANGE, "verb": "preview"})
    assert "Nếu ghi thay đổi này" in shown.content.decode()
    day = dt.date(2026, 12, 24)
    assert calendar_for(None).is_working_day(day)
    done = client.post(address, {**CHANGE, "verb": "confirm"})
    assert done.status_code == 302
    assert not calendar_for(None).is_working_day(day)
    assert "Nghỉ tránh bão" in client.get(done["Location"]).content.decode()


def test_agencies_of_another_date(keeper: Actor) -> None:
    make_agency("UBND phường Cũ", valid_from=dt.date(2020, 1, 1), valid_to=dt.date(2025, 6, 30))
    client = client_of(keeper)
    assert "phường Cũ" not in client.get("/console/he-thong/co-quan/").content.decode()
    assert "phường Cũ" in client.get("/console/he-thong/co-quan/?on=2024-01-01").content.decode()


def test_ledger_and_agencies_go_out_to_their_keepers(keeper: Actor) -> None:
    for code, asked in (("console.ledger", {"from": "2020-01-01"}), ("console.agencies", {})):
        source = list_of(code)
        found = list(source.rows(keeper, asked))
        assert source.count is not None
        assert len(found) == source.count(keeper, asked)
        [[column.value(row) for column in source.columns] for row in found]
        assert not source.open_to(make_official(make_agency(), "case_officer"))
    assert len(list(list_of("console.agencies").rows(keeper, {}))) >= 2
