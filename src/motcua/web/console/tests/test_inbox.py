"""The inbox: order, filters, counts, keyset pages, bulk acts, the table file, cost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.casework.access.public import Actor
from motcua.casework.agencies.public import Agency
from motcua.casework.cases.public import Case, SavedView
from motcua.casework.exports.public import list_of
from motcua.casework.people.public import Account
from motcua.casework.testing.makers import (
    make_agency,
    make_case,
    make_citizen,
    make_official,
)
from motcua.foundation.timesource import now
from motcua.web.console import inbox, lists

pytestmark = pytest.mark.django_db


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


@pytest.fixture
def ward(working_morning: dt.datetime) -> Agency:
    return make_agency(code="ubnd-test")


def _due(case: Case, hours: int, **more: object) -> Case:
    at = now() + dt.timedelta(hours=hours)
    Case.objects.filter(pk=case.pk).update(due_at=at, sort_due=at, clock_state="running", **more)
    return case


def _codes(client: Client, query: str = "") -> list[str]:
    screen = client.get(f"/console/{query}").context["screen"]
    return [shown.row.code for shown in screen.rows]


def _fill(ward: Agency, officer: Actor, count: int = 5) -> list[Case]:
    citizen = make_citizen()
    cases = [make_case(ward, applicant=citizen, code=f"A-{n}") for n in range(count)]
    for n, case in enumerate(cases):
        _due(case, 24 * (count - n) - 30)
    return cases


def test_nearest_deadline_first_with_how_late(ward: Agency) -> None:
    officer = make_official(ward, "case_officer")
    _fill(ward, officer)
    client = client_of(officer)
    assert _codes(client) == ["A-4", "A-3", "A-2", "A-1", "A-0"]
    page = client.get("/console/").content.decode()
    assert "Quá hạn" in page
    assert "Trễ" in page


def test_views_filters_and_counts(ward: Agency) -> None:
    officer = make_official(ward, "case_officer")
    cases = _fill(ward, officer)
    Case.objects.filter(pk=cases[0].pk).update(assignee_id=officer.account_id)
    Case.objects.filter(pk=cases[1].pk).update(state="working", subject_code="1.1")
    client = client_of(officer)
    counts = {tab["key"]: tab["count"] for tab in client.get("/console/").context["screen"].tabs}
    assert counts == {"all": "5", "mine": "1", "unassigned": "4", "late": "1"}
    assert _codes(client, "?view=mine") == ["A-0"]
    assert _codes(client, "?view=late") == ["A-4"]
    assert _codes(client, "?state=working") == ["A-1"]
    assert _codes(client, "?procedure=1.1") == ["A-1"]
    assert _codes(client, "?code=a-3") == ["A-3"]
    assert _codes(client, "?role=leader") == []


def test_pages_by_keyset_reach_every_case_once(
    ward: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = make_official(ward, "case_officer")
    _fill(ward, officer, 7)
    client = client_of(officer)
    whole = inbox.inbox
    monkeypatch.setattr(inbox, "inbox", lambda *a, **k: whole(*a, **{**k, "size": 3}))
    seen: list[str] = []
    address = "/console/"
    while address:
        screen = client.get(address).context["screen"]
        seen += [shown.row.code for shown in screen.rows]
        address = screen.next
    assert seen == [f"A-{n}" for n in (6, 5, 4, 3, 2, 1, 0)]


def test_a_broken_page_link_is_refused_in_words(ward: Agency) -> None:
    officer = make_official(ward, "case_officer")
    assert client_of(officer).get("/console/?after=xyz").status_code == 422


def test_the_page_costs_at_most_six_statements(
    ward: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The names of procedures are remembered for minutes; here there are none to remember.
    monkeypatch.setattr(inbox, "procedure_options", list)
    officer = make_official(ward, "case_officer")
    _fill(ward, officer, 20)
    client = client_of(officer)
    client.get("/console/")
    with CaptureQueriesContext(connection) as seen:
        client.get("/console/?view=unassigned&state=new")
    assert len(seen) <= 6, "\n".join(query["sql"][:160] for query in seen)


def test_taking_and_giving_several_at_once(ward: Agency) -> None:
    officer = make_official(ward, "case_officer", name="Lê Thụ Lý")
    head = make_official(ward, "division_head")
    cases = _fill(ward, officer, 3)
    stranger = make_case(make_agency())
    client = client_of(officer)
    chosen = [str(case.uid) for case in (*cases[:2], stranger)]
    page = client.post("/console/viec-da-chon/", {"uid": chosen, "verb": "take"}, follow=True)
    assert "Đã giao 2 hồ sơ" in page.content.decode()
    assert Case.objects.filter(assignee_id=officer.account_id).count() == 2
    chief = client_of(head)
    asked = chief.post("/console/viec-da-chon/", {"uid": chosen[:1], "verb": "assign"})
    assert "Lê Thụ Lý" in asked.content.decode()
    chief.post(
        "/console/viec-da-chon/",
        {"uid": [str(cases[2].uid)], "verb": "assign", "account": str(officer.account_id)},
    )
    assert Case.objects.filter(assignee_id=officer.account_id).count() == 3
    nothing = client.post("/console/viec-da-chon/", {"verb": "take"}, follow=True)
    assert "Hãy đánh dấu ít nhất một hồ sơ" in nothing.content.decode()


def test_the_selection_goes_out_as_a_file_with_the_chosen_columns(
    ward: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = make_official(ward, "case_officer")
    cases = _fill(ward, officer, 4)
    Case.objects.filter(pk=cases[0].pk).update(title="=1+1")
    monkeypatch.setattr(lists, "PAGE", 3)
    asked = QueryDict("state=new&columns=code,procedure,why").dict()
    source = list_of("console.inbox")
    columns = source.chosen(asked)
    assert [column.key for column in columns] == ["code", "procedure", "why"]
    rows = [[column.value(row) for column in columns] for row in source.rows(officer, asked)]
    assert [row[0] for row in rows] == ["A-3", "A-2", "A-1", "A-0"]
    assert rows[-1][1] == "=1+1"
    assert "chưa giao ai" in rows[0][2]
    assert rows[-1][2] == ""
    stranger = make_official(make_agency(), "case_officer")
    assert list(source.rows(stranger, asked)) == []


def test_the_page_offers_its_selection_as_a_file(ward: Agency) -> None:
    client = client_of(make_official(ward, "case_officer"))
    page = client.get("/console/?view=late&code=a-3").content.decode()
    assert 'name="asked" value="view=late&amp;code=a-3"' in page


def test_an_empty_inbox_says_what_would_appear(ward: Agency) -> None:
    officer = make_official(ward, "case_officer")
    assert "Hộp việc trống" in client_of(officer).get("/console/").content.decode()
    assert "khớp" in client_of(officer).get("/console/?code=zzz").content.decode()


def test_only_officials_with_a_post_come_in(ward: Agency) -> None:
    assert Client().get("/console/").status_code == 302
    assert client_of(make_citizen()).get("/console/").status_code == 404


def _save(client: Client, **form: str) -> str:
    """Save a view; where it leads."""
    return client.post("/console/che-do-xem/", {"verb": "save", **form}).headers["Location"]


def _tabs(client: Client, address: str = "/console/") -> dict[str, str]:
    return {t["text"]: t["count"] for t in client.get(address).context["screen"].tabs[4:]}


def test_columns_are_chosen_and_kept_in_the_address(ward: Agency) -> None:
    officer = make_official(ward, "case_officer")
    _fill(ward, officer, 2)
    client = client_of(officer)
    page = client.get("/console/?columns=channel&columns=code&columns=why&columns=nonsense")
    assert page.context["screen"].query.columns == ("code", "why", "channel")
    text = page.content.decode()
    assert "Vì sao trễ" in text
    assert "chưa giao ai" in text
    assert "Trực tuyến" in text
    assert "columns=code%2Cwhy%2Cchannel" in page.context["screen"].asked


def test_views_are_saved_counted_shared_changed_and_dropped(ward: Agency) -> None:
    officer, colleague = make_official(ward, "case_officer"), make_official(ward, "leader")
    _fill(ward, officer, 3)
    mine, other = client_of(officer), client_of(colleague)
    late = _save(mine, name="Quá hạn của phòng", asked="view=late&columns=code,why", shared="1")
    _save(mine, name="Hồ sơ A-0", asked="code=a-0")
    assert _tabs(mine, late) == {"Quá hạn của phòng": "1", "Hồ sơ A-0": "1"}
    assert _tabs(other) == {"Quá hạn của phòng (Nguyễn Văn Bình)": "1"}
    screen = mine.get(late).context["screen"]
    uid = screen.current.uid
    assert screen.query.columns == ("code", "why")
    assert other.post("/console/che-do-xem/", {"verb": "delete", "uid": uid}).status_code == 302
    assert len(_tabs(mine)) == 2, "another official's view stays"
    second = mine.get("/console/").context["screen"].tabs[5]["key"]
    mine.post("/console/che-do-xem/", {"verb": "forward", "uid": second})
    assert list(_tabs(mine)) == ["Hồ sơ A-0", "Quá hạn của phòng"]
    mine.post("/console/che-do-xem/", {"verb": "update", "uid": uid, "name": "Trễ", "asked": ""})
    assert _tabs(mine) == {"Hồ sơ A-0": "1", "Trễ": "3"}
    assert _tabs(other, "/console/?fresh=1") == {}, "no longer shared"
    mine.post("/console/che-do-xem/", {"verb": "delete", "uid": uid})
    assert list(_tabs(mine)) == ["Hồ sơ A-0"]
    nameless = mine.post("/console/che-do-xem/", {"verb": "save", "name": " "}, follow=True)
    assert "Đặt tên ngắn" in nameless.content.decode()


def test_however_many_views_the_page_costs_the_same(
    ward: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "procedure_options", list)
    officer = make_official(ward, "case_officer")
    client = client_of(officer)
    # Views are remembered; a save inside the test's own transaction would keep them from it.
    SavedView.objects.bulk_create(
        SavedView(
            account_id=officer.account_id, name=f"Xem {n}", asked=f"code=A-{n}", saved_at=now()
        )
        for n in range(6)
    )
    client.get("/console/")
    with CaptureQueriesContext(connection) as seen:
        assert len(_tabs(client)) == 6
    assert len(seen) <= 6
