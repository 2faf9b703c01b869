"""The verbs of a dossier, called as services: the ten states and what goes with them."""

from __future__ import annotations

import datetime as dt

import pytest

from motcua.casework.cases.public import AlreadyAsked, Case, VersionConflict, timeline
from motcua.casework.issuing.public import document_bytes, verify
from motcua.casework.ledger.public import check_ledger
from motcua.casework.notices.public import notices_of
from motcua.casework.testing.makers import make_citizen
from motcua.casework.workflow.public import fire_due_timers
from motcua.foundation.errors import (
    DomainError,
    InvalidInput,
    NotAllowed,
    NotFound,
    NotPossibleNow,
)
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.timesource import at_time, local, now
from motcua.subsystems.applications.models import Application, Slip
from motcua.subsystems.applications.public import dossier_page, public_state
from motcua.subsystems.applications.services import AlreadyRated, Filing, act, rate, submit
from motcua.subsystems.applications.tests.world import MARITAL, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(working_morning: dt.datetime) -> World:
    return make_world()


def test_from_filing_to_the_sealed_result(world: World) -> None:
    uid = world.file()
    case = Case.objects.get(uid=uid)
    assert (case.state, case.code) == ("new", "H29.130.1-261118-0001")
    assert local(case.due_at).isoformat() == "2026-11-19T09:00:00+07:00"
    world.do("clerk", uid, "accept")
    case.refresh_from_db()
    assert case.state == "received"
    assert local(case.due_at).isoformat() == "2026-11-23T17:00:00+07:00"
    world.do("clerk", uid, "forward")
    world.do("officer", uid, "propose_online")
    world.do("citizen", uid, "confirm_draft")
    world.do("division", uid, "approve")
    world.do("leader", uid, "sign")
    world.do("records", uid, "issue")
    case.refresh_from_db()
    assert (case.state, case.clock_state, case.outcome) == ("finished", "stopped", "granted")
    world.do("clerk", uid, "deliver")
    case.refresh_from_db()
    assert (case.state, case.is_open) == ("returned", False)
    assert list(check_ledger()) == []
    run_until_idle()
    assert Slip.objects.get(case=case).document.state == "sealed"
    result = Application.objects.get(pk=case.pk).result
    report = verify(document_bytes(result))
    assert [s.indication for s in report.signatures] == ["TOTAL-PASSED", "TOTAL-PASSED"]
    assert timeline(case, public_only=True)[0].to_state == "returned"


def test_a_supplement_pauses_the_clock_and_keeps_a_diff(world: World) -> None:
    uid = world.file()
    world.do("clerk", uid, "accept")
    world.do("clerk", uid, "forward")
    item = {
        "kind": "field",
        "target": "requester_phone",
        "label": "Số điện thoại",
        "problem": "wrong",
        "reason": "Không liên lạc được",
        "before": "0901234567",
    }
    world.do("officer", uid, "request_supplement", items=[item], note="Xin số mới")
    case = Case.objects.get(uid=uid)
    assert (case.state, case.clock_state) == ("supplement", "paused")
    with at_time(case.state_since + dt.timedelta(days=2)):
        world.do("citizen", uid, "supplement", answers={"requester_phone": "0907654321"})
        case.refresh_from_db()
        assert (case.state, case.clock_state) == ("processing", "running")
        assert local(case.due_at) > local(case.received_at) + dt.timedelta(days=2)
    page = dossier_page(world.citizen, uid)
    mended = page.corrections[0].items.get()
    assert (mended.before, mended.after, mended.mended) == ("0901234567", "0907654321", True)
    run_until_idle()
    assert Slip.objects.filter(case=case, form="02").get().document is not None


def test_a_supplement_that_changes_nothing_needs_a_word(world: World) -> None:
    uid = world.file()
    item = {"kind": "paper", "target": "identity", "label": "Giấy tờ", "reason": "Thiếu"}
    world.do("clerk", uid, "request_supplement", items=[item])
    with pytest.raises(InvalidInput) as refusal:
        world.do("citizen", uid, "supplement")
    assert "note" in refusal.value.fields
    world.do("citizen", uid, "supplement", note="Tôi không có giấy này.")
    case = Case.objects.get(uid=uid)
    assert (case.state, case.clock_state) == ("new", "running")
    assert case.due_at is not None


def test_a_second_request_needs_the_head_and_a_reason(world: World) -> None:
    uid = world.file()
    item = {"kind": "paper", "target": "identity", "label": "Giấy tờ", "reason": "Thiếu"}
    world.do("clerk", uid, "request_supplement", items=[item])
    world.do("citizen", uid, "supplement", note="Đây ạ.")
    with pytest.raises(AlreadyAsked):
        world.do("clerk", uid, "request_supplement", items=[item])
    with pytest.raises(NotAllowed):
        world.do("clerk", uid, "request_supplement", items=[item], repeat_reason="Vẫn thiếu")


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_refusal_needs_a_reason_the_citizen_can_read(world: World, reason: str) -> None:
    uid = world.file()
    with pytest.raises(InvalidInput):
        world.do("clerk", uid, "refuse", reason=reason)
    assert Case.objects.get(uid=uid).state == "new"
    world.do("clerk", uid, "refuse", reason="Sai thủ tục", basis="NĐ 118")
    case = Case.objects.get(uid=uid)
    assert (case.state, case.outcome, case.is_open) == ("refused", "refused", False)


