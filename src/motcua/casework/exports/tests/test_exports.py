"""Files of lists: what is in them, whose they are, how they end; memory and progress."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.casework.access.public import Actor
from motcua.casework.exports import lists, services, writing
from motcua.casework.exports.lists import Asked, ListSource, keyset_rows, register_list
from motcua.casework.exports.models import Export
from motcua.casework.exports.rules import Column, harmless, printed
from motcua.casework.ledger.public import Entry, entries
from motcua.casework.notices.public import notices_of
from motcua.casework.people.public import Account
from motcua.casework.testing.makers import make_agency, make_case, make_official
from motcua.foundation.errors import Bilingual, NotAllowed
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.timesource import at_time, now

COLUMNS = (
    Column("name", Bilingual("Tên", "Name"), lambda r: r[0]),
    Column("fee", Bilingual("Tiền", "Fee"), lambda r: r[1], "money"),
    Column("at", Bilingual("Lúc", "At"), lambda r: r[2], "moment"),
)
AT = dt.datetime(2026, 11, 21, 7, 30, tzinfo=dt.UTC)
ROWS = [("=HYPERLINK(1)", 1_234_567, AT), ("Nguyễn Thị Ánh", 0, None)]


def _rows(actor: Actor, asked: Asked) -> Iterator[object]:
    for number in range(int(asked.get("n", "0"))):
        yield (f"Dòng {number}", number, AT)
    if "n" not in asked:
        yield from ROWS


@pytest.fixture(autouse=True)
def source(monkeypatch: pytest.MonkeyPatch) -> ListSource:
    monkeypatch.setattr(lists, "_lists", {})
    return register_list(
        ListSource("tests.fees", Bilingual("Bảng phí", "Fees"), services.EXPORT, COLUMNS, _rows)
    )


@pytest.fixture
def officer(db: None, working_morning: dt.datetime) -> Actor:
    return make_official(make_agency(), "case_officer", name="Lê Thụ Lý")


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def made(actor: Actor, format: str = "csv", asked: str = "", language: str = "vi") -> Export:
    """Ask and let the worker run."""
    export = services.ask_export(
        actor=actor, source="tests.fees", format=format, asked=asked, language=language
    )
    run_until_idle()
    export.refresh_from_db()
    return export


def content(actor: Actor, export: Export) -> bytes:
    response = client_of(actor).get(f"/console/tep-xuat/{export.uid}/tep")
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_a_table_for_spreadsheets_in_which_nothing_runs(officer: Actor) -> None:
    data = content(officer, made(officer))
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig")))) == [
        ["Tên", "Tiền", "Lúc"],
        ["'=HYPERLINK(1)", "1234567", "21/11/2026 14:30"],
        ["Nguyễn Thị Ánh", "0", ""],
    ]


def test_a_workbook_has_numbers_dates_and_no_formulas(officer: Actor) -> None:
    book = zipfile.ZipFile(io.BytesIO(content(officer, made(officer, "xlsx", language="en"))))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "=HYPERLINK(1)" in sheet
    assert "<v>1234567</v>" in sheet
    assert "Fee" in sheet
    about = book.read("xl/worksheets/sheet2.xml").decode()
    assert "Lê Thụ Lý" in about


def test_pages_repeat_their_heading_and_count_on(
    officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "PDF_CHUNK", 60)
    document = pdfium.PdfDocument(content(officer, made(officer, "pdf", "n=100")))
    texts = [page.get_textpage().get_text_bounded() for page in document]
    assert len(texts) >= 3
    assert all("Tiền" in text and f"Trang {n}" in text for n, text in enumerate(texts, 1))
    assert "Dòng 99" in texts[-1]
    assert "100" in texts[-1]


def test_too_long_for_paper_says_what_to_do(
    officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "PDF_ROWS", 5)
    export = made(officer, "pdf", "n=6")
    assert export.state == "failed"
    page = client_of(officer).get(f"/console/tep-xuat/{export.uid}/").content.decode()
    assert "Xuất ra Excel hoặc CSV" in page
    assert "Không xuất được" in notices_of(officer)[0].subject


def test_the_ledger_says_who_took_what_and_the_notice_leads_to_it(officer: Actor) -> None:
    export = made(officer, asked="q=Nguy%E1%BB%85n")
    content(officer, export)
    told = list(entries(f"exports:{officer.account_id}"))
    assert [entry.verb for entry in told] == ["exports.ask", "exports.made", "exports.fetch"]
    assert told[1].after["rows"] == 2
    assert "Nguy" not in str(told[0].after)
    notice = notices_of(officer)[0]
    assert notice.link == f"/console/tep-xuat/{export.uid}/"
    assert "Bảng phí" in notice.body


def test_a_file_is_its_owners_alone(officer: Actor) -> None:
    export = made(officer)
    other = client_of(make_official(make_agency(), "case_officer"))
    for page in ("", "tep"):
        assert other.get(f"/console/tep-xuat/{export.uid}/{page}").status_code == 404
    assert other.post(f"/console/tep-xuat/{export.uid}/dung/").status_code == 404
    assert "Bảng phí" not in other.get("/console/tep-xuat/").content.decode()


def test_a_right_that_was_lost_closes_the_file(
    officer: Actor, source: ListSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = made(officer)
    monkeypatch.setattr(ListSource, "open_to", lambda self, actor: False)
    assert client_of(officer).get(f"/console/tep-xuat/{export.uid}/tep").status_code == 403
    with pytest.raises(NotAllowed):
        made(officer)


def test_a_file_expires_and_its_record_stays(officer: Actor) -> None:
    export = made(officer)
    with at_time(now() + dt.timedelta(days=8)):
        assert client_of(officer).get(f"/console/tep-xuat/{export.uid}/tep").status_code == 410
        assert services.tidy_exports() == 1
        export.refresh_from_db()
        assert (export.state, export.blob_id, export.rows_done) == ("gone", None, 2)
        assert services.tidy_exports() == 0


def test_the_same_wish_twice_is_one_file_and_work_never_finished_ends(officer: Actor) -> None:
    client = client_of(officer)
    wish = {"list": "tests.fees", "format": "csv", "q": "x"}
    first = client.post("/console/tep-xuat/moi/", wish)
    assert (
        client.post("/console/tep-xuat/moi/", wish).headers["Location"] == first.headers["Location"]
    )
    assert Export.objects.get().asked == "q=x"
    for n in range(services.MOST_OPEN - 1):
        client.post("/console/tep-xuat/moi/", {**wish, "q": str(n)})
    assert client.post("/console/tep-xuat/moi/", {**wish, "q": "z"}).status_code == 409
    with at_time(now() + dt.timedelta(hours=2)):
        services.tidy_exports()
    assert set(Export.objects.values_list("state", flat=True)) == {"failed"}


def test_stopping_ends_the_work_and_keeps_nothing(
    officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "PROGRESS_ROWS", 10)
    export = services.ask_export(
        actor=officer, source="tests.fees", format="csv", asked="n=30", language="vi"
    )
    seen: list[str] = []
    tell = services._Counted._tell

    def stop_midway(counted: services._Counted) -> None:
        tell(counted)
        state = client_of(officer).get(f"/console/tep-xuat/{export.uid}/?part=1").content.decode()
        seen.append(state)
        services.stop_export(actor=officer, uid=export.uid)

    monkeypatch.setattr(services._Counted, "_tell", stop_midway)
    run_until_idle()
    export.refresh_from_db()
    assert (export.state, export.blob_id) == ("stopped", None)
    assert "10 dòng" in seen[0]
    assert "every 2s" in seen[0]
    assert len(seen) == 1


def test_a_second_worker_changes_nothing(officer: Actor) -> None:
    export = made(officer)
    acts = Entry.objects.count()
    services.make_export(export.uid)
    assert Entry.objects.count() == acts


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    head = writing.Head("Bảng phí", "", "", COLUMNS, "vi")
    many = ((f"Dòng {n}", n, AT) for n in range(6_000))
    tracemalloc.start()
    try:
        writing.write_csv(head, many, tmp_path / "a.csv")
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2_000_000
    assert (tmp_path / "a.csv").read_bytes().count(b"\r\n") == 6_001


def test_keyset_pages_reach_every_row_once(officer: Actor) -> None:
    from motcua.casework.cases.public import Case

    ward = make_agency()
    same = now()
    for number in range(7):
        case = make_case(ward, code=f"K-{number}")
        Case.objects.filter(pk=case.pk).update(opened_at=same)
    rows = Case.objects.filter(receiving_agency=ward)
    with CaptureQueriesContext(connection) as seen:
        found = [case.code for case in keyset_rows(rows, "opened_at", "pk", size=3)]
    assert found == [f"K-{n}" for n in range(7)]
    assert len(seen) == 3


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1", "'=1"),
        (" +84", "' +84"),
        ("-x", "'-x"),
        ("@a", "'@a"),
        ("\tx", "'\tx"),
        ("＝1", "'＝1"),
        ("An", "An"),
    ],
)
def test_formulas_are_disarmed(text: str, safe: str) -> None:
    assert harmless(text) == safe


def test_values_are_written_as_people_do() -> None:
    assert printed(1_500_000, "money") == "1.500.000"
    assert printed(dt.date(2026, 9, 2), "day") == "02/09/2026"
