"""The board: what it counts, for whom, at what cost, and that the roll-up keeps to the truth."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from motcua.casework.access.public import CITY_VIEWER, Actor, grant
from motcua.casework.agencies.public import Agency
from motcua.casework.cases.public import Case
from motcua.casework.people.public import Account
from motcua.casework.testing.makers import make_agency, make_case, make_official
from motcua.foundation.timesource import at_time
from motcua.subsystems.supervision.board import agency_board, board
from motcua.subsystems.supervision.services import differences, follow, rebuild

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 25, 5, tzinfo=dt.UTC)  # a Wednesday, noon in the city


class City:
    def __init__(self) -> None:
        self.ward: Agency = make_agency(code="ubnd-a")
        self.other: Agency = make_agency(code="ubnd-b")
        self.officer = make_official(self.ward, "case_officer", name="Cán bộ A")
        self.leader = make_official(self.ward, "leader")
        self.supervisor = make_official(make_agency(level="city"), "supervisor")

    def due(self, hours: float, agency: Agency, clock: str = "running") -> Case:
        case = make_case(agency, kind="application")
        due = NOW + dt.timedelta(hours=hours)
        Case.objects.filter(pk=case.pk).update(
            holder_agency=agency, due_at=due, sort_due=due, clock_state=clock, is_open=True,
            assignee_id=self.officer.account_id, code=f"H29-{case.pk}",
        )  # fmt: skip
        grant([case.pk], [CITY_VIEWER, f"a:{agency.pk}"])
        follow(case.pk)
        return case


@pytest.fixture
def city() -> City:
    made = City()
    for hours in (-48, -1, 1, 24, 80, 400):
        made.due(hours, made.ward)
    made.due(-48, made.ward, clock="paused")
    made.due(-30, made.other)
    return made


def _as(client: Any, actor: Actor) -> Any:
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def test_what_is_counted(city: City) -> None:
    with at_time(NOW):
        row = next(r for r in board(city.supervisor).rows if r.code == "ubnd-a")
        one = agency_board(city.supervisor, "ubnd-a")
    assert (row.open, row.late, row.near, row.week) == (7, 2, 2, 3)
    assert [(r.open, r.late, r.near, r.week) for r in one.rows] == [(7, 2, 2, 3)]
    assert len(one.latest) == 2


def test_the_roll_up_follows_and_can_be_compared_and_made_anew(city: City) -> None:
    assert differences() == {}
    case = Case.objects.filter(holder_agency=city.ward).first()
    assert case is not None
    Case.objects.filter(pk=case.pk).update(is_open=False)
    assert len(differences()) == 1
    follow(case.pk)
    follow(case.pk)
    assert differences() == {}
    Case.objects.filter(holder_agency=city.ward).update(holder_agency=city.other)
    assert differences()
    assert rebuild() == 7
    assert differences() == {}


def test_who_sees_which_board(city: City, client: Any) -> None:
    with at_time(NOW):
        for who, expected in (("officer", 404), ("leader", 200), ("supervisor", 200)):
            _as(client, getattr(city, who))
            assert client.get("/console/giam-sat/").status_code == expected, who
            assert client.get("/console/giam-sat/ubnd-a/").status_code == expected, who
        _as(client, city.leader)
        assert client.get("/console/giam-sat/ubnd-b/").status_code == 404
        page = client.get("/console/giam-sat/")
        assert [row.code for row in page.context["board"].rows] == ["ubnd-a"]
        assert "<svg" in page.content.decode()
        assert "style=" not in page.content.decode()


def test_what_the_board_costs(city: City, django_assert_num_queries: Any) -> None:
    with at_time(NOW), django_assert_num_queries(4):
        board(city.supervisor)
