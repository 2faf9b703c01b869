"""One notice to many: who is found, who approves, what is sent, what is seen."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client

from motcua.casework.access.public import Actor
from motcua.casework.agencies.public import Agency
from motcua.casework.clock.public import parameter
from motcua.casework.ledger.public import entries
from motcua.casework.notices.models import Delivery, Notice, OptOut
from motcua.casework.people.public import Account, Party
from motcua.casework.testing.makers import make_agency, make_case, make_citizen, make_official
from motcua.foundation.errors import NotAllowed
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.timesource import now, today
from motcua.subsystems.mass_notices import services
from motcua.subsystems.mass_notices.errors import NoticeElsewhere, OwnNotice
from motcua.subsystems.mass_notices.models import MassNotice, MassRecipient
from motcua.subsystems.reception.public import Appointment

pytestmark = pytest.mark.django_db
BASE = "/console/thong-bao-hang-loat/"
TEXTS = {
    "subject_vi": "Đổi giờ làm việc", "subject_en": "New hours",
    "body_vi": "Hồ sơ {ma_ho_so}: mời đến sau 8 giờ.", "body_en": "Dossier {ma_ho_so}: after 8.",
}  # fmt: skip
ALL = {"audience": "applicants", **TEXTS}


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def draft(actor: Actor, agency: Agency, **more: str) -> MassNotice:
    return services.keep(actor=actor, agency_code=agency.code, given={**ALL, **more})


def few(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let the threshold of a second person be lower for the test."""
    real = parameter("mass_notice_alone", now())
    changed = type(real)(real.name, str(number), real.valid_from, real.valid_to, real.basis)
    monkeypatch.setattr(services, "parameter", lambda name, at: changed)


def test_journey_with_a_second_person(monkeypatch: pytest.MonkeyPatch) -> None:
    ward, other = make_agency("Phường A"), make_agency("Phường B")
    head, leader = make_official(ward, "division_head"), make_official(ward, "leader")
    lan, hoa, stranger = (make_citizen(name) for name in ("Lan", "Hoa", "Khách"))
    for one in (lan, lan, hoa):
        make_case(ward, applicant=one, subject_code="1.1")
    make_case(other, applicant=stranger)
    Party.objects.filter(pk=hoa.party_id).update(email="")
    few(monkeypatch, 1)
    client, second = client_of(head), client_of(leader)
    wrong = client.post(f"{BASE}moi/luu/", {"agency": ward.code, **ALL, "body_vi": "Gửi {ten}"})
    assert wrong.status_code == 422
    assert "Dòng 1, ký tự 5" in wrong.content.decode()
    assert "Gửi {ten}" in wrong.content.decode()
    kept = client.post(f"{BASE}moi/luu/", {"agency": ward.code, **ALL})
    notice = MassNotice.objects.get()
    page = client.get(kept.url).content.decode()
    assert "Gửi cho 2 người" in page
    assert page.count("<article") == 2
    assert "{ma_ho_so}" not in page
    act = f"{BASE}{notice.uid}/viec/"
    client.post(act, {"verb": "try"})
    assert list(Notice.objects.values_list("reader", flat=True)) == [f"u:{head.account_id}"]
    client.post(act, {"verb": "send"})
    notice.refresh_from_db()
    assert (notice.state, notice.people) == ("waiting", 2)
    with pytest.raises(OwnNotice):
        services.approve(actor=make_same(head, leader), uid=notice.uid)
    assert "Duyệt và gửi" in second.get(f"{BASE}{notice.uid}/").content.decode()
    second.post(act, {"verb": "approve"})
    run_until_idle()
    notice.refresh_from_db()
    assert notice.state == "done"
    told = Notice.objects.filter(template="mass.information")
    assert sorted(told.values_list("reader", flat=True)) == sorted(
        [f"u:{head.account_id}", f"p:{lan.party_id}", f"p:{hoa.party_id}"]
    )
    report = second.get(f"{BASE}{notice.uid}/").content.decode()
    assert "2/2 người" in report
    written = " ".join(str(e.__dict__) for e in entries(f"agency:{ward.pk}"))
    assert "mass_notices.done" in written
    assert "8 giờ" not in written


def make_same(author: Actor, approver: Actor) -> Actor:
    """The author with the approver's posts."""
    return Actor(author.account_id, None, "official", author.name, approver.posts)


