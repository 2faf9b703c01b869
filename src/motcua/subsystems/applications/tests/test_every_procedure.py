"""Each procedure from the counter to the sealed result: its limit, its fee, its document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from motcua.casework.access.public import Actor
from motcua.casework.cases.public import Case
from motcua.casework.clock.public import MAIN, PHASE_TWO, due_of
from motcua.casework.issuing.public import document_bytes
from motcua.casework.people.public import PartyDetails
from motcua.casework.workflow.public import actions_for
from motcua.foundation.timesource import CITY_ZONE, at_time, local, now
from motcua.subsystems.applications.dossiers import city_date, load_dossier
from motcua.subsystems.applications.models import Slip
from motcua.subsystems.applications.selectors import officers_of
from motcua.subsystems.applications.services import Filing, act, receive_at_counter
from motcua.subsystems.applications.tests.agencies import open_the_others
from motcua.subsystems.applications.tests.world import World, make_world
from motcua.subsystems.procedures.services import DATA, read_package
from motcua.subsystems.procedures.tests.samples import SAMPLES

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2026, 11, 18, 9, 0, tzinfo=CITY_ZONE)
ONWARDS = (
    "accept", "forward", "assign", "send_obligation", "obligation_met", "propose",
    "confirm_draft", "approve", "sign", "issue", "deliver",
)  # fmt: skip
"""The straight way to a result; what else a process offers is left alone."""

EXPECTED = {
    "1.000656": ("18/11 17:00", 8_000),
    "1.000894": ("18/11 17:00", 8_000),
    "1.001022": ("23/11 17:00", 0),
    "1.001029": ("03/12 17:00", 5_000_000),
    "1.001193": ("18/11 17:00", 0),
    "1.001266": ("26/11 17:00", 0),
    "1.001570": ("19/11 17:00", 0),
    "1.001612": ("23/11 17:00", 0),
    "1.001699": ("24/12 17:00", 0),
    "1.001731": ("23/11 17:00", 0),
    "1.001776": ("03/12 17:00", 0),
    "1.004194": ("23/11 17:00", 15_000),
    "1.004222": ("30/11 17:00", 20_000),
    "1.004837": ("23/11 17:00", 8_000),
    "1.004859": ("23/11 17:00", 0),
    "1.004873": ("23/11 17:00", 0),
    "1.004884": ("26/11 17:00", 0),
    "1.011607": ("03/12 17:00", 0),
    "1.013225": ("30/11 17:00", 75_000),
    "1.013274": ("23/11 17:00", 0),
    "1.013831": ("30/11 17:00", 0),
    "1.013855": ("17/12 17:00", 350_000),
    "1.014027": ("03/12 17:00", 0),
    "1.014137": ("26/11 17:00", 0),
    "2.000635": ("18/11 17:00", 16_000),
    "2.000720": ("23/11 17:00", 0),
    "2.000815": ("18/11 17:00", 25_000),
    "2.000884": ("18/11 17:00", 10_000),
    "2.000908": ("19/11 17:00", 0),
    "3.000333": ("30/11 17:00", 200_000),
}
"""Due date and charge of the sample filed at the counter on the morning of 18 November 2026;
24 November is a public holiday. What the City Council decides is not known: 0 until it is."""


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One city for all journeys; nothing of it remains."""
    with django_db_blocker.unblock(), at_time(MORNING):
        atomic = transaction.atomic()
        atomic.__enter__()
        world = make_world(procedures=())
        open_the_others(world)
        yield world
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def papers_of(code: str) -> tuple[str, ...]:
    return tuple(row["id"] for row in read_package(DATA / "packages" / code)["components"])


def file_at_counter(city: World, code: str, **more: Any) -> str:
    filing = Filing(
        procedure_code=code,
        answers=SAMPLES[code] | more,
        receiving_agency_id=city.centre.pk,
        papers_shown=papers_of(code),
    )
    who = PartyDetails(full_name="Nguyễn Ngọc Mai", identity_number="098194000001")
    return receive_at_counter(actor=city.clerk, filing=filing, applicant=who)["uid"]


