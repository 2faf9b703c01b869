"""Money and the step that waits for it, through the outbox: the right money, the whole of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from motcua.casework.cases.public import Case
from motcua.casework.ledger.public import check_ledger
from motcua.casework.people.public import PartyDetails
from motcua.casework.workflow.public import Token, take_signal
from motcua.foundation.errors import InvalidInput
from motcua.foundation.outbox.models import Event
from motcua.foundation.outbox.public import emit, run_until_idle
from motcua.foundation.timesource import CITY_ZONE, at_time, now
from motcua.subsystems.applications.services import Filing, receive_at_counter
from motcua.subsystems.applications.tests.world import World, make_world
from motcua.subsystems.payments.models import Charge, Obligation, Receipt
from motcua.subsystems.payments.public import (
    AlreadyPaid,
    Duty,
    FeeStillOpen,
    ObligationStillOpen,
    ask_obligation,
    collect,
)
from motcua.subsystems.payments.services import prove_payment, withdraw_obligation
from motcua.subsystems.procedures.services import DATA, read_package
from motcua.subsystems.procedures.tests.samples import SAMPLES

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2026, 11, 18, 9, 0, tzinfo=CITY_ZONE)
SHOP, HOUSE, LAND = "1.001612", "1.013225", "1.013831"
TAX: dict[str, Any] = {
    "obligation_name": "Lệ phí trước bạ", "obligation_basis": "Thông báo của Thuế cơ sở",
    "obligation_amount": "4.500.000", "obligation_notice": "TB 12/2026",
}  # fmt: skip


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One city for all of these; nothing of it remains."""
    from motcua.casework.testing.makers import make_agency, make_official

    with django_db_blocker.unblock(), at_time(MORNING):
        atomic = transaction.atomic()
        atomic.__enter__()
        world = make_world(procedures=(SHOP, HOUSE, LAND))
        land = make_agency("Chi nhánh đất đai", code="vpdkdd-tp", kind="branch", level="city")
        for who, role in (("land_officer", "case_officer"), ("land_head", "division_head")):
            world.people[who] = make_official(land, role, name=who)
        yield world
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def world(built: World) -> Iterator[World]:
    with at_time(MORNING):
        yield built


def owing(world: World, code: str, amount: int = 100_000) -> Case:
    """A dossier at the officer's desk whose fee is open."""
    papers = tuple(row["id"] for row in read_package(DATA / "packages" / code)["components"])
    filing = Filing(
        procedure_code=code, answers=SAMPLES[code], receiving_agency_id=world.centre.pk,
        papers_shown=papers,
    )  # fmt: skip
    who = PartyDetails(full_name="Nguyễn Ngọc Mai", identity_number="098194000001")
    uid = receive_at_counter(actor=world.clerk, filing=filing, applicant=who)["uid"]
    world.do("clerk", uid, "accept", amount=str(amount))
    case = Case.objects.get(uid=uid)
    Charge.objects.filter(case=case).update(amount=amount, state="open")
    Receipt.objects.filter(charge_id=case.pk).delete()
    world.do("clerk", uid, "forward")
    if code == LAND:
        world.do("land_head", uid, "assign", officer=str(world.land_officer.account_id))
    elif code == HOUSE:
        world.do("division", uid, "assign", officer=str(world.officer.account_id))
    return case


def waiting(world: World, code: str, ask: str, **typed: str) -> Case:
    case = owing(world, code)
    world.do("officer", str(case.uid), ask, note="Đề nghị nộp tiền", **typed)
    case.refresh_from_db()
    assert (case.state, case.clock_state) == ("financial_obligation", "paused")
    return case


def state(case: Case) -> str:
    """After everything that follows from what happened."""
    run_until_idle()
    case.refresh_from_db()
    return case.state


def test_the_paid_fee_ends_the_wait_as_an_act_of_the_system(world: World) -> None:
    case = waiting(world, SHOP, "request_fee")
    with pytest.raises(FeeStillOpen):
        world.do("clerk", str(case.uid), "confirm_fee")
    collect(actor=world.clerk, case=case, method="cash")
    assert case.state == "financial_obligation"
    assert state(case) == "processing"
    assert case.clock_state == "running"
    done = Token.objects.filter(case=case, outcome="confirm_fee").get()
    assert done.left_by_id is None
    last = case.changes.order_by("-seq").first()
    assert (last.verb, last.note) == (
        "applications.confirm_financial_obligation", "Đã nhận đủ thanh toán",
    )  # fmt: skip
    told = Event.objects.filter(topic="payments.collected").get()
    with transaction.atomic():
        emit(told.topic, told.key, told.payload)
    assert state(case) == "processing"
    assert Token.objects.filter(case=case, outcome="confirm_fee").count() == 1
    assert list(check_ledger()) == []


