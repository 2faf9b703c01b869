"""The way of an answer: draft, sign with number, seal, publish; and everything that stops it."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pyhanko.pdf_utils.reader import PdfFileReader

from motcua.casework.access.public import SYSTEM, Actor, actor_of
from motcua.casework.agencies.public import Agency, Post, merge_agencies
from motcua.casework.issuing.errors import (
    DocumentStateError,
    KeyUnusable,
    TemplateDataMissing,
    TimestampUnavailable,
)
from motcua.casework.issuing.models import IssuedDocument, IssuedNumber, Register, SigningKey
from motcua.casework.issuing.public import (
    Draft,
    access_document,
    add_demo_key,
    add_key,
    document_bytes,
    documents_of,
    draft_preview,
    issue,
    prepare_draft,
    public_facts,
    register_book,
    retire_key,
    revise_draft,
    seal,
    sealing_queue,
    sign_and_number,
    signing_queue,
    verify,
    void,
)
from motcua.casework.issuing.selectors import key_of_account
from motcua.casework.issuing.tests.samples import SAMPLES
from motcua.casework.issuing.tests.test_rendering import pages_text
from motcua.casework.ledger.public import check_ledger
from motcua.casework.people.public import Account
from motcua.casework.testing.makers import make_agency, make_case, make_citizen, make_official
from motcua.foundation.errors import Conflict, InvalidInput, NotAllowed, NotFound
from motcua.foundation.outbox.models import Event
from motcua.foundation.timesource import CITY_ZONE, at_time, now, today

pytestmark = pytest.mark.django_db
FRAME_KEYS = {"superior", "agency", "number", "notation", "place", "date", "signer", "code", "qr",
              "verify_at", "demo"}  # fmt: skip
PENSION = {k: v for k, v in SAMPLES["results/social-pension"].items() if k not in FRAME_KEYS}
SLIP = {k: v for k, v in SAMPLES["forms/01"].items() if k not in FRAME_KEYS}


KEYS_SINCE = dt.datetime(2026, 11, 1, tzinfo=CITY_ZONE)


class House:
    """A ward with its people, keys and one case."""

    def __init__(self) -> None:
        city = make_agency("Ủy ban nhân dân Thành phố Hồ Chí Minh")
        self.agency: Agency = make_agency(
            "Ủy ban nhân dân phường Bến Thành", parent=city, place_name="Bến Thành"
        )
        self.officer = make_official(self.agency, "case_officer", name="Lê Thụ Lý")
        self.leader = make_official(self.agency, "leader", name="Trần Quốc Vượng")
        Post.objects.filter(pk=self.leader.posts[0].post_id).update(
            authority="own", title="Chủ tịch"
        )
        self.clerk = make_official(self.agency, "records_clerk", name="Phạm Văn Thư")
        self.counter = make_official(self.agency, "receiving_clerk", name="Đỗ Tiếp Nhận")
        self.citizen = make_citizen()
        self.case = make_case(self.agency, applicant=self.citizen)
        for actor in (self.leader, self.counter):
            self.give_key(actor)
        add_demo_key(
            actor=SYSTEM,
            purpose="organisation",
            agency_id=self.agency.pk,
            name=self.agency.name,
            organisation=self.agency.name,
            valid_from=KEYS_SINCE,
        )

    def give_key(self, actor: Actor) -> SigningKey:
        return add_demo_key(
            actor=SYSTEM,
            purpose="person",
            agency_id=self.agency.pk,
            account_id=actor.account_id,
            name=actor.name,
            organisation=self.agency.name,
            valid_from=KEYS_SINCE,
        )

    def draft(self, **more: Any) -> IssuedDocument:
        values: dict[str, Any] = {
            "template": "results/social-pension",
            "agency_id": self.agency.pk,
            "data": PENSION,
            "register": "QD",
            "case_id": self.case.pk,
        }
        return prepare_draft(actor=self.officer, draft=Draft(**(values | more)))


@pytest.fixture
def house() -> House:
    with at_time(dt.datetime(2026, 11, 20, 8, 0, tzinfo=CITY_ZONE)):
        return House()


def test_the_whole_way(house: House) -> None:
    moment = dt.datetime(2026, 11, 23, 9, 30, tzinfo=CITY_ZONE)
    with at_time(moment):
        document = house.draft()
        assert "DỰ THẢO" in pages_text(draft_preview(document))[0]
        assert [d.pk for d in signing_queue(house.leader)] == [document.pk]
        assert signing_queue(house.clerk) == []
        sign_and_number(actor=house.leader, document_uid=document.uid)
        assert [d.pk for d in sealing_queue(house.clerk)] == [document.pk]
        seal(actor=house.clerk, document_uid=document.uid)
    document.refresh_from_db()
    assert document.state == "sealed"
    assert document.full_number == "01/QĐ-UBND"
    assert document.content == ""
    assert document.demo
    report = verify(document_bytes(document), at=moment)
    assert report.passed
    assert [s.role for s in report.signatures] == ["signer", "organisation"]
    assert {s.claimed_at for s in report.signatures} == {moment}
    text = pages_text(document_bytes(document))[0]
    for part in ("Số: 01/QĐ-UBND", "Bến Thành, ngày 23 tháng 11 năm 2026", "CHỦ TỊCH",
                 "Trần Quốc Vượng", document.code):  # fmt: skip
        assert part in text
    assert "DỰ THẢO" not in text
    assert list(check_ledger()) == []
    topics = list(
        Event.objects.filter(topic__startswith="issuing.").values_list("topic", flat=True)
    )
    assert topics == ["issuing.signed", "issuing.issued"]


def test_a_draft_with_missing_data_is_refused_at_once(house: House) -> None:
    with pytest.raises(TemplateDataMissing) as error:
        house.draft(data={})
    assert "person" in error.value.fields


def test_who_may_do_what(house: House) -> None:
    stranger = make_official(make_agency(), "leader", "records_clerk", "case_officer")
    with pytest.raises(NotAllowed):
        prepare_draft(
            actor=house.clerk,
            draft=Draft(template="results/social-pension", agency_id=house.agency.pk, data=PENSION),
        )
    document = house.draft()
    for actor in (house.officer, house.clerk, house.counter, stranger, house.citizen):
        with pytest.raises(NotAllowed):
            sign_and_number(actor=actor, document_uid=document.uid)
    sign_and_number(actor=house.leader, document_uid=document.uid)
    for actor in (house.officer, house.leader, stranger, house.citizen):
        with pytest.raises(NotAllowed):
            seal(actor=actor, document_uid=document.uid)
    for actor in (house.officer, stranger, house.citizen):
        with pytest.raises(NotAllowed):
            void(actor=actor, document_uid=document.uid, reason="x")
    for actor in (house.leader, house.clerk):
        with pytest.raises(NotAllowed):
            add_key(
                actor=actor, purpose="person", agency_id=house.agency.pk,
                account_id=actor.account_id, backend="pkcs12", reference="x", secret="y",
            )  # fmt: skip


def test_a_leader_without_power_cannot_sign(house: House) -> None:
    deputy = make_official(house.agency, "leader", name="Phó Không Quyền")
    house.give_key(deputy)
    with pytest.raises(NotAllowed):
        sign_and_number(actor=deputy, document_uid=house.draft().uid)


def test_the_order_cannot_be_changed(house: House) -> None:
    document = house.draft()
    with pytest.raises(DocumentStateError):
        seal(actor=house.clerk, document_uid=document.uid)
    sign_and_number(actor=house.leader, document_uid=document.uid)
    with pytest.raises(DocumentStateError):
        sign_and_number(actor=house.leader, document_uid=document.uid)
    with pytest.raises(DocumentStateError):
        revise_draft(actor=house.officer, document_uid=document.uid, data=PENSION, version=1)
    seal(actor=house.clerk, document_uid=document.uid)
    with pytest.raises(DocumentStateError):
        seal(actor=house.clerk, document_uid=document.uid)


def test_two_officers_on_one_draft_conflict(house: House) -> None:
    document = house.draft()
    revise_draft(
        actor=house.officer,
        document_uid=document.uid,
        data={**PENSION, "amount": "1 đồng"},
        version=1,
    )
    with pytest.raises(Conflict):
        revise_draft(actor=house.officer, document_uid=document.uid, data=PENSION, version=1)


@pytest.mark.parametrize("step", ["key", "stamp"])
def test_a_failed_signature_takes_no_number(house: House, step: str, settings: Any) -> None:
    document = house.draft()
    if step == "key":
        key = key_of_account(house.leader.account_id or 0, now())
        assert key is not None
        retire_key(actor=SYSTEM, key_uid=str(key.uid))
    else:
        settings.MOTCUA_TSA_URL = "http://127.0.0.1:9/"
    with pytest.raises((KeyUnusable, TimestampUnavailable)), transaction.atomic():
        sign_and_number(actor=house.leader, document_uid=document.uid)
    document.refresh_from_db()
    assert document.state == "draft"
    assert not IssuedNumber.objects.exists()
    if step == "key":
        house.give_key(house.leader)
    settings.MOTCUA_TSA_URL = ""
    assert (
        sign_and_number(actor=house.leader, document_uid=document.uid).full_number == "01/QĐ-UBND"
    )


def test_a_void_document_keeps_its_number_visible(house: House) -> None:
    first, second = house.draft(), house.draft()
    sign_and_number(actor=house.leader, document_uid=first.uid)
    with pytest.raises(InvalidInput):
        void(actor=house.clerk, document_uid=first.uid, reason="  ")
    void(actor=house.clerk, document_uid=first.uid, reason="Ghi sai tên")
    sign_and_number(actor=house.leader, document_uid=second.uid)
    lines = register_book(Register.objects.get(code="QD").pk)
    assert [(x.number, x.void_reason) for x in lines] == [
        ("01/QĐ-UBND", "Ghi sai tên"), ("02/QĐ-UBND", "")
    ]  # fmt: skip
    assert public_facts(first.code).state == "void"
    with pytest.raises(DocumentStateError):
        void(actor=house.clerk, document_uid=first.uid, reason="lại")
    assert list(check_ledger()) == []


def test_a_slip_of_the_counter_is_signed_and_issued_at_once(house: House) -> None:
    with CaptureQueriesContext(connection) as queries:
        document = issue(
            actor=house.counter,
            draft=Draft(
                template="forms/01", agency_id=house.agency.pk, data=SLIP, case_id=house.case.pk
            ),
        )
    assert len(queries) <= 12  # two of them are the savepoint of the test
    assert document.state == "sealed"
    assert document.full_number == "01/TNHS"
    report = verify(document_bytes(document))
    assert report.passed
    assert [s.role for s in report.signatures] == ["signer"]
    assert "Đỗ Tiếp Nhận" in pages_text(document_bytes(document))[0]


def test_a_slip_made_by_the_system_bears_the_seal(house: House) -> None:
    document = issue(
        actor=SYSTEM,
        draft=Draft(
            template="forms/01", agency_id=house.agency.pk, data=SLIP, case_id=house.case.pk
        ),
    )
    report = verify(document_bytes(document))
    assert report.passed
    assert [s.role for s in report.signatures] == ["organisation"]


def test_who_sees_a_document(house: House) -> None:
    document = house.draft()
    other = make_citizen("Người Khác")
    stranger = make_official(make_agency(), "leader")
    assert access_document(house.officer, document.uid).pk == document.pk
    for actor in (house.citizen, other, stranger):
        with pytest.raises(NotFound):
            access_document(actor, document.uid)
    sign_and_number(actor=house.leader, document_uid=document.uid)
    with pytest.raises(NotFound):
        access_document(house.citizen, document.uid)
    seal(actor=house.clerk, document_uid=document.uid)
    assert documents_of(house.citizen, house.case.pk) == [document]
    with pytest.raises(NotFound):
        access_document(other, document.uid)
    control = issue(
        actor=SYSTEM,
        draft=Draft(
            template="forms/06", agency_id=house.agency.pk, case_id=house.case.pk,
            data={k: v for k, v in SAMPLES["forms/06"].items() if k not in FRAME_KEYS},
            confidentiality="internal",
        ),
    )  # fmt: skip
    with pytest.raises(NotFound):
        access_document(house.citizen, control.uid)


def test_what_was_signed_before_a_merge_is_sealed_by_the_successor(house: House) -> None:
    """Issuer, number and date stay; the seal is the successor's and says whom it succeeds."""
    document = house.draft()
    signed = sign_and_number(actor=house.leader, document_uid=document.uid)
    new = make_agency("Ủy ban nhân dân phường Sài Gòn", place_name="Sài Gòn")
    merge_agencies(
        actor=SYSTEM,
        predecessor_id=house.agency.pk,
        successor_id=new.pk,
        effective_on=today(),
        decision="NQ thử",
    )
    stranger = make_official(make_agency(), "records_clerk")
    clerk = actor_of(Account.objects.get(pk=house.clerk.account_id))
    assert clerk.agency_ids == {new.pk}
    assert [d.pk for d in sealing_queue(clerk)] == [document.pk]
    assert sealing_queue(stranger) == [] == sealing_queue(house.clerk)
    assert access_document(clerk, document.uid).pk == document.pk
    for actor in (stranger, house.clerk):
        with pytest.raises(NotAllowed):
            seal(actor=actor, document_uid=document.uid)
    with pytest.raises(KeyUnusable):
        seal(actor=clerk, document_uid=document.uid)
    add_demo_key(
        actor=SYSTEM,
        purpose="organisation",
        agency_id=new.pk,
        name=new.name,
        organisation=new.name,
    )
    sealed = seal(actor=clerk, document_uid=document.uid)
    assert (sealed.agency_id, sealed.full_number) == (house.agency.pk, signed.full_number)
    report = verify(document_bytes(sealed))
    assert report.passed
    assert [s.role for s in report.signatures] == ["signer", "organisation"]
    assert report.signatures[1].organisation == new.name
    last = PdfFileReader(BytesIO(document_bytes(sealed))).embedded_signatures[-1].sig_object
    assert last["/Reason"] == f"Đóng dấu cơ quan kế thừa {house.agency.name}"
    void(actor=actor_of(Account.objects.get(pk=house.leader.account_id)),
         document_uid=document.uid, reason="Sai tên")  # fmt: skip
    assert list(check_ledger()) == []
