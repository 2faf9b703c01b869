"""The books of a centre: the yearly register, hand-over sheets, a paper register entered."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.casework.cases.public import Case
from motcua.foundation.errors import NotAllowed, NotFound
from motcua.foundation.timesource import CITY_ZONE, at_time, local
from motcua.subsystems.applications.models import (
    HandOver,
    PaperReceipt,
    RegisterLine,
    Slip,
    YearRegister,
)
from motcua.subsystems.applications.services import close_year, make_hand_over, print_register
from motcua.subsystems.applications.services.books import YearClosed, YearNotOver, register_rows
from motcua.subsystems.applications.services.outage import check_outage_file, import_outage_file
from motcua.subsystems.applications.tests.console import client_of
from motcua.subsystems.applications.tests.world import MARITAL, World, make_world

pytestmark = pytest.mark.django_db
CODE = "1.004873"
NEXT_YEAR = dt.datetime(2027, 1, 4, 9, 0, tzinfo=CITY_ZONE)


@pytest.fixture
def world(working_morning: dt.datetime) -> World:
    return make_world()


def paper_file(*changes: dict[str, str]) -> str:
    """A filled-in file: one line for each set of changed cells."""
    cells = {
        "so_so_giay": "01", "tiep_nhan_luc": "17/11/2026 14:10", "ho_ten": "Trần Thị Lan",
        "so_dinh_danh": "079190001234", "muc_thu": "15.000",
    }  # fmt: skip
    for name, value in {**MARITAL, "result_channel": "counter"}.items():
        if isinstance(value, dict):
            cells |= {f"{name}.{part}": text for part, text in value.items()}
        else:
            cells[name] = "có" if value is True else str(value)
    rows = [{**cells, **change} for change in changes]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff" + out.getvalue()


def test_the_register_counts_on_and_is_closed_for_good(world: World) -> None:
    centre = world.centre.pk
    first = world.file()
    print_register(actor=world.clerk, agency_id=centre, year=2026)
    world.file()
    print_register(actor=world.clerk, agency_id=centre, year=2026)
    register = YearRegister.objects.get()
    assert [row["order"] for row in register_rows(register)] == [1, 2]
    assert str(RegisterLine.objects.get(number=1).case.uid) == first
    with pytest.raises(YearNotOver):
        close_year(actor=world.head, agency_id=centre, year=2026)
    with at_time(NEXT_YEAR):
        with pytest.raises(NotAllowed):
            close_year(actor=world.clerk, agency_id=centre, year=2026)
        sealed = close_year(actor=world.head, agency_id=centre, year=2026)
        with pytest.raises(YearClosed):
            close_year(actor=world.head, agency_id=centre, year=2026)
        again = print_register(actor=world.clerk, agency_id=centre, year=2026)
        assert again.pk == sealed.pk  # the closed copy, nothing new
        late = paper_file({"tiep_nhan_luc": "30/12/2026 09:00"})
        done = import_outage_file(actor=world.clerk, agency_id=centre, code=CODE, text=late)
    assert "Sổ theo dõi năm 2026 đã khóa" in done.errors[0].text.vi
    assert Case.objects.count() == 2


def test_each_dossier_is_handed_over_once_each_way(world: World) -> None:
    centre, ward = world.centre.pk, world.ward.pk
    uid = world.file()
    world.do("clerk", uid, "accept")
    with pytest.raises(NotFound):
        make_hand_over(actor=world.clerk, agency_id=centre, other_id=ward, direction="out")
    world.do("clerk", uid, "forward")
    clerk = client_of(world.clerk)
    page = clerk.get("/console/giao-nhan/").content.decode()
    assert str(Case.objects.get().code) in page
    made = clerk.post("/console/giao-nhan/", {"agency": ward, "direction": "out"})
    assert clerk.get(made["Location"])["Content-Type"] == "application/pdf"
    sheet = HandOver.objects.get()
    assert sheet.document is not None
    assert sheet.document.full_number
    with pytest.raises(NotFound):
        make_hand_over(actor=world.clerk, agency_id=centre, other_id=ward, direction="out")
    with pytest.raises(NotAllowed):
        make_hand_over(actor=world.officer, agency_id=centre, other_id=ward, direction="out")


def test_a_paper_register_is_entered_with_its_true_times_and_never_twice(world: World) -> None:
    text = paper_file({}, {"so_so_giay": "02", "tiep_nhan_luc": "17/11/2026 15:40"})
    sent = {"actor": world.clerk, "agency_id": world.centre.pk, "code": CODE, "text": text}
    done = import_outage_file(**sent)
    assert list(done.errors) == []
    assert list(done.made) == ["H29.130.1-261117-0001", "H29.130.1-261117-0002"]
    case = Case.objects.order_by("pk")[0]
    true = dt.datetime(2026, 11, 17, 14, 10, tzinfo=CITY_ZONE)
    assert (case.state, case.channel, case.opened_at) == ("received", "counter", true)
    assert case.received_at == true
    assert case.due_at is not None
    assert local(case.due_at).date() <= dt.date(2026, 11, 20)
    assert PaperReceipt.objects.get(case=case).number == "01"
    assert "2026-11-17T14:10" in Slip.objects.get(case=case, form="01").data
    again = import_outage_file(**sent)
    assert (list(again.made), list(again.known)) == ([], ["01", "02"])
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    ("cells", "line", "column"),
    [
        ({"tiep_nhan_luc": "hôm qua"}, 3, "tiep_nhan_luc"),
        ({"tiep_nhan_luc": "19/11/2026 09:00"}, 3, "tiep_nhan_luc"),
        ({"so_dinh_danh": "123"}, 3, "so_dinh_danh"),
        ({"so_so_giay": "01"}, 3, "so_so_giay"),
        ({"muc_thu": "nhiều"}, 3, "muc_thu"),
        ({"person_sex": "khác nữa"}, 3, "person_sex"),
        ({"copies": "một"}, 3, "copies"),
    ],
)
def test_faults_are_named_by_line_and_column_and_nothing_is_written(
    world: World, cells: dict[str, str], line: int, column: str
) -> None:
    text = paper_file({}, {"so_so_giay": "02", **cells})
    sent = {"actor": world.clerk, "agency_id": world.centre.pk, "code": CODE, "text": text}
    _rows, errors = check_outage_file(**sent)
    assert [(e.line, e.column) for e in errors] == [(line, column)]
    import_outage_file(**sent)
    assert not Case.objects.exists()


def test_the_page_gives_a_template_and_checks_before_it_enters(world: World) -> None:
    clerk = client_of(world.clerk)
    address = "/console/nhap-so-giay/"
    assert client_of(world.head).get(address).status_code == 403
    template = clerk.get(f"{address}mau.csv", {"code": CODE}).content.decode()
    header = template.removeprefix("\ufeff").splitlines()[0].split(",")
    assert header[:2] == ["so_so_giay", "tiep_nhan_luc"]
    assert "requester_address.commune" in header
    empty = SimpleUploadedFile("a.csv", template.encode(), "text/csv")
    assert "0 dòng đúng" in clerk.post(address, {"code": CODE, "file": empty}).content.decode()
    odd = SimpleUploadedFile("a.csv", b"\xff\xfe\x00", "text/csv")
    assert clerk.post(address, {"code": CODE, "file": odd}).status_code == 422
    good = SimpleUploadedFile("a.csv", paper_file({}).encode(), "text/csv")
    checked = clerk.post(address, {"code": CODE, "file": good})
    assert "1 dòng đúng" in checked.content.decode()
    assert not Case.objects.exists()
    entered = clerk.post(address, {"code": CODE, "text": paper_file({}), "enter": "1"})
    assert "Đã nhập 1 hồ sơ" in entered.content.decode()
