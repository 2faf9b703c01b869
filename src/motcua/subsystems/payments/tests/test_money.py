"""Money from order to receipt: notices, matching, refunds, drawers, the books."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.casework.access.public import SYSTEM, Actor
from motcua.casework.cases.public import Case
from motcua.casework.ledger.public import check_ledger
from motcua.casework.testing.makers import make_agency, make_case, make_citizen, make_official
from motcua.foundation.errors import InvalidInput, NotAllowed
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.timesource import now, today
from motcua.subsystems.payments.errors import (
    BadNotice,
    DrawerClosed,
    NotMuchLeft,
    SecondPersonNeeded,
)
from motcua.subsystems.payments.models import (
    Arrival,
    Charge,
    PaymentOrder,
    PostingLine,
    Receipt,
    Refund,
)
from motcua.subsystems.payments.rules.books import Unbalanced, balanced
from motcua.subsystems.payments.rules.matching import fit, reference_of, references_in
from motcua.subsystems.payments.rules.notices import signature, trusted
from motcua.subsystems.payments.rules.vietqr import crc16, vietqr
from motcua.subsystems.payments.selectors import day_sums
from motcua.subsystems.payments.services import (
    Notice,
    approve_drawer,
    ask_refund,
    assess,
    collect,
    correct_drawer,
    count_drawer,
    decide_refund,
    keep_rest,
    make_notice_key,
    match_by_hand,
    open_drawer,
    order_payment,
    pay_refund,
    replace_receipt,
    set_account,
    take_notice,
)
from motcua.subsystems.payments.services.refunds import Wish

pytestmark = pytest.mark.django_db
LINE = {"name": {"vi": "Lệ phí", "en": "Charge"}, "amount": 75_000}
NUMBER = "0011223344"


class Desk:
    """A centre with an account, two clerks, a head, and a citizen who owes."""

    def __init__(self) -> None:
        self.agency = make_agency()
        self.clerk = make_official(self.agency, "receiving_clerk")
        self.head = make_official(self.agency, "centre_head")
        self.citizen = make_citizen()
        set_account(
            actor=self.head, agency_id=self.agency.pk, bank_bin="970436", bank_name="VCB",
            number=NUMBER, holder="UBND PHUONG SAI GON", valid_from=today(),
        )  # fmt: skip

    def owe(self, amount: int = 75_000) -> Case:
        case = make_case(self.agency, applicant=self.citizen)
        assess(actor=self.clerk, case=case, amount=amount, lines=[LINE], payer="Lan")
        return case

    def order(self, case: Case) -> PaymentOrder:
        return order_payment(actor=self.citizen, case=case, way="vietqr")

    def told(self, number: str, amount: int, content: str = "") -> Arrival:
        notice = Notice(
            "bank:test", number, amount, content, now(), self.agency.pk, account_number=NUMBER
        )
        return take_notice(notice=notice)[0]

    def sums(self) -> dict[str, int]:
        return {one.account: one.debit - one.credit for one in day_sums(self.agency.pk, today())}


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_vietqr_code_has_its_blocks_and_a_true_checksum() -> None:
    assert crc16("123456789") == "29B1"
    text = vietqr(bank_bin="970436", account=NUMBER, amount=75_000, reference="MC23456789AB")
    assert text.startswith("00020101021238")
    assert "0010A000000727" in text
    assert "0006970436" in text
    assert "0208QRIBFTTA" in text
    assert "5303704" in text
    assert "540575000" in text
    assert "5802VN" in text
    assert text[-4:] == crc16(text[:-4])
    for wrong in (
        {"bank_bin": "97043"}, {"account": "1" * 20}, {"amount": 0}, {"reference": "Ạ" * 4},
        {"reference": "A" * 26}, {"bank_bin": "９７０４３６"},
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"digits|letters|amount"):
            vietqr(**{"bank_bin": "970436", "account": "1", "amount": 1, "reference": "A"} | wrong)


def test_a_reference_is_found_in_what_banks_make_of_it() -> None:
    word = reference_of("23456789A")
    assert len(word) <= 25
    for content in (word, f"CT DEN:123 {word.lower()} nop phi", ".".join(word), f"X{word}9"):
        assert references_in(content) == [word]
    changed = word[:4] + ("B" if word[4] != "B" else "C") + word[5:]
    assert references_in(changed) == []


@pytest.mark.parametrize(
    ("facts", "verdict", "settles", "used"),
    [
        ({}, "exact", True, 100),
        ({"late": True}, "late", True, 100),
        ({"ended": True, "late": True}, "late", False, 0),
        ({"settled": True}, "double", False, 0),
        ({"amount": 60}, "short", False, 0),
        ({"amount": 60, "held": 40}, "exact", True, 60),
        ({"amount": 130}, "over", True, 100),
    ],
)
def test_how_money_fits(facts: dict[str, Any], verdict: str, settles: bool, used: int) -> None:
    usual = {"owed": 100, "settled": False, "ended": False, "late": False, "held": 0, "amount": 100}
    result = fit(**(usual | facts))
    assert (result.verdict, result.settles, result.used) == (verdict, settles, used)


def test_a_notice_is_trusted_only_with_its_signature_and_time() -> None:
    good = signature("s", "1000", b"{}")
    facts: dict[str, Any] = {"secret": "s", "timestamp": "1000", "body": b"{}", "given": good}
    assert trusted(**facts, at=1200.0) == ""
    assert trusted(**facts, at=1301.0) == "timestamp"
    assert trusted(**(facts | {"body": b"{ }"}), at=1000.0) == "signature"
    assert trusted(**(facts | {"given": "ü"}), at=1000.0) == "signature"
    assert trusted(**(facts | {"timestamp": "1e3"}), at=1000.0) == "timestamp"


def test_unbalanced_entries_are_refused() -> None:
    assert balanced([("cash", 5), ("fees", -5), ("safe", 0)]) == [("cash", 5), ("fees", -5)]
    for wrong in ([("cash", 5)], [("purse", 5), ("fees", -5)]):
        with pytest.raises(Unbalanced):
            balanced(wrong)


def test_a_notice_by_http_is_booked_once_and_pays_the_charge(desk: Desk) -> None:
    case = desk.owe()
    order = desk.order(case)
    assert desk.order(case).pk == order.pk
    key, secret = make_notice_key(actor=desk.head, agency_id=desk.agency.pk, bank="VCB")
    sent = {
        "transaction_id": "FT1", "account": NUMBER, "amount": 75_000,
        "content": f"NOP PHI {order.reference}", "occurred_at": now().isoformat(),
    }  # fmt: skip
    body = json.dumps(sent).encode()
    stamp = str(int(now().timestamp()))

    def tell(**change: str) -> Any:
        heads = {
            "X-Motcua-Key": key.key_id, "X-Motcua-Timestamp": stamp,
            "X-Motcua-Signature": signature(secret, stamp, body),
        } | change  # fmt: skip
        return Client().post(
            "/thanh-toan/bao-co/", body, content_type="application/json", headers=heads
        )

    assert tell(**{"X-Motcua-Signature": "0" * 64}).status_code == BadNotice.status
    assert tell(**{"X-Motcua-Key": "khong-co"}).status_code == BadNotice.status
    assert tell(**{"X-Motcua-Timestamp": "1"}).status_code == BadNotice.status
    assert not Arrival.objects.exists()
    assert [tell().json()["status"] for _ in range(3)] == ["booked", "known", "known"]
    charge = Charge.objects.get(case=case)
    assert (charge.state, charge.receipt.method) == ("paid", "transfer")
    assert PaymentOrder.objects.get().state == "paid"
    assert desk.sums() == {"bank": 75_000, "held": 0, "fees": -75_000}
    run_until_idle()
    assert list(check_ledger()) == []


def test_a_key_speaks_of_its_own_agency_and_money_that_strayed_settles_nothing(desk: Desk) -> None:
    case = desk.owe()
    word = desk.order(case).reference
    other = make_agency()
    for only, number, place in ((other.pk, NUMBER, other.pk), (None, "999", desk.agency.pk)):
        notice = Notice(
            source="bank:x", transaction_id=f"S{number}{only}", amount=75_000, content=word,
            occurred_at=now(), agency_id=place, account_number=number, only=only,
        )  # fmt: skip
        arrival, _new = take_notice(notice=notice)
        assert (arrival.verdict, arrival.agency_id, arrival.charge_id) == ("unmatched", place, None)
    assert Charge.objects.get(case=case).state == "open"
    right = Notice(
        source="bank:x", transaction_id="S9", amount=75_000, content=word, occurred_at=now(),
        agency_id=desk.agency.pk, account_number=NUMBER, only=desk.agency.pk,
    )  # fmt: skip
    assert take_notice(notice=right)[0].verdict == "exact"


def test_short_double_over_and_unmatched_money_is_held_and_decided(desk: Desk) -> None:
    case = desk.owe()
    word = desk.order(case).reference
    assert desk.told("1", 50_000, word).verdict == "short"
    assert desk.told("2", 40_000, word).verdict == "over"
    assert Charge.objects.get(case=case).state == "paid"
    assert desk.told("3", 75_000, word).verdict == "double"
    lost = desk.told("4", 10_000, "khong ro")
    assert (lost.verdict, lost.left) == ("unmatched", 10_000)
    assert -desk.sums()["held"] == 15_000 + 75_000 + 10_000
    keep_rest(actor=desk.clerk, uid=lost.uid, amount=4_000, reason="Người nộp đồng ý")
    with pytest.raises(NotMuchLeft):
        keep_rest(actor=desk.clerk, uid=lost.uid, amount=7_000, reason="x")
    other = desk.owe(6_000)
    Case.objects.filter(pk=other.pk).update(code="H29-1")
    with pytest.raises(InvalidInput):
        match_by_hand(actor=desk.clerk, uid=lost.uid, code="H29-2")
    match_by_hand(actor=desk.clerk, uid=lost.uid, code="H29-1")
    assert Charge.objects.get(case=other).state == "paid"
    stranger = make_official(make_agency(), "receiving_clerk")
    double = Arrival.objects.get(transaction_id="3")
    with pytest.raises(NotAllowed):
        keep_rest(actor=stranger, uid=double.uid, amount=1, reason="x")


def test_money_for_an_ended_dossier_waits_to_be_given_back(desk: Desk) -> None:
    case = desk.owe()
    word = desk.order(case).reference
    Case.objects.filter(pk=case.pk).update(is_open=False)
    arrival = desk.told("1", 75_000, word)
    assert (arrival.verdict, arrival.left) == ("late", 75_000)
    assert Charge.objects.get(case=case).state == "open"


def test_a_refund_takes_two_people_and_is_never_promised_twice(desk: Desk) -> None:
    case = desk.owe()
    receipt = collect(actor=desk.clerk, case=case, method="cash", payer="Lan")
    wish = Wish(50_000, "Thu nhầm mức", "cash")
    refund = ask_refund(actor=desk.head, receipt_id=receipt.pk, wish=wish)
    with pytest.raises(NotMuchLeft):
        ask_refund(actor=desk.head, receipt_id=receipt.pk, wish=wish)
    with pytest.raises(SecondPersonNeeded):
        decide_refund(actor=desk.head, uid=refund.uid, approved=True)
    with pytest.raises(NotAllowed):
        decide_refund(actor=desk.clerk, uid=refund.uid, approved=True)
    second = make_official(desk.agency, "centre_head")
    decide_refund(actor=second, uid=refund.uid, approved=True)
    assert desk.sums()["refunds"] == -50_000
    pay_refund(actor=desk.clerk, uid=refund.uid)
    assert desk.sums() == {"cash": 25_000, "fees": -25_000, "refunds": 0}
    assert Refund.objects.get().state == "paid"


def test_a_refused_refund_gives_the_money_back_to_the_waiting(desk: Desk) -> None:
    lost = desk.told("1", 10_000)
    refund = ask_refund(
        actor=desk.clerk, arrival_uid=lost.uid, wish=Wish(10_000, "Nhầm", "transfer", "VCB 1 Lan")
    )
    assert Arrival.objects.get().left == 0
    decide_refund(actor=desk.head, uid=refund.uid, approved=False)
    assert Arrival.objects.get().left == 10_000


def test_the_day_of_a_drawer(desk: Desk) -> None:
    drawer = open_drawer(actor=desk.clerk, agency_id=desk.agency.pk, opening=100_000)
    collect(actor=desk.clerk, case=desk.owe(), method="cash")
    correct_drawer(actor=desk.clerk, uid=drawer.uid, amount=-5_000, reason="Thối nhầm", key="1")
    pieces = {100_000: 1, 50_000: 1, 10_000: 1}
    with pytest.raises(InvalidInput):
        count_drawer(actor=desk.clerk, uid=drawer.uid, pieces=pieces)
    with pytest.raises(InvalidInput):
        count_drawer(actor=desk.clerk, uid=drawer.uid, pieces={3: 1})
    count_drawer(actor=desk.clerk, uid=drawer.uid, pieces=pieces, explanation="Thiếu 10.000")
    with pytest.raises(DrawerClosed):
        collect(actor=desk.clerk, case=desk.owe(), method="cash")
    with pytest.raises(NotAllowed):
        approve_drawer(actor=desk.clerk, uid=drawer.uid, accepted=True)
    closed = approve_drawer(actor=desk.head, uid=drawer.uid, accepted=True)
    assert (closed.difference, desk.sums()["cash"]) == (-10_000, 0)
    assert desk.sums() == {"cash": 0, "fees": -75_000, "safe": 60_000, "difference": 15_000}


def test_a_receipt_is_replaced_never_edited(desk: Desk) -> None:
    receipt = collect(actor=desk.clerk, case=desk.owe(), method="cash", payer="Lam")
    with pytest.raises(NotAllowed):
        replace_receipt(actor=desk.clerk, receipt_id=receipt.pk, payer="Lan", reason="Sai tên")
    new = replace_receipt(actor=desk.head, receipt_id=receipt.pk, payer="Lan", reason="Sai tên")
    old = Receipt.objects.get(pk=receipt.pk)
    assert (old.payer, old.voided.reason, new.payer, new.number) == ("Lam", "Sai tên", "Lan", 2)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["pay", "double", "short", "over", "lost", "cash", "refund", "close"]),
        st.integers(1, 300_000),
    ),
    max_size=12,
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_the_books_balance_whatever_happens(desk: Desk, steps: list[tuple[str, int]]) -> None:
    told = Arrival.objects.count()
    for step, amount in steps:
        told += 1
        _live(desk, step, amount, f"n{told}")
        lines = PostingLine.objects.filter(posting__agency_id=desk.agency.pk)
        assert sum(line.amount for line in lines) == 0
    held = -desk.sums().get("held", 0)
    assert held == sum(a.left for a in Arrival.objects.all()) + sum(
        r.amount for r in Refund.objects.filter(state="asked").exclude(arrival=None)
    )
    paid = sum(r.amount for r in Receipt.objects.filter(voided=None))
    back = sum(r.amount for r in Refund.objects.exclude(receipt=None).exclude(state="asked"))
    assert -desk.sums().get("fees", 0) == paid - back


def _live(desk: Desk, step: str, amount: int, number: str) -> None:
    if step == "close":
        clerk = make_official(desk.agency, "receiving_clerk")
        drawer = open_drawer(actor=clerk, agency_id=desk.agency.pk, opening=amount)
        count_drawer(actor=clerk, uid=drawer.uid, pieces={500: 7}, explanation="Khác sổ")
        approve_drawer(actor=desk.head, uid=drawer.uid, accepted=True)
        return
    if step == "refund":
        _give_back(desk, amount)
        return
    case = desk.owe(amount)
    if step == "cash":
        collect(actor=desk.clerk, case=case, method="cash")
        return
    word = "" if step == "lost" else desk.order(case).reference
    sums = {"short": max(1, amount // 2), "over": amount + 7}
    for _ in range(2):
        desk.told(number, sums.get(step, amount), word)
    if step == "double":
        desk.told(f"{number}b", amount, word)


def _give_back(desk: Desk, amount: int) -> None:
    arrival = Arrival.objects.filter(left__gt=0).first()
    if arrival is None:
        return
    wish = Wish(min(amount, arrival.left), "Hoàn", "cash")
    refund = ask_refund(actor=desk.clerk, arrival_uid=arrival.uid, wish=wish)
    decide_refund(actor=desk.head, uid=refund.uid, approved=amount % 3 != 0)
    if amount % 3 != 0:
        pay_refund(actor=desk.clerk, uid=refund.uid)


def test_only_the_head_sets_accounts(desk: Desk) -> None:
    actor: Actor
    for actor in (desk.clerk, desk.citizen, SYSTEM):
        values: dict[str, Any] = {"bank_bin": "970436", "bank_name": "V", "number": "1"}
        if actor is SYSTEM:
            continue
        with pytest.raises(NotAllowed):
            set_account(
                actor=actor, agency_id=desk.agency.pk, holder="U", valid_from=today(), **values
            )