def test_one_extension_with_an_apology_moves_the_date(world: World) -> None:
    uid = world.file()
    world.do("clerk", uid, "accept")
    world.do("clerk", uid, "forward")
    before = Case.objects.get(uid=uid).due_at
    with pytest.raises(InvalidInput):
        world.do("division", uid, "extend", reason="", days="x")
    world.do("division", uid, "extend", reason="Cần xác minh thêm", days=2)
    case = Case.objects.get(uid=uid)
    assert case.due_at > before
    assert case.state == "processing"
    with pytest.raises(DomainError):
        world.do("division", uid, "extend", reason="Lần nữa", days=2)
    run_until_idle()
    assert Slip.objects.filter(case=case, form="04").count() == 1


def test_silence_on_the_draft_counts_as_consent(world: World) -> None:
    uid = world.file()
    for who, action in (("clerk", "accept"), ("clerk", "forward"), ("officer", "propose_online")):
        world.do(who, uid, action)
    case = Case.objects.get(uid=uid)
    with at_time(case.opened_at + dt.timedelta(days=3)):
        fire_due_timers(now())
    case.refresh_from_db()
    assert case.holder_role == "division_head"
    assert "coi như đồng ý" in timeline(case, public_only=True)[0].note


def test_a_dossier_stops_by_itself_when_no_supplement_comes(world: World) -> None:
    uid = world.file()
    item = {"kind": "paper", "target": "identity", "label": "Giấy tờ", "reason": "Thiếu"}
    world.do("clerk", uid, "request_supplement", items=[item])
    with at_time(now() + dt.timedelta(days=40)):
        fire_due_timers(now())
    case = Case.objects.get(uid=uid)
    assert (case.state, case.outcome) == ("stopped", "stopped")


def test_withdrawing_before_and_after_acceptance(world: World) -> None:
    early, later = world.file(), world.file()
    world.do("citizen", early, "withdraw", reason="Nộp nhầm")
    assert Case.objects.get(uid=early).state == "withdrawn"
    world.do("clerk", later, "accept")
    world.do("clerk", later, "forward")
    world.do("citizen", later, "withdraw", reason="Không cần nữa")
    assert Case.objects.get(uid=later).is_open
    world.do("division", later, "approve_withdrawal")
    assert Case.objects.get(uid=later).state == "withdrawn"


def test_sending_twice_makes_one_dossier(world: World) -> None:
    filing = Filing(procedure_code="1.004873", answers=MARITAL, receiving_agency_id=world.centre.pk)
    first = submit(actor=world.citizen, filing=filing, key="abc")
    assert submit(actor=world.citizen, filing=filing, key="abc") == first
    assert Case.objects.count() == 1


def test_wrong_answers_are_told_at_their_place_and_nothing_is_written(world: World) -> None:
    with pytest.raises(InvalidInput) as refusal:
        world.file(answers={"requester_phone": "12", "truthful": False})
    assert {"requester_phone", "truthful"} <= set(refusal.value.fields)
    assert not Case.objects.exists()


def test_strangers_and_wrong_roles_are_refused(world: World) -> None:
    uid = world.file()
    token = Case.objects.get(uid=uid).tokens.get().pk
    with pytest.raises(NotAllowed):
        act(actor=world.leader, uid=uid, token_id=token, action="accept")
    with pytest.raises(NotFound):
        act(actor=make_citizen(), uid=uid, token_id=token, action="withdraw")
    with pytest.raises(NotFound):
        dossier_page(make_citizen(), uid)


def test_an_old_page_gets_a_conflict_and_changes_nothing(world: World) -> None:
    uid = world.file()
    token = Case.objects.get(uid=uid).tokens.get().pk
    with pytest.raises(VersionConflict):
        act(actor=world.clerk, uid=uid, token_id=token, action="accept", expected_version=99)
    assert Case.objects.get(uid=uid).state == "new"


def test_the_public_look_up_shows_the_state_and_no_person(world: World) -> None:
    uid = world.file()
    code = Case.objects.get(uid=uid).code
    assert code
    shown = public_state(code.lower())
    assert (shown.state.id, shown.code) == ("new", code)
    assert "Lan" not in repr(shown)
    with pytest.raises(NotFound):
        public_state("H29.1-000000-0000")


def test_rating_once_and_only_by_the_applicant(world: World) -> None:
    uid = world.file()
    with pytest.raises(NotPossibleNow):
        rate(actor=world.citizen, uid=uid, score=3)
    world.do("clerk", uid, "refuse", reason="Sai thủ tục")
    with pytest.raises(InvalidInput):
        rate(actor=world.citizen, uid=uid, score=9)
    rate(actor=world.citizen, uid=uid, score=2, comment="Rõ ràng")
    with pytest.raises(AlreadyRated):
        rate(actor=world.citizen, uid=uid, score=3)
    with pytest.raises(NotAllowed):
        rate(actor=world.clerk, uid=uid, score=3)


def test_people_are_told(world: World) -> None:
    uid = world.file()
    run_until_idle()
    world.do("clerk", uid, "accept")
    run_until_idle()
    subjects = [notice.template for notice in notices_of(world.citizen)]
    assert {"dossier.submitted", "dossier.accepted"} <= set(subjects)
