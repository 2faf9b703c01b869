"""Both directions, with an other side that refuses, loses, repeats and forgets."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from motcua.casework.access.public import SYSTEM
from motcua.casework.attachments.tests.samples import pdf
from motcua.casework.cases.public import Case
from motcua.casework.ledger.public import check_ledger
from motcua.foundation.errors import DomainError
from motcua.foundation.outbox.public import EventMessage, run_until_idle
from motcua.foundation.timesource import at_time, now, today
from motcua.subsystems.applications.tests.world import MARITAL, World, make_world
from motcua.subsystems.national_portal.models import InboundDossier, SyncedDossier, SyncMessage
from motcua.subsystems.national_portal.services import collect_filed, deliver, reconcile
from motcua.subsystems.national_portal.tasks import write_payment_down
from motcua.subsystems.national_portal.tests.conftest import Other

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return make_world()


def _walk(world: World) -> Case:
    """File, accept, forward: three acts, each told."""
    uid = world.file()
    world.do("clerk", uid, "accept")
    world.do("clerk", uid, "forward")
    return Case.objects.get(uid=uid)


def _settle(case: Case) -> SyncedDossier:
    """Let the worker try until the dossier rests, time passing between the tries."""
    at = now()
    for minutes in range(0, 40 * 60, 30):
        with at_time(at + dt.timedelta(minutes=minutes)):
            run_until_idle()
            row = SyncedDossier.objects.get(pk=case.pk)
            if row.state != "waiting":
                return row
    raise AssertionError("never came to rest")


def _once_each(other: Other, case: Case) -> None:
    """Every step of the history took effect over there exactly once."""
    steps = {
        mark: times
        for (service, mark), times in other.simulator.applied().items()
        if service == "CapNhatTienDoHoSoMC"
    }
    assert steps == {f"{case.code}#{n}": 1 for n in range(1, case.changes.count() + 1)}


def test_a_dossier_is_told_as_it_goes(world: World, other: Other) -> None:
    case = _walk(world)
    assert _settle(case).last_state == "4"
    _once_each(other, case)
    told = other.simulator.dossier(case.code or "")
    assert told["TrangThaiHoSo"] == "4"
    assert told["MaTTHC"] == "1.004873"
    assert told["KenhThucHien"] == "2"
    assert told["NgayNopHoSo"] == f"{case.opened_at.astimezone(world_zone()):%Y%m%d%H%M%S}"
    assert not SyncMessage.objects.exclude(body="").exists()  # nothing personal is kept twice


def test_a_payment_alone_is_told_once(world: World, other: Other) -> None:
    case = _walk(world)
    _settle(case)
    before = SyncMessage.objects.filter(dossier_id=case.pk).count()
    payload = {"case_id": case.pk, "receipt_id": 7}
    paid = EventMessage(9, "payments.collected", str(case.uid), payload, now())
    for _ in range(2):
        with transaction.atomic():
            write_payment_down(paid)
    assert _settle(case).state == "synced"
    told = SyncMessage.objects.filter(dossier_id=case.pk).order_by("-pk")
    assert told.count() == before + 1
    assert (told[0].kind, told[0].mark) == ("dossier", f"{case.changes.count()}:paid7")
    _once_each(other, case)


def world_zone() -> dt.tzinfo:
    from motcua.foundation.timesource import CITY_ZONE

    return CITY_ZONE


@pytest.mark.parametrize(
    "faults",
    [
        {"lose_answer": 0.5},
        {"busy": 0.5},
        {"log_out": 0.4},
        {"lose_answer": 0.3, "busy": 0.3, "log_out": 0.2},
        {"lose_answer": 0.5, "remembers_transactions": False},
    ],
)
def test_whatever_gets_lost_each_step_takes_effect_once(
    world: World, other: Other, faults: dict[str, Any]
) -> None:
    for name, value in faults.items():
        setattr(other.faults, name, value)
    case = _walk(world)
    assert _settle(case).state == "synced"
    _once_each(other, case)


class Died(BaseException):
    """Stands for kill -9: nothing after it runs, not even an except clause for errors."""


@pytest.mark.parametrize("moment", ["before sending", "after sending"])
def test_a_worker_that_dies_repeats_nothing(
    world: World, other: Other, moment: str, monkeypatch: Any
) -> None:
    from motcua.subsystems.national_portal.ports import portal
    from motcua.subsystems.national_portal.services import delivering

    case = _walk(world)
    real, died = portal().send, []

    def send(service: str, transaction: str, rows: Any) -> Any:
        if not died:
            died.append(transaction)
            if moment == "after sending":
                real(service, transaction, rows)
            raise Died
        return real(service, transaction, rows)

    monkeypatch.setattr(portal(), "send", send)
    monkeypatch.setattr(delivering, "_release", lambda _case_id, go_on: None)
    with pytest.raises(Died):
        deliver_written(case)
    monkeypatch.undo()
    assert _settle(case).state == "synced"
    _once_each(other, case)


def deliver_written(case: Case) -> None:
    """Write the messages down as the worker's subscriber does, then hand over."""
    from motcua.subsystems.national_portal.services import report_dossier

    with transaction.atomic():
        report_dossier(case.pk)
    deliver(case.pk)


