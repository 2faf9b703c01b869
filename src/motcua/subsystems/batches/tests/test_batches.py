"""Many papers under one approval: the journey, what drops out, who may not, what a crash leaves."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pyotp.totp import TOTP

from motcua.casework.agencies.public import Membership
from motcua.casework.cases.public import Case
from motcua.casework.issuing.public import IssuedDocument, KeyUnusable, SigningKey
from motcua.casework.ledger.public import Entry
from motcua.casework.notices.public import notices_of
from motcua.casework.people.public import Account, new_totp_secret
from motcua.foundation.errors import InvalidInput, NotAllowed, NotFound
from motcua.foundation.outbox.models import Job
from motcua.foundation.outbox.public import GiveUpError, run_until_idle
from motcua.foundation.remembering import for_long
from motcua.foundation.timesource import now
from motcua.subsystems.applications.tests.console import client_of
from motcua.subsystems.applications.tests.world import World
from motcua.subsystems.batches import services
from motcua.subsystems.batches.errors import ChangedMeanwhile, NothingChosen
from motcua.subsystems.batches.models import Batch, BatchItem, BatchMark, BatchOutcome
from motcua.subsystems.batches.rules import SEAL, SIGN
from motcua.subsystems.batches.selectors import own_batch, progress_of, waiting
from motcua.subsystems.batches.services import approve, go_on_with, run_slice, stop_batch
from motcua.subsystems.batches.tests.conftest import PASSWORD, approved, to_the_leader


def outcomes(batch: Batch) -> list[tuple[str, str]]:
    rows = BatchOutcome.objects.filter(item__batch=batch).order_by("item__position")
    return list(rows.values_list("kind", "code"))


def redraft(world: World, uid: str) -> None:
    """Back from the leader, another draft, up to the leader again."""
    world.do("leader", uid, "return_for_rework", reason="Sửa tên")
    world.do("officer", uid, "propose_online", result={"purpose": "khác"})
    world.do("citizen", uid, "confirm_draft")
    world.do("division", uid, "approve")


def test_one_approval_signs_many_and_one_seals_them(world: World) -> None:
    plain = [to_the_leader(world) for _ in range(3)]
    odd = to_the_leader(world, note="Xem lại nơi cư trú")
    leader, clerk = client_of(world.leader), client_of(world.records)
    queue = leader.get("/console/cho-ky/").content.decode()
    assert 'action="/console/ky-loat/ky/"' in queue
    page = leader.get("/console/ky-loat/ky/")
    screen = page.context["screen"]
    assert [str(row.waiting.row.uid) for row in screen.unusual] == [odd]
    assert [row.ticked for row in (*screen.unusual, *screen.plain)] == [False, True, True, True]
    assert "Xem lại nơi cư trú" in page.content.decode()
    assert leader.get(f"/console/ky-loat/ky/xem/{odd}/").status_code == 200
    ticked = [row.waiting.seen.text for row in screen.plain]
    sent = {"item": ticked, "shown": "", "password": "sai"}
    refused = leader.post("/console/ky-loat/ky/phe-duyet/", sent)
    assert refused.status_code == 422
    assert refused.context["screen"].ticked == 3
    assert not Batch.objects.exists()
    done = leader.post("/console/ky-loat/ky/phe-duyet/", sent | {"password": PASSWORD})
    batch = Batch.objects.get()
    assert done["Location"] == f"/console/ky-loat/dot/{batch.uid}/"
    waits = leader.get(done["Location"])
    assert "every 2s" in waits.content.decode()
    assert "http-equiv" in waits.content.decode()  # by reload, without a script
    run_until_idle()
    assert outcomes(batch) == [("done", "")] * 3
    numbers = [o.number for o in BatchOutcome.objects.order_by("item__position")]
    assert [n.partition("/")[0] for n in numbers] == ["01", "02", "03"]
    assert Case.objects.get(uid=odd).holder_role == "leader"
    after = leader.get(done["Location"]).content.decode()
    assert numbers[2] in after
    assert "hx-trigger" not in after
    assert "batch.ended" in {n.template for n in notices_of(world.leader)}
    # The records clerk seals the same three at once.
    page = clerk.get("/console/ky-loat/dong-dau/")
    ticked = [row.waiting.seen.text for row in page.context["screen"].plain]
    clerk.post("/console/ky-loat/dong-dau/phe-duyet/", {"item": ticked, "password": PASSWORD})
    run_until_idle()
    assert set(IssuedDocument.objects.filter(case__uid__in=plain).values_list("state")) == {
        ("sealed",)
    }
    sealed = Batch.objects.get(purpose="seal")
    assert outcomes(sealed) == [("done", "")] * 3


def test_the_ledger_holds_the_exact_list_and_no_secret(world: World) -> None:
    uids = [to_the_leader(world) for _ in range(2)]
    batch = approved(world.leader)
    entry = Entry.objects.get(verb="batches.approve")
    assert entry.actor_id == world.leader.account_id
    listed = {item["document"]: item["digest"] for item in entry.after["items"]}
    assert listed == {
        str(item.document.uid): item.digest for item in BatchItem.objects.filter(batch=batch)
    }
    run_until_idle()
    acts = Entry.objects.filter(verb="applications.sign")
    assert {act.after["batch"] for act in acts} == {str(batch.uid)}
    assert {act.actor_id for act in acts} == {world.leader.account_id}
    kept = json.dumps([list(Job.objects.values()), list(Entry.objects.values("before", "after"))],
                      default=str)  # fmt: skip
    assert PASSWORD not in kept
    assert len(uids) == acts.count()


def test_what_changed_after_the_approval_is_not_signed(world: World) -> None:
    same, redrafted, moved, noted = (to_the_leader(world) for _ in range(4))
    batch = approved(world.leader)
    redraft(world, redrafted)
    world.do("leader", moved, "return_for_rework", reason="Sai")
    Case.objects.filter(uid=noted).update(version=99)
    run_until_idle()
    found = {str(o.item.case.uid): (o.kind, o.code) for o in BatchOutcome.objects.all()}
    assert found == {
        same: ("done", ""),
        redrafted: ("dropped", "redrafted"),
        moved: ("dropped", "moved"),
        noted: ("dropped", "changed"),
    }
    assert "sửa" in BatchOutcome.objects.get(item__case__uid=redrafted).reason["vi"]
    # What was left comes back on a page of its own, the redrafted one to be looked at.
    page = client_of(world.leader).post(f"/console/ky-loat/dot/{batch.uid}/lam-lai/")
    rows = {str(r.waiting.row.uid): r.waiting.reasons for r in page.context["screen"].unusual}
    assert "returned" in rows[redrafted]
    assert moved not in rows


def test_what_changed_between_looking_and_approving_is_told(world: World) -> None:
    uids = [to_the_leader(world) for _ in range(2)]
    seen = [row.seen for row in waiting(world.leader, SIGN).rows]
    redraft(world, uids[0])
    with pytest.raises(ChangedMeanwhile) as refused:
        approve(actor=world.leader, purpose=SIGN, seen=seen, password=PASSWORD)
    assert refused.value.data["codes"] == Case.objects.get(uid=uids[0]).code
    sent = {"item": [one.text for one in seen], "password": PASSWORD}
    page = client_of(world.leader).post("/console/ky-loat/ky/phe-duyet/", sent)
    assert page.status_code == 409
    assert page.context["screen"].ticked == 1


def test_the_second_factor_is_asked_where_it_is_set_up(world: World) -> None:
    to_the_leader(world)
    secret = new_totp_secret()
    Account.objects.filter(pk=world.leader.account_id).update(totp_secret=secret)
    leader = client_of(world.leader)
    page = leader.get("/console/ky-loat/ky/")
    assert 'name="code"' in page.content.decode()
    seen = [row.seen for row in waiting(world.leader, SIGN).rows]
    with pytest.raises(InvalidInput):
        approve(actor=world.leader, purpose=SIGN, seen=seen, password=PASSWORD)
    code = TOTP(secret).at(now())
    batch = approve(actor=world.leader, purpose=SIGN, seen=seen, code=code)
    assert batch.proof == "code"
    with pytest.raises(InvalidInput):  # a code works once
        approve(actor=world.leader, purpose=SIGN, seen=seen, code=code)


def test_who_may_not(world: World) -> None:
    to_the_leader(world)
    batch = approved(world.leader)
    seen = [row.seen for row in waiting(world.leader, SIGN).rows]
    for who in (world.officer, world.division, world.records, world.clerk, world.consulted):
        with pytest.raises(NotAllowed):
            approve(actor=who, purpose=SIGN, seen=seen, password=PASSWORD)
        assert client_of(who).get("/console/ky-loat/ky/").status_code == 403
        # Another's batch is absent, whoever asks.
        with pytest.raises(NotFound):
            own_batch(who, batch.uid)
        assert client_of(who).get(f"/console/ky-loat/dot/{batch.uid}/").status_code == 404
        assert client_of(who).post(f"/console/ky-loat/dot/{batch.uid}/dung/").status_code == 404
        assert client_of(who).post(f"/console/ky-loat/dot/{batch.uid}/lam-lai/").status_code == 404
    with pytest.raises(NotAllowed):
        approve(actor=world.leader, purpose=SEAL, seen=seen, password=PASSWORD)
    with pytest.raises(NothingChosen):
        approve(actor=world.leader, purpose=SIGN, seen=[], password=PASSWORD)
    assert client_of(world.citizen).get("/console/ky-loat/ky/").status_code in {302, 403, 404}


def test_who_lost_the_post_signs_nothing_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        to_the_leader(world)
    batch = approved(world.leader)
    monkeypatch.setattr(services, "SLICE_SECONDS", 0.0)
    assert run_slice(batch.uid)
    yesterday = now().date() - dt.timedelta(days=1)
    Membership.objects.filter(account_id=world.leader.account_id).update(valid_to=yesterday)
    while run_slice(batch.uid):
        pass
    assert outcomes(batch) == [("done", ""), ("dropped", "post"), ("dropped", "post")]


def test_stopping_leaves_the_rest(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        to_the_leader(world)
    batch = approved(world.leader)
    monkeypatch.setattr(services, "SLICE_SECONDS", 0.0)
    assert run_slice(batch.uid)
    stop_batch(actor=world.leader, uid=batch.uid)
    stop_batch(actor=world.leader, uid=batch.uid)
    assert not run_slice(batch.uid)
    progress = progress_of([batch])[0]
    assert (progress.done, progress.left, progress.again) == (1, 2, 2)
    assert progress.mark is not None
    assert progress.mark.what == "stopped"
    assert Entry.objects.filter(verb="batches.stop").count() == 1


def test_a_worker_that_dies_signs_nothing_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        to_the_leader(world)
    batch = approved(world.leader)
    ordinary, calls = services.act, []

    class Killed(BaseException):
        """As kill -9: nothing of ours runs any more."""

    def act_and_die(**given: object) -> object:
        calls.append(given)
        result = ordinary(**given)  # type: ignore[arg-type]
        if len(calls) == 3:
            raise Killed  # signed, but not committed
        return result

    monkeypatch.setattr(services, "act", act_and_die)
    with pytest.raises(Killed):
        run_slice(batch.uid)
    monkeypatch.setattr(services, "act", ordinary)
    assert progress_of([batch])[0].done == 2
    assert run_slice(batch.uid) is False
    assert run_slice(batch.uid) is False  # the job is given out once more
    numbers = [o.number.partition("/")[0] for o in BatchOutcome.objects.order_by("item__position")]
    assert numbers == ["01", "02", "03", "04"]
    assert BatchMark.objects.filter(batch=batch).count() == 1
    assert Entry.objects.filter(verb="issuing.sign").count() == 4


def test_a_batch_that_no_worker_finished_is_taken_up_again(world: World) -> None:
    to_the_leader(world)
    batch = approved(world.leader)
    Job.objects.filter(queue=services.RUN).delete()
    assert go_on_with(older_than=dt.timedelta(minutes=5)) == 0
    assert go_on_with(older_than=-dt.timedelta(minutes=1)) == 1
    assert go_on_with(older_than=-dt.timedelta(minutes=1)) == 1  # the same job
    assert Job.objects.filter(queue=services.RUN).count() == 1
    run_until_idle()
    assert outcomes(batch) == [("done", "")]


def test_a_list_that_was_tampered_with_is_not_signed(world: World) -> None:
    uids = [to_the_leader(world) for _ in range(2)]
    batch = approved(world.leader, uids[:1])
    other = waiting(world.leader, SIGN, only=uids[1:]).rows[0]
    BatchItem.objects.create(
        batch=batch, position=2, case_id=other.row.id, document_id=other.document.pk,
        version=other.row.version, digest=other.digest,
    )  # fmt: skip
    with pytest.raises(GiveUpError):
        run_slice(batch.uid)
    assert not outcomes(batch)
    assert BatchMark.objects.get(batch=batch).what == "broken"
    assert not Entry.objects.filter(verb="issuing.sign").exists()


def test_keys_are_tried_before_and_a_dead_device_breaks_off(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        to_the_leader(world)
    batch = approved(world.leader)
    SigningKey.objects.filter(purpose="person").update(retired_at=now())
    run_until_idle()
    progress = progress_of([batch])[0]
    assert (progress.failed, progress.left) == (3, 2)
    assert progress.mark is not None
    assert progress.mark.what == "broken"
    assert "khóa" in progress.mark.reason["vi"]
    with pytest.raises(KeyUnusable):
        approved(world.leader)
    assert Case.objects.filter(holder_role="leader").count() == 5


def test_an_unforeseen_fault_holds_up_nobody_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = to_the_leader(world), to_the_leader(world)
    batch = approved(world.leader)
    ordinary = services.act

    def broken(**given: object) -> object:
        if str(given["uid"]) == first:
            raise ValueError("a template that fails")
        return ordinary(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(services, "act", broken)
    run_until_idle()
    found = {str(o.item.case.uid): o.kind for o in BatchOutcome.objects.filter(item__batch=batch)}
    assert found == {first: "failed", second: "done"}


def test_statements_do_not_grow_with_the_list(world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as sent:
            waiting(world.leader, SIGN)
        return len(sent)

    to_the_leader(world)
    with for_long():  # reference rows are remembered from the first look on
        waiting(world.leader, SIGN)
        one = asked()
        for _ in range(2):
            to_the_leader(world)
        assert asked() == one <= 7


def test_the_list_of_a_batch_leaves_as_a_file(world: World) -> None:
    to_the_leader(world)
    batch = approved(world.leader)
    run_until_idle()
    leader = client_of(world.leader)
    sent = {"list": "batches.sign", "format": "csv", "asked": f"dot={batch.uid}"}
    answer = leader.post("/console/tep-xuat/moi/", sent)
    assert answer.status_code == 302
    run_until_idle()
    file = leader.get(answer["Location"] + "tep")
    text = b"".join(file.streaming_content).decode()  # type: ignore[attr-defined]
    assert Case.objects.get().code in text
    assert BatchItem.objects.get().digest in text
