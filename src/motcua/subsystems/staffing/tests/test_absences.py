"""Away for some days: asked, approved, somebody stands in, and it ends by itself."""

from __future__ import annotations

import datetime as dt

import pytest

from motcua.casework.access.public import Actor, actor_of
from motcua.casework.agencies.public import Membership, Post
from motcua.casework.cases.public import Case
from motcua.casework.people.public import Account
from motcua.casework.testing.makers import (
    START,
    make_account,
    make_agency,
    make_official,
    make_post,
)
from motcua.foundation.errors import InvalidInput, NotAllowed, NotFound, NotPossibleNow
from motcua.foundation.timesource import at_time, now, today
from motcua.subsystems.applications.tests.console import client_of
from motcua.subsystems.applications.tests.world import World, make_world
from motcua.subsystems.staffing.models import Absence
from motcua.subsystems.staffing.public import away_on, standing_in_today
from motcua.subsystems.staffing.services import (
    ask_absence,
    decide_absence,
    end_absence,
    record_absence,
)
from motcua.subsystems.staffing.services.absences import Away

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("working_morning")]


class Office:
    """A ward with an officer, a colleague of another post, a head and a leader."""

    def __init__(self) -> None:
        self.ward = make_agency()
        self.officer = make_official(self.ward, "case_officer", name="Lê An")
        self.colleague = make_official(self.ward, "records_clerk", name="Phạm Mai")
        self.head = make_official(self.ward, "division_head", name="Vũ Hà")
        self.leader = make_official(self.ward, "leader", name="Đỗ Nam")

    def again(self, actor: Actor) -> Actor:
        return actor_of(Account.objects.get(pk=actor.account_id))


@pytest.fixture
def office() -> Office:
    return Office()


def _days(first: int, last: int, who: Actor | None = None, kind: str = "leave") -> Away:
    begin = today()
    return Away(
        begin + dt.timedelta(days=first),
        begin + dt.timedelta(days=last),
        kind,
        who.account_id if who else None,
    )


def test_asked_approved_stood_in_and_over_by_itself(office: Office) -> None:
    asked = ask_absence(
        actor=office.officer, agency_id=office.ward.pk, away=_days(1, 3, office.colleague)
    )
    assert not [p for p in office.again(office.colleague).posts if p.role == "case_officer"]
    decide_absence(actor=office.head, uid=asked.uid, approve=True)
    assert away_on(office.ward.pk, today()) == frozenset()
    for days, stands in ((0, False), (1, True), (3, True), (4, False)):
        with at_time(now() + dt.timedelta(days=days)):
            posts = office.again(office.colleague).posts
            roles = [p.title for p in posts if p.role == "case_officer"]
            assert roles == (["case_officer (thay Lê An)"] if stands else [])
            assert (office.officer.account_id in away_on(office.ward.pk, today())) is stands
            seen = [one.substitute_id for one in standing_in_today(office.again(office.colleague))]
            assert seen == ([office.colleague.account_id] if stands else [])


def test_signing_power_stays_with_the_leader(office: Office) -> None:
    made = record_absence(
        actor=office.head, agency_id=office.ward.pk, account_id=office.leader.account_id or 0,
        away=_days(0, 2, office.colleague),
    )  # fmt: skip
    assert made.state == "approved"
    assert {p.role for p in office.again(office.colleague).posts} == {"records_clerk"}


def test_back_earlier_or_never_gone(office: Office) -> None:
    running = record_absence(
        actor=office.head, agency_id=office.ward.pk, account_id=office.officer.account_id or 0,
        away=_days(0, 5, office.colleague),
    )  # fmt: skip
    assert len(office.again(office.colleague).posts) == 2
    end_absence(actor=office.officer, uid=running.uid)
    assert len(office.again(office.colleague).posts) == 1
    assert away_on(office.ward.pk, today()) == frozenset()
    later = record_absence(
        actor=office.head, agency_id=office.ward.pk, account_id=office.officer.account_id or 0,
        away=_days(10, 12, office.colleague),
    )  # fmt: skip
    end_absence(actor=office.head, uid=later.uid)
    with at_time(now() + dt.timedelta(days=11)):
        assert len(office.again(office.colleague).posts) == 1
    with pytest.raises(NotPossibleNow):
        end_absence(actor=office.head, uid=later.uid)


@pytest.mark.parametrize(
    ("away", "field"),
    [
        (Away(None, None, "leave"), "begins"),
        (Away(dt.date(2026, 11, 17), dt.date(2026, 11, 20), "leave"), "begins"),
        (Away(dt.date(2026, 11, 20), dt.date(2026, 11, 19), "leave"), "ends"),
        (Away(dt.date(2026, 11, 20), None, "leave"), "ends"),
        (Away(dt.date(2026, 11, 20), dt.date(2028, 11, 20), "leave"), "ends"),
        (Away(dt.date(2026, 11, 20), dt.date(2026, 11, 21), "tired"), "kind"),
        (Away(dt.date(2026, 11, 20), dt.date(2026, 11, 21), "leave", 999_999), "substitute"),
    ],
)
def test_what_is_typed_wrong_is_said(office: Office, away: Away, field: str) -> None:
    with pytest.raises(InvalidInput) as error:
        ask_absence(actor=office.officer, agency_id=office.ward.pk, away=away)
    assert set(error.value.fields) == {field}