def test_two_workers_on_one_dossier_do_not_meet(world: World, other: Other) -> None:
    case = _walk(world)
    with at_time(now()):
        run_until_idle()
    SyncedDossier.objects.update(leased_until=now() + dt.timedelta(seconds=60))
    with pytest.raises(DomainError) as busy:
        deliver(case.pk)
    assert busy.value.code == "portal-busy"


def test_an_outage_multiplies_nothing(world: World, other: Other, settings: Any) -> None:
    from motcua.foundation.outbox.models import Job

    settings.MOTCUA_NATIONAL_PORTAL_URL = "http://127.0.0.1:9"  # nobody is there
    _walk(world)
    run_until_idle()
    jobs = Job.objects.filter(queue="national_portal.deliver")
    before = jobs.count()
    at = now()
    for minutes in (10, 30, 60):
        with at_time(at + dt.timedelta(minutes=minutes)):
            run_until_idle()
    assert jobs.count() == before
    assert not Job.objects.filter(queue="national_portal.collect", state=Job.State.DEAD).exists()


def test_a_refused_dossier_waits_for_a_person_and_goes_on(
    world: World, other: Other, client: Any
) -> None:
    other.faults.refuse = 1.0
    case = _walk(world)
    row = _settle(case)
    assert (row.state, row.problem) == ("refused", "DU_LIEU_SAI: Dữ liệu không hợp lệ")
    assert other.simulator.applied() == {}
    other.faults.refuse = 0.0
    _console(world, client)
    page = client.get("/console/cong-quoc-gia/")
    assert case.code in page.content.decode()
    client.post("/console/cong-quoc-gia/gui-lai/", {"case": [case.pk]})
    assert _settle(case).state == "synced"
    _once_each(other, case)
    assert list(check_ledger()) == []


def _console(world: World, client: Any) -> None:
    from motcua.casework.people.public import Account
    from motcua.casework.testing.makers import make_agency, make_official

    city = make_agency("Văn phòng", level="city", kind="city", code="vp-tp")
    keeper = make_official(city, "administrator", name="Quản trị")
    client.force_login(Account.objects.get(pk=keeper.account_id))


def test_what_the_portal_forgot_is_told_again(world: World, other: Other) -> None:
    case = _walk(world)
    _settle(case)
    other.simulator.forget_dossier(case.code or "")
    run = reconcile(actor=SYSTEM, since=today(), until=today())
    assert run.differing == [[case.code, "4", ""]]
    assert run.requeued == 1
    _settle(case)
    again = reconcile(actor=SYSTEM, since=today(), until=today())
    assert (again.differing, again.ours, again.theirs) == ([], 1, 1)


def filed_there(code: str = "000.00.22.G22-261118-0001", **more: Any) -> dict[str, Any]:
    """A dossier as the portal hands it over."""
    return {
        "MaHoSo": code,
        "MaTTHC": "1.004873",
        "ChuHoSo": "Trần Thị Lan",
        "LoaiDoiTuong": "1",
        "MaDoiTuong": "079190001234",
        "SoDienThoai": "0901234567",
        "Email": "lan@example.vn",
        "DiaChi": "12 Lê Lợi",
        "NgayNopHoSo": "20261118080000",
        "HinhThuc": "2",
        "MaDonVi": "H29.130.1",
        "DuLieuBieuMau": MARITAL,
        "TaiLieuNop": [],
    } | more


