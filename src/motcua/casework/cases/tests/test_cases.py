"""Cases: history, lock, claim, once-only, inbox, who may see what."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.casework.access.models import Visibility
from motcua.casework.access.public import ANONYMOUS, SYSTEM, actor_of
from motcua.casework.agencies.public import merge_agencies
from motcua.casework.cases.models import Case, StateChange
from motcua.casework.cases.public import (
    AlreadyAsked,
    ClaimedByOther,
    Finding,
    InboxFilters,
    KeyReused,
    TransitionRefused,
    VersionConflict,
    access_case,
    answer_correction,
    ask_correction,
    assign,
    cases_of_party,
    change_case,
    claim,
    inbox,
    inbox_counts,
    look_at,
    next_code,
    refuse_if_claimed,
    release,
    run_once,
    timeline,
)
from motcua.casework.ledger.public import check_ledger
from motcua.casework.people.public import Account
from motcua.casework.testing.makers import (
    make_account,
    make_agency,
    make_case,
    make_citizen,
    make_official,
)
from motcua.foundation.errors import InvalidInput, NotAllowed, NotFound
from motcua.foundation.timesource import at_time, now

pytestmark = pytest.mark.django_db


def test_a_change_appends_history_and_keeps_the_chain_whole() -> None:
    agency = make_agency()
    officer = make_official(agency, "case_officer")
    case = make_case(agency)
    change_case(actor=officer, case=case, verb="test.begin", to_state="working", note="bắt đầu")
    change_case(actor=officer, case=case, verb="test.finish", to_state="done", public=False)
    case.refresh_from_db()
    assert (case.state, case.is_open, case.version) == ("done", False, 3)
    assert [row.to_state for row in timeline(case, public_only=False)] == ["done", "working", "new"]
    assert [row.to_state for row in timeline(case, public_only=True)] == ["working", "new"]
    assert list(check_ledger()) == []


def test_a_change_costs_three_statements(django_assert_num_queries) -> None:
    agency = make_agency()
    case = make_case(agency)
    officer = make_official(agency, "case_officer")
    with django_assert_num_queries(5):  # the savepoint of the test's transaction adds two
        change_case(actor=officer, case=case, verb="test.begin", to_state="working")


def test_the_manifest_decides_which_transition_is_possible() -> None:
    agency = make_agency()
    case = make_case(agency)
    officer = make_official(agency, "case_officer")
    change_case(actor=officer, case=case, verb="test.finish", to_state="done")
    with pytest.raises(TransitionRefused):
        change_case(actor=officer, case=case, verb="test.begin", to_state="working")


def test_two_officers_get_a_conflict_never_a_lost_write() -> None:
    agency = make_agency()
    case = make_case(agency)
    officer = make_official(agency, "case_officer")
    stale = Case.objects.get(pk=case.pk)
    change_case(actor=officer, case=case, verb="test.begin", to_state="working")
    with pytest.raises(VersionConflict):
        change_case(actor=officer, case=stale, verb="test.finish", to_state="done")
    with pytest.raises(VersionConflict):
        change_case(actor=officer, case=case, verb="x", to_state="done", expected_version=1)
    assert StateChange.objects.filter(case=case).count() == 2


def test_a_claim_is_exclusive_and_expires() -> None:
    agency = make_agency()
    case = make_case(agency)
    first = make_official(agency, "case_officer", name="Lê An")
    second = make_official(agency, "case_officer", name="Phạm Bảo")
    claim(actor=first, case=case)
    with pytest.raises(ClaimedByOther, match="Lê An"):
        claim(actor=second, case=case)
    fresh = Case.objects.select_related("claimed_by").get(pk=case.pk)
    with pytest.raises(ClaimedByOther):
        refuse_if_claimed(actor=second, case=fresh)
    with pytest.raises(NotAllowed):
        release(actor=second, case=fresh)
    with at_time(now() + dt.timedelta(minutes=31)):
        assert claim(actor=second, case=case).claimed_by_id == second.account_id


def test_only_a_head_assigns_others_and_an_officer_takes_it_himself() -> None:
    agency = make_agency()
    case = make_case(agency)
    head = make_official(agency, "division_head")
    officer = make_official(agency, "case_officer")
    stranger = make_official(make_agency(), "division_head")
    with pytest.raises(NotAllowed):
        assign(actor=officer, case=case, account_id=head.account_id)
    with pytest.raises(NotAllowed):
        assign(actor=stranger, case=case, account_id=officer.account_id)
    assign(actor=officer, case=case, account_id=officer.account_id)
    assign(actor=head, case=case, account_id=officer.account_id)
    assert Case.objects.get(pk=case.pk).assignee_id == officer.account_id


def test_who_is_looking_is_seen() -> None:
    agency = make_agency()
    case = make_case(agency)
    first = make_official(agency, "case_officer", name="Lê An")
    second = make_official(agency, "case_officer", name="Phạm Bảo")
    assert look_at(actor=first, case=case) == []
    assert look_at(actor=second, case=case) == ["Lê An"]
    with at_time(now() + dt.timedelta(minutes=5)):
        assert look_at(actor=second, case=case) == []


def test_a_command_sent_twice_is_done_once() -> None:
    citizen = make_citizen()
    done: list[int] = []

    def act() -> dict[str, int]:
        done.append(1)
        return {"n": len(done)}

    def send(content: dict[str, int]) -> dict[str, int]:
        return run_once(actor=citizen, key="k1", command="test", content=content, act=act)

    assert send({"a": 1}) == send({"a": 1}) == {"n": 1}
    with pytest.raises(KeyReused):
        send({"a": 2})
    assert len(done) == 1


def test_absent_and_forbidden_are_the_same_answer() -> None:
    agency, other = make_agency(), make_agency()
    citizen = make_citizen()
    case = make_case(agency, applicant=citizen)
    assert access_case(citizen, case.uid).pk == case.pk
    assert access_case(make_official(agency, "case_officer"), case.uid).pk == case.pk
    messages = set()
    for stranger in (make_citizen(), make_official(other, "leader"), ANONYMOUS):
        with pytest.raises(NotFound) as refusal:
            access_case(stranger, case.uid)
        messages.add(str(refusal.value))
    with pytest.raises(NotFound) as refusal:
        access_case(citizen, "00000000-0000-7000-8000-000000000000")
    assert messages == {str(refusal.value)}


def test_the_inbox_pages_by_due_date_without_gaps_or_repeats() -> None:
    agency = make_agency()
    officer = make_official(agency, "case_officer")
    base = now()
    for n in range(25):
        case = make_case(agency)
        due = None if n % 5 == 0 else base + dt.timedelta(hours=(n * 7) % 11)
        change_case(actor=officer, case=case, verb="test.due", due_at=due, clock_state="running")
    make_case(make_agency())
    seen, after = [], ""
    while True:
        page = inbox(officer, InboxFilters(), after=after, size=10)
        seen += [row.id for row in page.rows]
        if not (after := page.after):
            break
    expected = Case.objects.filter(holder_agency=agency).order_by("sort_due", "id")
    assert seen == list(expected.values_list("id", flat=True))


def test_an_inbox_page_is_one_statement_however_long() -> None:
    from django.db import connection

    agency = make_agency()
    officer = make_official(agency, "case_officer")
    for _ in range(12):
        make_case(agency)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = inbox(officer, InboxFilters(states=("new",), kinds=("test",)))
    assert len(page.rows) == 12
    assert len(queries) == 1


def test_inbox_filters_and_counts() -> None:
    agency = make_agency()
    officer = make_official(agency, "case_officer")
    mine, late, plain = (make_case(agency) for _ in range(3))
    assign(actor=officer, case=mine, account_id=officer.account_id)
    past = now() - dt.timedelta(days=1)
    change_case(actor=officer, case=late, verb="t", due_at=past, clock_state="running")

    def ids(**filters: object) -> list[int]:
        return sorted(row.id for row in inbox(officer, InboxFilters(**filters)).rows)

    assert ids(mine=True) == [mine.pk]
    assert ids(late=True) == [late.pk]
    assert ids(unassigned=True) == sorted([late.pk, plain.pk])
    assert inbox_counts(officer) == {"all": 3, "mine": 1, "unassigned": 2, "late": 1}


def test_dossier_codes_run_per_unit_and_day() -> None:
    day = dt.date(2026, 11, 23)
    codes = [next_code(prefix="H29.130.17", day=day) for _ in range(3)]
    assert codes == [f"H29.130.17-261123-000{n}" for n in (1, 2, 3)]
    assert next_code(prefix="H29.130.17", day=dt.date(2026, 11, 24)).endswith("-0001")
    assert next_code(prefix="H29.130.18", day=day).endswith("-0001")


def _finding(reason: str = "Ảnh mờ") -> Finding:
    return Finding(
        target_kind="paper",
        target="giay_chung_sinh",
        label="Giấy chứng sinh",
        problem="unclear",
        reason=reason,
        before=["old.pdf"],
    )


def test_a_supplement_is_asked_once_completely_and_its_answer_keeps_a_diff() -> None:
    agency = make_agency()
    clerk = make_official(agency, "receiving_clerk")
    case = make_case(agency)
    with pytest.raises(InvalidInput) as refusal:
        ask_correction(actor=clerk, case=case, findings=[_finding(" ")])
    assert set(refusal.value.fields) == {"reason-giay_chung_sinh"}
    ask_correction(actor=clerk, case=case, findings=[_finding()])
    answered = answer_correction(
        actor=clerk, case=case, answers={"giay_chung_sinh": ["new.pdf"]}, note="đã chụp lại"
    )
    item = answered.items.get()
    assert (item.before, item.after, item.mended) == (["old.pdf"], ["new.pdf"], True)
    with pytest.raises(AlreadyAsked):
        ask_correction(actor=clerk, case=case, findings=[_finding()])
    second = ask_correction(
        actor=clerk,
        case=case,
        findings=[_finding()],
        repeat_reason="giấy mới vẫn thiếu trang",
        approved_by="Trưởng Trung tâm",
    )
    assert second.seq == 2


def test_a_merge_hands_open_cases_to_the_successor_and_leaves_history_alone() -> None:
    old, new = make_agency("Phường Cũ"), make_agency("Phường Mới")
    admin = make_official(make_agency("Thành phố", level="city"), "administrator")
    officer = make_official(old, "case_officer")
    open_one, closed_one = make_case(old), make_case(old)
    change_case(actor=officer, case=closed_one, verb="t", to_state="done")
    report = merge_agencies(
        actor=admin,
        predecessor_id=old.pk,
        successor_id=new.pk,
        effective_on=dt.date(2026, 1, 1),
        decision="Nghị quyết thử",
    )
    assert report["cases_held"] == 1
    assert report["posts"] == 1
    open_one.refresh_from_db()
    closed_one.refresh_from_db()
    assert (open_one.holder_agency_id, open_one.receiving_agency_id) == (new.pk, old.pk)
    assert closed_one.holder_agency_id == old.pk
    same_person = actor_of(Account.objects.get(pk=officer.account_id))
    assert same_person.agency_ids == {new.pk}
    assert access_case(same_person, open_one.uid).pk == open_one.pk
    assert access_case(same_person, closed_one.uid).pk == closed_one.pk


def test_a_merge_takes_as_many_statements_for_many_cases_as_for_one() -> None:
    taken: list[int] = []
    for many in (1, 7):
        old, new = make_agency("Phường Cũ"), make_agency("Phường Mới")
        cases = [make_case(old) for _ in range(many)]
        with CaptureQueriesContext(connection) as asked:
            merge_agencies(
                actor=SYSTEM,
                predecessor_id=old.pk,
                successor_id=new.pk,
                effective_on=dt.date(2026, 1, 1),
                decision="NQ",
            )
        taken.append(len(asked))
        moved = Case.objects.filter(holder_agency=new, receiving_agency=old)
        assert moved.count() == many
        assert Visibility.objects.filter(viewer=f"a:{new.pk}").count() == len(cases)
    assert taken[0] == taken[1] < 50


def test_a_party_sees_its_own_cases_only() -> None:
    agency = make_agency()
    one, two = make_citizen(), make_citizen()
    cases = [make_case(agency, applicant=one) for _ in range(3)]
    make_case(agency, applicant=two)
    found = cases_of_party(one, size=2)
    assert [case.pk for case in found] == [cases[2].pk, cases[1].pk]
    assert [c.pk for c in cases_of_party(one, before_id=found[-1].pk)] == [cases[0].pk]
    assert make_account("citizen").party is None