def test_not_twice_on_the_same_days_and_not_oneself(office: Office) -> None:
    ask_absence(actor=office.officer, agency_id=office.ward.pk, away=_days(1, 3))
    with pytest.raises(InvalidInput):
        ask_absence(actor=office.officer, agency_id=office.ward.pk, away=_days(3, 4))
    with pytest.raises(InvalidInput):
        ask_absence(
            actor=office.officer, agency_id=office.ward.pk, away=_days(8, 9, office.officer)
        )


def test_who_may_not(office: Office) -> None:
    stranger = make_official(make_agency(), "division_head")
    asked = ask_absence(actor=office.officer, agency_id=office.ward.pk, away=_days(1, 2))
    own = ask_absence(actor=office.head, agency_id=office.ward.pk, away=_days(1, 2))
    for uid in (asked.uid, own.uid):
        with pytest.raises(NotFound):
            decide_absence(actor=stranger, uid=uid, approve=True)
        with pytest.raises(NotFound):
            end_absence(actor=stranger, uid=uid)
    with pytest.raises(NotAllowed):
        decide_absence(actor=office.officer, uid=asked.uid, approve=True)
    with pytest.raises(NotAllowed):
        decide_absence(actor=office.head, uid=own.uid, approve=True)
    with pytest.raises(NotAllowed):
        ask_absence(actor=stranger, agency_id=office.ward.pk, away=_days(1, 2))
    with pytest.raises(NotAllowed):
        record_absence(
            actor=office.officer, agency_id=office.ward.pk,
            account_id=office.head.account_id or 0, away=_days(1, 2),
        )  # fmt: skip
    page = client_of(stranger)
    assert page.post(f"/console/vang-mat/{asked.uid}/", {"do": "approve"}).status_code == 404


def test_on_the_page(office: Office) -> None:
    page = client_of(office.officer)
    bad = page.post("/console/vang-mat/", {"begins": "hôm nay", "kind": "leave"})
    assert bad.status_code == 422
    assert "Nhập ngày bắt đầu" in bad.content.decode()
    begin = (today() + dt.timedelta(days=1)).isoformat()
    typed = {"begins": begin, "ends": begin, "kind": "trip",
             "substitute": office.colleague.account_id}  # fmt: skip
    assert page.post("/console/vang-mat/", typed).status_code == 302
    absence = Absence.objects.get()
    head = client_of(office.head)
    assert "Lê An" in head.get("/console/vang-mat/").content.decode()
    head.post(f"/console/vang-mat/{absence.uid}/", {"do": "approve"})
    assert "Đã duyệt" in page.get("/console/vang-mat/").content.decode()


def test_a_merger_carries_a_substitution_over() -> None:
    from motcua.casework.access.public import SYSTEM
    from motcua.casework.agencies.public import merge_agencies

    office = Office()
    record_absence(
        actor=office.head, agency_id=office.ward.pk, account_id=office.officer.account_id or 0,
        away=_days(0, 30, office.colleague),
    )  # fmt: skip
    new = make_agency("Phường mới", valid_from=today())
    merge_agencies(
        actor=SYSTEM, predecessor_id=office.ward.pk, successor_id=new.pk, effective_on=today(),
        decision="Nghị quyết thử",
    )  # fmt: skip
    stands = [p for p in office.again(office.colleague).posts if p.role == "case_officer"]
    assert [(p.agency_id, p.title) for p in stands] == [(new.pk, "case_officer (thay Lê An)")]
    with at_time(now() + dt.timedelta(days=31)):
        assert len(office.again(office.colleague).posts) == 1


def test_the_substitute_works_and_history_says_for_whom() -> None:
    world: World = make_world(["1.004873"])
    account = make_account(name="Phạm Mai")
    post = make_post(world.ward, "records_clerk")
    Membership.objects.create(account=account, post=post, valid_from=START)
    uid = world.file()
    world.do("clerk", uid, "accept")
    world.do("clerk", uid, "forward")
    record_absence(
        actor=world.division, agency_id=world.ward.pk, account_id=world.officer.account_id or 0,
        away=Away(today(), today(), "leave", account.pk),
    )  # fmt: skip
    world.people["mai"] = actor_of(account)
    world.do("mai", uid, "propose_online", note="Đủ điều kiện")
    last = Case.objects.get(uid=uid).changes.order_by("-seq")[0]
    assert last.actor_name == "Phạm Mai"
    title = Post.objects.get(agency=world.ward, role="case_officer").title
    assert last.actor_title == f"{title} (thay {world.officer.name})"