def _come_in() -> None:
    collect_filed()
    run_until_idle()


def test_what_was_filed_there_becomes_a_dossier_here(world: World, other: Other) -> None:
    other.simulator.put_file("giay.pdf", pdf())
    paper = {
        "MaThanhPhanHoSo": "khac",
        "TenTepDinhKem": "giay.pdf",
        "DuongDanTaiTepTin": f"{other.url}/files/giay.pdf",
    }
    other.simulator.put_filed(filed_there(TaiLieuNop=[paper]))
    other.faults.duplicate = other.faults.reorder = True
    _come_in()
    _come_in()  # nothing is listed any more, nothing comes twice
    row = InboundDossier.objects.get()
    case = Case.objects.get()
    assert (row.state, row.case_id, row.problems) == ("filed", case.pk, [])
    assert row.confirmed_at is not None
    assert case.applicant is not None
    assert (case.applicant.full_name, case.channel, case.state) == ("Trần Thị Lan", "online", "new")
    assert case.attachments.count() == 1  # type: ignore[attr-defined]
    _settle(case)
    assert other.simulator.dossier(row.portal_code)["TrangThaiHoSo"] == "1"
    assert list(check_ledger()) == []


def test_a_lost_confirmation_files_nothing_twice(world: World, other: Other) -> None:
    other.simulator.put_filed(filed_there())
    other.faults.lose_answer = 1.0
    with pytest.raises(DomainError):
        collect_filed()
    other.faults.lose_answer = 0.0
    _come_in()
    assert (InboundDossier.objects.count(), Case.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"MaTTHC": "9.999999"}, "no-version-in-force"),
        ({"MaTTHC": "khai sinh"}, "MaTTHC"),
        ({"MaDoiTuong": "12"}, "MaDoiTuong"),
        ({"ChuHoSo": " "}, "ChuHoSo"),
        ({"NgayNopHoSo": "20261332000000"}, "NgayNopHoSo"),
        ({"MaDonVi": "H29.999"}, "MaDonVi"),
        ({"DuLieuBieuMau": None}, "DuLieuBieuMau"),
        ({"DuLieuBieuMau": MARITAL | {"copies": "many"}}, "copies"),
        ({"TaiLieuNop": [{"TenTepDinhKem": "x"}]}, "TaiLieuNop"),
    ],
)
def test_what_cannot_be_read_is_shown_to_a_person(
    world: World, other: Other, client: Any, changed: dict[str, Any], problem: str
) -> None:
    other.simulator.put_filed(filed_there(**changed))
    _come_in()
    row = InboundDossier.objects.get()
    assert (row.state, row.problems, Case.objects.count()) == ("person", [problem], 0)
    _console(world, client)
    page = client.get(f"/console/cong-quoc-gia/nhan/{row.pk}/").content.decode()
    assert problem in page
    address = f"/console/cong-quoc-gia/nhan/{row.pk}/lam/"
    assert client.post(address, {"do": "aside", "note": " "}).status_code == 422
    client.post(address, {"do": "again"})
    run_until_idle()
    assert InboundDossier.objects.get().state == "person"
    client.post(address, {"do": "aside", "note": "Đã mời người nộp đến quầy"})
    row.refresh_from_db()
    assert (row.state, row.settled_note) == ("aside", "Đã mời người nộp đến quầy")


def test_a_file_on_a_foreign_host_is_not_fetched(world: World, other: Other) -> None:
    paper = {
        "MaThanhPhanHoSo": "khac",
        "TenTepDinhKem": "a.pdf",
        "DuongDanTaiTepTin": "http://169.254.169.254/latest/meta-data/",
    }
    other.simulator.put_filed(filed_there(TaiLieuNop=[paper]))
    _come_in()
    assert InboundDossier.objects.get().problems == ["outbound-refused"]


def test_without_an_address_nothing_is_written(world: World) -> None:
    _walk(world)
    run_until_idle()
    assert not SyncedDossier.objects.exists()
