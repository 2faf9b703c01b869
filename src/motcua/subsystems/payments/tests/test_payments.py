"""Charges and receipts: paid once, numbered without gaps, 0 đ receipted at once."""

from __future__ import annotations

import datetime as dt

import pytest

from motcua.casework.access.public import SYSTEM
from motcua.casework.agencies.public import Agency, Succession
from motcua.casework.cases.public import Case
from motcua.casework.ledger.public import check_ledger
from motcua.casework.testing.makers import make_agency, make_case, make_citizen, make_official
from motcua.foundation.errors import NotAllowed
from motcua.foundation.timesource import now, today
from motcua.subsystems.payments.models import PostingLine, Receipt
from motcua.subsystems.payments.public import AlreadyPaid, Charge, assess, charge_of, collect

pytestmark = pytest.mark.django_db
LINE = {"name": {"vi": "Lệ phí", "en": "Charge"}, "amount": 75_000}


def test_zero_dong_is_receipted_at_once() -> None:
    case = make_case(make_agency())
    charge = assess(actor=SYSTEM, case=case, amount=0, lines=[], payer="Lan")
    assert charge.state == Charge.State.WAIVED
    assert (charge.receipt.amount, charge.receipt.number, charge.receipt.method) == (0, 1, "none")


def test_a_charge_is_paid_once_and_its_receipt_numbered() -> None:
    agency = make_agency()
    clerk = make_official(agency, "receiving_clerk")
    numbers = []
    for _ in range(3):
        case = make_case(agency)
        assess(actor=clerk, case=case, amount=75_000, lines=[LINE], payer="Lan")
        numbers.append(collect(actor=clerk, case=case, method="cash", payer="Lan").number)
        with pytest.raises(AlreadyPaid):
            collect(actor=clerk, case=case, method="cash", payer="Lan")
    assert numbers == [1, 2, 3]
    assert list(check_ledger()) == []


def test_each_agency_has_its_own_book() -> None:
    for _ in range(2):
        case = make_case(make_agency())
        assess(actor=SYSTEM, case=case, amount=0, lines=[], payer="")
    assert list(Receipt.objects.values_list("number", flat=True)) == [1, 1]


def test_only_a_clerk_of_the_centre_collects() -> None:
    agency = make_agency()
    case = make_case(agency)
    assess(actor=SYSTEM, case=case, amount=75_000, lines=[LINE], payer="Lan")
    for stranger in (
        make_citizen(),
        make_official(agency, "leader"),
        make_official(make_agency(), "receiving_clerk"),
    ):
        with pytest.raises(NotAllowed):
            collect(actor=stranger, case=case, method="cash")
    with pytest.raises(AlreadyPaid):
        collect(actor=SYSTEM, case=make_case(agency), method="cash")


def test_a_charge_is_seen_only_with_its_case() -> None:
    agency = make_agency()
    citizen = make_citizen()
    case = make_case(agency, applicant=citizen)
    assess(actor=SYSTEM, case=case, amount=75_000, lines=[LINE], payer="Lan")
    assert charge_of(citizen, case.pk) is not None
    assert charge_of(make_citizen(), case.pk) is None


def test_a_negative_charge_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="negative"):
        assess(actor=SYSTEM, case=make_case(make_agency()), amount=-1, lines=[], payer="")


def test_after_a_merger_the_successor_collects_what_is_open() -> None:
    old, new = make_agency(), make_agency()
    former, clerk = make_official(old, "receiving_clerk"), make_official(new, "receiving_clerk")
    case = make_case(old)
    assess(actor=SYSTEM, case=case, amount=75_000, lines=[LINE], payer="Lan")
    with pytest.raises(NotAllowed):
        collect(actor=clerk, case=case, method="cash")
    yesterday = today() - dt.timedelta(days=1)
    Agency.objects.filter(pk=old.pk).update(valid_to=yesterday)
    Succession.objects.create(
        predecessor=old, successor=new, effective_on=today(), decision="QĐ 1", recorded_at=now()
    )
    case = Case.objects.get(pk=case.pk)
    with pytest.raises(NotAllowed):
        collect(actor=former, case=case, method="cash")
    receipt = collect(actor=clerk, case=case, method="cash")
    assert (receipt.agency_id, receipt.number) == (new.pk, 1)
    assert {line.posting.agency_id for line in PostingLine.objects.all()} == {new.pk}