def test_nobody_waits_for_a_fee_that_is_paid(world: World) -> None:
    case = owing(world, SHOP)
    collect(actor=world.clerk, case=case, method="cash")
    with pytest.raises(AlreadyPaid):
        world.do("officer", str(case.uid), "request_fee", note="Nộp lệ phí")


def test_the_fee_never_pays_what_another_law_asks(world: World) -> None:
    """Parts do not end the wait, the fee does not, the whole does, once."""
    case = waiting(world, HOUSE, "request_fee", **TAX)
    duty = Obligation.objects.get(case=case)
    collect(actor=world.clerk, case=case, method="cash")
    assert state(case) == "financial_obligation"
    prove_payment(actor=world.clerk, uid=duty.uid, amount=4_000_000, number="CT-1")
    prove_payment(actor=world.clerk, uid=duty.uid, amount=4_000_000, number="CT-1")
    assert state(case) == "financial_obligation"
    with pytest.raises(ObligationStillOpen):
        world.do("clerk", str(case.uid), "confirm_fee")
    prove_payment(actor=world.clerk, uid=duty.uid, amount=500_000, number="CT-2")
    assert state(case) == "processing"
    duty.refresh_from_db()
    assert (duty.state, duty.paid, duty.left) == ("paid", 4_500_000, 0)


def test_what_was_met_before_does_not_end_a_later_wait(world: World) -> None:
    case = waiting(world, HOUSE, "request_fee", **TAX)
    duty = Obligation.objects.get(case=case)
    with at_time(MORNING + dt.timedelta(hours=1)):
        prove_payment(actor=world.clerk, uid=duty.uid, amount=4_500_000, number="CT-3")
        world.do("clerk", str(case.uid), "confirm_fee")
    with at_time(MORNING + dt.timedelta(hours=2)):
        world.do("officer", str(case.uid), "request_fee", note="Lệ phí")
        assert state(case) == "financial_obligation"
        collect(actor=world.clerk, case=case, method="cash")
        assert state(case) == "processing"


def test_land_waits_for_the_tax_alone(world: World) -> None:
    """The step names one signal: the fee is not it, and no tax notice yet is no payment."""
    case = owing(world, LAND)
    world.do("land_officer", str(case.uid), "send_obligation", note="Chuyển cơ quan thuế")
    collect(actor=world.clerk, case=case, method="cash")
    assert state(case) == "financial_obligation"
    for signal in ("charge_paid", "stop", ""):
        assert take_signal(case_id=case.pk, signal=signal, at=now()) is None
    first, second = (
        ask_obligation(actor=world.clerk, case=case, duty=Duty(name, 1_000_000, "Luật thuế"))
        for name in ("Thuế thu nhập cá nhân", "Lệ phí trước bạ")
    )
    prove_payment(actor=world.clerk, uid=first.uid, amount=1_000_000, number="T-1")
    assert state(case) == "financial_obligation"
    prove_payment(actor=world.clerk, uid=second.uid, amount=1_000_000, number="T-2")
    assert state(case) == "processing"
    assert Token.objects.filter(case=case, outcome="obligation_met", left_by=None).exists()


def test_a_withdrawn_notice_is_left_to_a_person(world: World) -> None:
    case = waiting(world, HOUSE, "request_fee", **TAX)
    duty = Obligation.objects.get(case=case)
    withdraw_obligation(actor=world.clerk, uid=duty.uid, reason="Cơ quan thuế thu hồi")
    assert state(case) == "financial_obligation"
    world.do("clerk", str(case.uid), "confirm_fee", note="Thông báo đã thu hồi")
    assert state(case) == "processing"


def test_a_sum_needs_its_name_and_law(world: World) -> None:
    case = owing(world, HOUSE)
    for fault, typed in (
        ("basis", TAX | {"obligation_basis": " "}), ("amount", TAX | {"obligation_amount": "4,5"}),
    ):  # fmt: skip
        with pytest.raises(InvalidInput) as raised, transaction.atomic():
            world.do("officer", str(case.uid), "request_fee", note="x", **typed)
        assert f"obligation_{fault}" in raised.value.fields
    assert not Obligation.objects.filter(case=case).exists()
