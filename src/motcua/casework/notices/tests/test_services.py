"""Telling, reading, delivering: once, after commit, with retries."""

from __future__ import annotations

import datetime as dt
import smtplib
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from motcua.casework.access.public import SYSTEM, Actor
from motcua.casework.notices import delivery as deliveries
from motcua.casework.notices.models import Delivery, MailMessage, Notice, OptOut
from motcua.casework.notices.public import (
    Recipient,
    deliveries_of_case,
    failed_deliveries,
    mark_all_read,
    mark_read,
    notices_of,
    notify,
    unread_count,
)
from motcua.casework.notices.tests.conftest import actor, make_account, make_party
from motcua.casework.people.public import Account
from motcua.foundation.errors import NotFound
from motcua.foundation.outbox.public import dead_letters, retry_dead, run_until_idle
from motcua.foundation.timesource import CITY_ZONE, at_time

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=CITY_ZONE)
DATA = {
    "code": "H29.1",
    "procedure": {"vi": "Đăng ký khai sinh", "en": "Birth registration"},
    "agency": "UBND phường Bến Thành",
    "due": NOON,
}
MAILBOX = "motcua.casework.notices.mailbox.MailboxBackend"


def tell(*recipients: Recipient, template: str = "dossier.accepted", **more: Any) -> None:
    with at_time(more.pop("at", NOON)):
        notify(actor=SYSTEM, template=template, recipients=recipients, data=DATA, **more)


def work(at: dt.datetime = NOON) -> None:
    with at_time(at):
        run_until_idle()


def to(account: Account, language: str = "vi") -> Recipient:
    if account.party_id:
        return Recipient(party_id=account.party_id, language=language)
    return Recipient(account_id=account.pk, language=language)


def test_telling_many_is_two_inserts(django_assert_num_queries) -> None:
    readers = [to(make_account(f"u{n}")) for n in range(12)]
    with django_assert_num_queries(2) as queries:
        tell(*readers)
    assert all(query["sql"].startswith("INSERT") for query in queries.captured_queries)
    assert Notice.objects.count() == 12


def test_a_reader_gets_it_in_the_app_and_by_mail_in_his_language(citizen, official) -> None:
    tell(to(citizen), to(official, "en"), link="/dossiers/x")
    assert mail.outbox == []
    work()
    by_address = {m.to[0]: m for m in mail.outbox}
    assert set(by_address) == {"binh@example.vn", "cong@tphcm.test"}
    assert by_address["binh@example.vn"].subject == "Hồ sơ H29.1 đã được tiếp nhận"
    assert "12:00 ngày 20/11/2026" in by_address["binh@example.vn"].body
    assert by_address["cong@tphcm.test"].subject == "Application H29.1 has been accepted"
    assert "/dossiers/x" in by_address["cong@tphcm.test"].body
    states = Delivery.objects.values_list("channel", "state", "attempts")
    assert sorted(states) == [("in_app", "sent", 0)] * 2 + [("mail", "sent", 1)] * 2
    assert all(d.provider_id for d in Delivery.objects.filter(channel="mail"))


def test_the_address_is_not_stored_in_clear(citizen) -> None:
    tell(to(citizen))
    work()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_delivery")
        assert "binh@example.vn" not in str(cursor.fetchall())
    assert Delivery.objects.get(channel="mail").address == "binh@example.vn"
    assert len(Delivery.objects.get(channel="mail").address_hash) == 64


def test_the_same_notice_is_told_once(citizen) -> None:
    for _ in range(3):
        tell(to(citizen), to(citizen), dedupe_key="accepted:1")
        work()
    assert Notice.objects.count() == 1
    assert len(mail.outbox) == 1
    tell(to(citizen), dedupe_key="accepted:2")
    work()
    assert len(mail.outbox) == 2


def test_planning_twice_changes_nothing(citizen) -> None:
    tell(to(citizen))
    uids = [str(Notice.objects.get().uid)]
    with at_time(NOON):
        deliveries.plan_deliveries(uids)
        deliveries.plan_deliveries(uids)
    assert Delivery.objects.count() == 2
    work()
    assert len(mail.outbox) == 1


def test_without_an_address_mail_is_skipped_and_says_why() -> None:
    tell(Recipient(party_id=make_party("Ẩn Danh").pk))
    work()
    assert mail.outbox == []
    skipped = Delivery.objects.get(channel="mail")
    assert (skipped.state, skipped.last_error) == ("skipped", "no mail address")


def test_a_party_is_reached_at_the_address_of_its_account() -> None:
    account = make_account("x", email="x@example.vn", party=make_party("X"))
    tell(to(account))
    work()
    assert mail.outbox[0].to == ["x@example.vn"]


def test_mail_that_can_wait_waits_for_the_morning(citizen) -> None:
    night = NOON.replace(hour=23)
    tell(to(citizen), at=night)
    work(night)
    assert mail.outbox == []
    assert unread_count(actor(citizen)) == 1
    work(night + dt.timedelta(hours=7, minutes=59))
    assert mail.outbox == []
    work(night + dt.timedelta(hours=8))
    assert len(mail.outbox) == 1


class Flaky:
    """A mail server that fails as told."""

    failures: list[Exception] = []
    remembers_message_ids = False

    def __init__(self, *_: Any, **__: Any) -> None: ...

    def send_messages(self, messages: list[Any]) -> int:
        if self.failures:
            raise self.failures.pop(0)
        mail.outbox.extend(messages)
        return len(messages)


