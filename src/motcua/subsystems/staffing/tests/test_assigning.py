"""Many dossiers given at once, by rule, and by themselves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.casework.access.public import Actor, actor_of
from motcua.casework.agencies.models import Membership
from motcua.casework.agencies.public import Post
from motcua.casework.cases.public import Case
from motcua.casework.ledger.public import check_ledger
from motcua.casework.notices.public import notices_of
from motcua.casework.people.public import Account
from motcua.casework.testing.makers import START, make_account, make_agency, make_official
from motcua.foundation.errors import InvalidInput, NotAllowed, NotFound
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.timesource import now, today
from motcua.subsystems.applications.models import Application
from motcua.subsystems.applications.tests.console import client_of
from motcua.subsystems.applications.tests.world import World, make_world
from motcua.subsystems.staffing.models import Absence, Distribution, GivenByRule
from motcua.subsystems.staffing.selectors import officers, waiting
from motcua.subsystems.staffing.services import (
    distribute,
    let_handle,
    record_absence,
    set_rule,
    stop_distribution,
)
from motcua.subsystems.staffing.services.absences import Away

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("working_morning")]


@pytest.fixture
def world() -> World:
    return make_world(["1.004873"])


def _second_officer(world: World) -> Actor:
    post = Post.objects.get(agency=world.ward, role="case_officer")
    account = make_account(name="Phạm Thị Mai")
    Membership.objects.create(account=account, post=post, valid_from=START)
    return actor_of(account)


def _forwarded(world: World, count: int) -> list[Case]:
    uids = [world.file() for _ in range(count)]
    for uid in uids:
        world.do("clerk", uid, "accept")
        world.do("clerk", uid, "forward")
    return list(Case.objects.filter(uid__in=uids).order_by("pk"))


def _assignees(cases: list[Case]) -> list[int | None]:
    return list(
        Case.objects.filter(pk__in=[c.pk for c in cases])
        .order_by("pk")
        .values_list("assignee_id", flat=True)
    )


def test_a_head_gives_many_at_once(world: World) -> None:
    second, page = _second_officer(world), client_of(world.division)
    cases = _forwarded(world, 4)
    shown = page.get("/console/phan-cong/?way=round_robin")
    assert shown.status_code == 200
    assert all(case.code in shown.content.decode() for case in cases)
    rows = shown.context["rows"]
    data: dict[str, Any] = {"agency": world.ward.pk, "way": "round_robin"}
    data["case"] = [case.pk for case, *_ in rows]
    data |= {f"officer-{case.pk}": officer for case, _url, _badge, officer, _ticked in rows}
    answer = page.post("/console/phan-cong/", data)
    assert answer.status_code == 302
    run_until_idle()
    assert sorted(_assignees(cases)) == sorted([world.officer.account_id, second.account_id] * 2)
    run = page.get(answer.headers["Location"])
    assert "Đã giao 4 trên 4 hồ sơ" in run.content.decode()
    for account in (world.officer, second):
        told = [n for n in notices_of(account) if "giao cho bạn 2 hồ sơ" in n.body]
        assert len(told) == 1
    assert not list(check_ledger())


def test_who_was_given_it_stays_its_officer_when_it_comes_back(world: World) -> None:
    second = _second_officer(world)
    (case,) = _forwarded(world, 1)
    _give(world, {case.pk: second.account_id or 0})
    world.people["second"] = second
    world.do("second", str(case.uid), "propose_online", note="Đủ điều kiện")
    assert Application.objects.get(pk=case.pk).officer_id == second.account_id


def _give(world: World, given: dict[int, int], **more: Any) -> Distribution:
    made = distribute(
        actor=world.division, agency_id=world.ward.pk, way="load", given=given, **more
    )
    run_until_idle()
    return made


def test_all_of_an_officer_who_leaves_go_to_others(world: World) -> None:
    second = _second_officer(world)
    cases = _forwarded(world, 2)
    _give(world, {case.pk: world.officer.account_id or 0 for case in cases})
    left = waiting(world.division, world.ward.pk, holder=world.officer.account_id)
    assert {case.pk for case in left} == {case.pk for case in cases}
    _give(
        world,
        {case.pk: second.account_id or 0 for case in cases},
        holder=world.officer.account_id,
    )
    assert _assignees(cases) == [second.account_id] * 2


def test_the_absent_and_strangers_get_nothing(world: World) -> None:
    second = _second_officer(world)
    (case,) = _forwarded(world, 1)
    away = Away(today(), today() + dt.timedelta(days=2), "leave")
    record_absence(
        actor=world.leader, agency_id=world.ward.pk, account_id=second.account_id or 0, away=away
    )
    assert [gone for _one, _name, gone in officers(world.ward.pk, today(), now())] == [False, True]
    for officer in (second.account_id or 0, world.clerk.account_id or 0, 999_999):
        with pytest.raises(InvalidInput):
            _give(world, {case.pk: officer})
    with pytest.raises(InvalidInput):
        _give(world, {999_999: world.officer.account_id or 0})
    assert _assignees([case]) == [None]


def test_who_lost_the_post_meanwhile_gives_nothing(world: World) -> None:
    (case,) = _forwarded(world, 1)
    distribute(
        actor=world.division, agency_id=world.ward.pk, way="load",
        given={case.pk: world.officer.account_id or 0},
    )  # fmt: skip
    yesterday = today() - dt.timedelta(days=1)
    Membership.objects.filter(account_id=world.division.account_id).update(valid_to=yesterday)
    run_until_idle()
    assert _assignees([case]) == [None]
    assert Distribution.objects.get().items.get().refused  # type: ignore[attr-defined]


def test_stopped_in_the_middle_the_rest_waits(world: World) -> None:
    (case,) = _forwarded(world, 1)
    made = distribute(
        actor=world.division, agency_id=world.ward.pk, way="load",
        given={case.pk: world.officer.account_id or 0},
    )  # fmt: skip
    stop_distribution(actor=world.division, uid=made.uid)
    run_until_idle()
    assert _assignees([case]) == [None]


def test_a_standing_rule_gives_what_comes_once(world: World) -> None:
    second = _second_officer(world)
    set_rule(actor=world.division, agency_id=world.ward.pk, way="round_robin")
    cases = _forwarded(world, 2)
    run_until_idle()
    assert sorted(_assignees(cases)) == sorted([world.officer.account_id, second.account_id])
    # Taken back by hand, it is not given again by the rule.
    Case.objects.filter(pk=cases[0].pk).update(assignee=None)
    assert GivenByRule.objects.count() == 2
    set_rule(actor=world.division, agency_id=world.ward.pk, way="")
    late = _forwarded(world, 1)
    run_until_idle()
    assert _assignees(late) == [None]
    assert _assignees(cases)[0] is None


def test_by_procedure_goes_to_who_handles_it(world: World) -> None:
    second = _second_officer(world)
    _forwarded(world, 1)
    let_handle(
        actor=world.division, agency_id=world.ward.pk, account_id=second.account_id or 0,
        subject="1.004873",
    )  # fmt: skip
    shown = client_of(world.division).get("/console/phan-cong/?way=field")
    assert [officer for _c, _u, _b, officer, _t in shown.context["rows"]] == [second.account_id]


def test_the_page_costs_the_same_for_many(world: World) -> None:
    _second_officer(world)
    page = client_of(world.division)
    counts: list[int] = []
    for more in (1, 3):
        _forwarded(world, more)
        with CaptureQueriesContext(
            connection,
        ) as sent:
            assert page.get("/console/phan-cong/").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1]
    assert counts[0] <= 22


def test_who_may_not(world: World) -> None:
    (case,) = _forwarded(world, 1)
    stranger = make_official(make_agency(), "division_head")
    for actor in (world.officer, world.clerk, stranger):
        with pytest.raises(NotAllowed):
            distribute(
                actor=actor, agency_id=world.ward.pk, way="load",
                given={case.pk: world.officer.account_id or 0},
            )  # fmt: skip
        with pytest.raises(NotAllowed):
            set_rule(actor=actor, agency_id=world.ward.pk, way="load")
    made = _give(world, {case.pk: world.officer.account_id or 0})
    with pytest.raises(NotFound):
        stop_distribution(actor=stranger, uid=made.uid)
    assert client_of(stranger).get(f"/console/phan-cong/dot/{made.uid}/").status_code == 404
    assert client_of(world.officer).get("/console/phan-cong/").status_code == 403
    assert Absence.objects.count() == 0
    assert Account.objects.filter(pk=world.officer.account_id).exists()