def test_sent_at_once_in_batches_and_stopped_between(monkeypatch: pytest.MonkeyPatch) -> None:
    ward = make_agency("Phường A")
    head = make_official(ward, "leader")
    for number in range(3):
        make_case(ward, applicant=make_citizen(f"N{number}"))
    monkeypatch.setattr(services, "BATCH", 2)
    notice = draft(head, ward)
    services.ask_to_send(actor=head, uid=notice.uid)
    services.send_batch(notice.pk)
    assert MassRecipient.objects.filter(told_at__isnull=False).count() == 2
    assert "2/3" in client_of(head).get(f"{BASE}{notice.uid}/?part=1").content.decode()
    services.stop(actor=head, uid=notice.uid)
    services.send_batch(notice.pk)
    assert Notice.objects.filter(template="mass.information").count() == 2
    with pytest.raises(NoticeElsewhere):
        services.stop(actor=head, uid=notice.uid)
    assert "chưa gửi: 1" in client_of(head).get(f"{BASE}{notice.uid}/").content.decode()


@pytest.mark.parametrize("legal", [True, False])
def test_opting_out_holds_unless_the_law_says(legal: bool) -> None:
    ward = make_agency("Phường A")
    head, lan = make_official(ward, "leader"), make_citizen("Lan")
    Account.objects.filter(pk=lan.account_id).update(email="lan@example.vn")
    make_case(ward, applicant=lan)
    for key in ("mass.information", "mass.legal"):
        OptOut.objects.create(reader=f"p:{lan.party_id}", template=key, channel="mail", at=now())
    more = {"legal": "yes", "basis": "Luật X"} if legal else {}
    services.ask_to_send(actor=head, uid=draft(head, ward, **more).uid)
    run_until_idle()
    mail = Delivery.objects.get(channel="mail")
    assert (mail.last_error == "opted out") is not legal


def test_appointments_and_officials_are_found_once() -> None:
    ward = make_agency("Phường A")
    division = make_agency("Phòng", parent=ward)
    head = make_official(ward, "leader")
    make_official(division, "case_officer", "consulted_officer")
    lan = make_citizen("Lan")
    at = dt.datetime.combine(today(), dt.time(9), now().tzinfo)
    for place in (1, 2):
        Appointment.objects.create(
            agency=ward, starts_at=at, ends_at=at, place=place, party_id=lan.party_id,
            made_at=now(), changed_at=now(),
        )  # fmt: skip
    day = {f"day_{part}": str(getattr(today(), part)) for part in ("day", "month", "year")}
    plain = {"body_vi": "Lúc {lich_hen}", "body_en": "At {lich_hen}"}
    held = draft(head, ward, audience="appointments", **day, **plain)
    assert services.ask_to_send(actor=head, uid=held.uid).people == 1
    plain = {"body_vi": "Họp", "body_en": "Meet"}
    all_of = draft(head, ward, audience="officials", **plain)
    assert services.ask_to_send(actor=head, uid=all_of.uid).people == 2
    some = draft(head, ward, audience="officials", role="case_officer", **plain)
    assert services.ask_to_send(actor=head, uid=some.uid).people == 1


def test_absent_and_forbidden_are_the_same() -> None:
    ward, other = make_agency("Phường A"), make_agency("Phường B")
    notice = draft(make_official(ward, "leader"), ward)
    stranger = client_of(make_official(other, "leader"))
    for path in ("", "sua/"):
        answers = [stranger.get(f"{BASE}{uid}/{path}").status_code for uid in (notice.uid, uuid4())]
        assert answers == [404, 404]
    for verb in ("try", "send", "approve", "stop"):
        answers = [
            stranger.post(f"{BASE}{uid}/viec/", {"verb": verb}).status_code
            for uid in (notice.uid, uuid4())
        ]
        assert answers == [404, 404]
    for code in (ward.code, "khong-co"):
        assert stranger.post(f"{BASE}moi/luu/", {"agency": code, **ALL}).status_code == 404
    assert str(notice.uid) not in stranger.get(BASE).content.decode()
    officer = client_of(make_official(ward, "case_officer"))
    assert officer.post(f"{BASE}moi/luu/", {"agency": ward.code, **ALL}).status_code == 403
    assert client_of(make_citizen()).get(BASE).status_code in (302, 403, 404)


def test_only_who_approves_there_approves(monkeypatch: pytest.MonkeyPatch) -> None:
    ward, other = make_agency("Phường A"), make_agency("Phường B")
    head = make_official(ward, "division_head")
    make_case(ward, applicant=make_citizen())
    few(monkeypatch, 0)
    notice = draft(head, ward)
    services.ask_to_send(actor=head, uid=notice.uid)
    colleague, leader = make_official(ward, "division_head"), make_official(other, "leader")
    both = Actor(colleague.account_id, None, "official", "B", (*colleague.posts, *leader.posts))
    with pytest.raises(NotAllowed):
        services.approve(actor=both, uid=notice.uid)


def test_the_list_costs_the_same_for_many() -> None:
    ward = make_agency("Phường A")
    head = make_official(ward, "leader")
    client = client_of(head)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(BASE).status_code == 200
        return len(seen)

    draft(head, ward)
    cost()
    before = cost()
    for _number in range(4):
        draft(head, ward)
    assert cost() == before