@pytest.fixture
def flaky(settings, monkeypatch: pytest.MonkeyPatch) -> type[Flaky]:
    monkeypatch.setattr(deliveries, "get_connection", Flaky)
    monkeypatch.setattr(Flaky, "failures", [])
    settings.MOTCUA_QUIET_HOURS = ""
    return Flaky


def test_a_mail_server_that_is_away_is_tried_again(citizen, flaky) -> None:
    flaky.failures = [ConnectionRefusedError("0903123456"), smtplib.SMTPServerDisconnected("x")]
    tell(to(citizen))
    for minute in range(6):
        work(NOON + dt.timedelta(minutes=minute))
    sent = Delivery.objects.get(channel="mail")
    assert (sent.state, sent.attempts, sent.last_error) == ("sent", 3, "")
    assert len(mail.outbox) == 1


def test_after_the_last_try_the_delivery_has_failed_and_a_person_can_revive_it(citizen, flaky):
    flaky.failures = [ConnectionRefusedError("an@example.vn away")] * deliveries.MAX_ATTEMPTS
    tell(to(citizen))
    for hours in range(deliveries.MAX_ATTEMPTS + 3):
        work(NOON + dt.timedelta(hours=2 * hours))
    (failed,) = failed_deliveries()
    assert failed.attempts == deliveries.MAX_ATTEMPTS
    assert "example.vn" not in failed.last_error
    assert [letter.queue for letter in dead_letters()] == ["notices.mail"]
    with at_time(NOON + dt.timedelta(days=3)):
        retry_dead(by="account 1")
        run_until_idle()
    assert Delivery.objects.get(channel="mail").state == "sent"
    assert len(mail.outbox) == 1


def test_a_refused_address_is_not_tried_again(citizen, flaky) -> None:
    flaky.failures = [smtplib.SMTPRecipientsRefused({})]
    tell(to(citizen))
    for hours in range(3):
        work(NOON + dt.timedelta(hours=hours))
    assert Delivery.objects.get(channel="mail").state == "failed"
    assert mail.outbox == []


def test_a_mail_that_may_have_gone_out_before_a_crash_is_not_repeated(citizen, flaky) -> None:
    tell(to(citizen))
    with at_time(NOON):
        deliveries.plan_deliveries([str(Notice.objects.get().uid)])
    Delivery.objects.filter(channel="mail").update(state="sending", attempts=1)
    work()
    assert mail.outbox == []
    assert "may have gone out" in failed_deliveries()[0].last_error
    assert len(dead_letters()) == 1


def test_the_demo_mailbox_keeps_one_copy_even_after_a_crash(citizen, settings) -> None:
    settings.EMAIL_BACKEND = MAILBOX
    tell(to(citizen))
    work()
    Delivery.objects.filter(channel="mail").update(state="sending")
    with at_time(NOON):
        deliveries.send_mail(Delivery.objects.get(channel="mail").pk)
    kept = MailMessage.objects.get()
    assert kept.recipients == "binh@example.vn"
    assert "Hồ sơ H29.1" in kept.subject
    assert Delivery.objects.get(channel="mail").state == "sent"


def test_optional_mail_can_be_stopped_the_rest_cannot(citizen) -> None:
    OptOut.objects.create(
        reader=f"p:{citizen.party_id}", template="dossier.rating_asked", channel="mail", at=NOON
    )
    OptOut.objects.create(
        reader=f"p:{citizen.party_id}", template="dossier.accepted", channel="mail", at=NOON
    )
    tell(to(citizen), template="dossier.rating_asked")
    tell(to(citizen))
    work()
    assert [m.subject for m in mail.outbox] == ["Hồ sơ H29.1 đã được tiếp nhận"]
    assert unread_count(actor(citizen)) == 2


def test_reading_is_ones_own_affair(citizen, official) -> None:
    for n in range(3):
        tell(to(citizen), dedupe_key=f"k{n}")
    me, other = actor(citizen), actor(official)
    assert (unread_count(me), unread_count(other)) == (3, 0)
    newest, middle, oldest = notices_of(me)
    assert notices_of(me, before=newest.uid) == [middle, oldest]
    with pytest.raises(NotFound):
        mark_read(actor=other, uid=newest.uid)
    mark_read(actor=me, uid=newest.uid)
    mark_read(actor=me, uid=newest.uid)
    assert unread_count(me) == 2
    assert notices_of(me, unread_only=True) == [middle, oldest]
    assert mark_all_read(actor=me) == 2
    assert unread_count(me) == 0
    assert notices_of(other) == []
    assert unread_count(Actor(None, None, "anonymous", "")) == 0


def test_unread_is_one_look_into_one_index(citizen, django_assert_num_queries) -> None:
    tell(to(citizen))
    with django_assert_num_queries(1) as queries:
        assert unread_count(actor(citizen)) == 1
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + queries.captured_queries[0]["sql"])
            assert "notices_unread" in str(cursor.fetchall())


def test_a_link_stays_on_this_site(citizen) -> None:
    for link in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        with pytest.raises(ValueError, match="path on this site"):
            tell(to(citizen), link=link)


def test_a_recipient_is_one_of_account_or_party() -> None:
    with pytest.raises(ValueError, match="either"):
        Recipient()
    with pytest.raises(ValueError, match="either"):
        Recipient(account_id=1, party_id=1)
    notify(actor=SYSTEM, template="dossier.accepted", recipients=[], data={})
    with pytest.raises(LookupError, match="no notice template"):
        notify(actor=SYSTEM, template="x", recipients=[], data={})


def test_the_log_of_a_case_without_one_is_empty() -> None:
    assert deliveries_of_case(0) == []