def whose_turn(city: World, case: Case) -> list[Actor]:
    """Who may move the dossier now: its holder; the clerk where the applicant is waited for."""
    held = [
        actor
        for actor in city.people.values()
        if case.holder_role in actor.roles and case.holder_agency_id in actor.agency_ids
    ]
    return [*held, city.clerk]


def go_on(city: World, uid: str) -> str:
    """One step along the straight way; the action taken, or nothing at the end."""
    for actor in whose_turn(city, Case.objects.get(uid=uid)):
        dossier = load_dossier(actor, uid)
        offered = actions_for(actor, dossier.case, dossier.variables(city_date(now())))
        possible = {row.action: row for row in offered}
        wanted = next((action for action in ONWARDS if action in possible), None)
        if wanted:
            payload = {"note": "Đủ điều kiện", "receiver": "Nguyễn Ngọc Mai"}
            if wanted == "assign":
                payload["officer"] = str(officers_of(dossier)[0][0])
            token = possible[wanted].token_id
            act(actor=actor, uid=uid, token_id=token, action=wanted, payload=payload)
            return wanted
    return ""


@pytest.mark.parametrize("code", sorted(EXPECTED))
def test_from_the_counter_to_the_result(city: World, code: str) -> None:
    with at_time(MORNING):
        uid = file_at_counter(city, code)
        go_on(city, uid)
        case = Case.objects.get(uid=uid)
        due = local(case.due_at).strftime("%d/%m %H:%M") if case.due_at else ""
        fee = case.application.fee_amount
        assert (due, fee) == EXPECTED[code]
        while go_on(city, uid):
            pass
        case = Case.objects.select_related("application__result").get(uid=uid)
        assert (case.state, case.outcome, case.is_open) == ("returned", "granted", False)
        result = case.application.result
        assert result.state == "sealed"
        assert document_bytes(result).startswith(b"%PDF")


def act_as(city: World, uid: str, wanted: str, **payload: Any) -> None:
    for actor in whose_turn(city, Case.objects.get(uid=uid)):
        dossier = load_dossier(actor, uid)
        offered = actions_for(actor, dossier.case, dossier.variables(city_date(now())))
        for row in offered:
            if row.action == wanted:
                act(actor=actor, uid=uid, token_id=row.token_id, action=wanted, payload=payload)
                return
    raise AssertionError(wanted)


def test_the_second_phase_has_its_own_dates(city: World) -> None:
    """Land: the time the applicant takes to pay belongs to neither phase."""
    with at_time(MORNING):
        uid = file_at_counter(city, "1.013831")
        for _step in ("accept", "forward", "assign"):
            go_on(city, uid)
    with at_time(MORNING + dt.timedelta(days=2)):
        act_as(city, uid, "send_obligation", note="Thông báo thuế")
    case = Case.objects.get(uid=uid)
    assert (case.state, case.due_at, case.clock_state) == ("financial_obligation", None, "paused")
    with at_time(MORNING + dt.timedelta(days=33)):
        act_as(city, uid, "obligation_met", note="Đã nộp")
        case.refresh_from_db()
        assert local(case.due_at).strftime("%d/%m %H:%M") == "24/12 17:00"
        first, second = (due_of(case.pk, track) for track in (MAIN, PHASE_TWO))
        assert (first.state, local(first.at).strftime("%d/%m")) == ("stopped", "30/11")
        assert second.state == "running"
        slips = Slip.objects.filter(case=case, form="01").order_by("seq")
        assert [slip.seq for slip in slips] == [1, 2]
        assert "2026-12-24T17:00" in slips[1].data
        while go_on(city, uid):
            pass
    case.refresh_from_db()
    assert (case.state, due_of(case.pk, PHASE_TWO).state) == ("returned", "stopped")


@pytest.mark.parametrize(
    ("hour", "minute", "due"), [(14, 59, "18/11"), (15, 0, "18/11"), (15, 1, "19/11")]
)
@pytest.mark.parametrize("code", ["2.000815", "1.000656"])
def test_taken_after_fifteen_hundred_the_result_comes_the_next_working_day(
    *, city: World, code: str, hour: int, minute: int, due: str
) -> None:
    with at_time(MORNING.replace(hour=hour, minute=minute)):
        uid = file_at_counter(city, code)
        go_on(city, uid)
        assert local(Case.objects.get(uid=uid).due_at).strftime("%d/%m") == due
