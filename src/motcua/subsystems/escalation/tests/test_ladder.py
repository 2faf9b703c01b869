"""The ladder on real clocks: pauses, extensions, mergers, a worker that was away, the digest."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.casework.access.public import SYSTEM, Actor
from motcua.casework.agencies.public import Agency
from motcua.casework.cases.public import Case
from motcua.casework.clock.public import Due, Limit, Policy, extend, resume, start, suspend
from motcua.casework.ledger.public import Entry
from motcua.casework.notices.public import notices_of
from motcua.casework.testing.makers import make_agency, make_case, make_official
from motcua.foundation.errors import InvalidInput, NotAllowed, NotFound
from motcua.foundation.remembering import for_long
from motcua.foundation.timesource import CITY_ZONE, at_time
from motcua.subsystems.applications.tests.console import client_of
from motcua.subsystems.escalation.models import Explanation, LadderRow, Passed, Telling, Watch
from motcua.subsystems.escalation.rules import Rung
from motcua.subsystems.escalation.selectors import panel_of
from motcua.subsystems.escalation.services import (
    explain,
    send_digests,
    set_ladder,
    sweep,
    telling,
)


class Ward:
    """A ward with its officials and a supervisor over the city."""

    def __init__(self) -> None:
        self.agency: Agency = make_agency()
        self.officer = make_official(self.agency, "case_officer")
        self.head = make_official(self.agency, "division_head")
        self.leader = make_official(self.agency, "leader")
        city = make_agency(level="city", kind="city")
        self.supervisor = make_official(city, "supervisor")

    def case(self, days: int = 10, **more: object) -> Case:
        """A dossier accepted now, with so many working days."""
        from motcua.foundation.timesource import now

        values: dict[str, object] = {
            "kind": "application", "state": "processing", "holder_role": "case_officer",
        }  # fmt: skip
        case = make_case(self.agency, **(values | more))  # type: ignore[arg-type]
        due = start(
            actor=SYSTEM, case_id=case.pk, at=now(), limit=Limit(days, "working_day"),
            agency_id=self.agency.pk, legal_basis="thử", policy=Policy("pause"),
        )  # fmt: skip
        return mirror(case, due)


def mirror(case: Case, due: Due) -> Case:
    Case.objects.filter(pk=case.pk).update(due_at=due.at, clock_state=due.state)
    case.refresh_from_db()
    return case


def moment(day: int, hour: int = 10, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, tzinfo=CITY_ZONE)


def swept(at: dt.datetime) -> None:
    with at_time(at):
        while sweep(at):
            pass


def passed(case: Case) -> list[tuple[str, bool]]:
    rows = Passed.objects.filter(case=case).order_by("passed_at", "pk")
    return [(row.key, row.told) for row in rows]


def told(actor: Actor) -> Counter[str]:
    return Counter(notice.template for notice in notices_of(actor))


@pytest.fixture
def ward(db: None, working_morning: dt.datetime) -> Ward:
    return Ward()


def test_each_rung_is_told_once_to_those_it_names(ward: Ward) -> None:
    # Accepted on Wednesday 18 November; the 24th is a day off: due on Thursday 3 December, 17:00.
    case = ward.case()
    assert case.due_at == moment(3, 17, 12)
    swept(moment(25))
    assert not passed(case)
    swept(moment(27))  # five of ten days are over on the 26th
    swept(moment(27, 11))
    assert passed(case) == [("share:50", True)]
    assert (told(ward.officer), told(ward.head)) == ({"ladder.share": 1}, {})
    swept(moment(2, month=12))
    assert passed(case)[1:] == [("share:80", False), ("before:1", True)]
    assert told(ward.head) == {"ladder.before": 1}
    swept(moment(4, 8, 12))
    assert passed(case)[3:] == [("overdue:0", True)]
    assert told(ward.leader) == {"ladder.overdue": 1}
    assert not told(ward.supervisor)
    swept(moment(10, 18, 12))
    swept(moment(17, 18, 12))
    assert [key for key, _told in passed(case)[4:]] == ["again:5:1", "again:5:2"]
    assert told(ward.supervisor) == {"ladder.overdue": 2}
    assert told(ward.officer)["ladder.overdue"] == 1


def test_a_worker_that_was_away_tells_only_the_highest(ward: Ward) -> None:
    case = ward.case()
    swept(moment(18, 11, 12))
    assert passed(case) == [
        ("share:50", False), ("share:80", False), ("before:1", False), ("overdue:0", False),
        ("again:5:2", True),
    ]  # fmt: skip
    assert told(ward.leader) == {"ladder.overdue": 1}
    assert not told(ward.officer)


def test_what_is_paused_counts_nothing(ward: Ward) -> None:
    case = ward.case()
    with at_time(moment(20)):
        due = suspend(actor=SYSTEM, case_id=case.pk, at=moment(20), reason="bổ sung",
                      legal_basis="thử")  # fmt: skip
        mirror(case, due)
    swept(moment(10, month=12))
    assert not passed(case)
    with at_time(moment(10, month=12)):
        case = mirror(case, resume(actor=SYSTEM, case_id=case.pk, at=moment(10, month=12)))
    swept(moment(14, month=12))
    assert not passed(case)
    assert case.due_at is not None
    assert case.due_at > moment(21, month=12)
    swept(moment(16, month=12))
    assert passed(case) == [("share:50", True)]


def test_an_extension_begins_a_new_due_date(ward: Ward) -> None:
    case = ward.case()
    swept(moment(1, month=12))
    before = passed(case)
    with at_time(moment(1, month=12)):
        due = extend(actor=SYSTEM, case_id=case.pk, at=moment(1, month=12), reason="xin lỗi",
                     limit=Limit(10, "working_day"), legal_basis="thử")  # fmt: skip
        case = mirror(case, due)
    swept(moment(1, 11, 12))
    assert case.due_at == moment(17, 17, 12)
    assert passed(case) == before  # 8 of 20 days: under half of the longer period
    swept(moment(4, month=12))
    fresh = Passed.objects.filter(case=case, due_at=case.due_at)
    assert [(row.key, row.told) for row in fresh] == [("share:50", True)]
    # The old date passes without a word.
    assert not told(ward.leader)


def test_after_a_merger_the_successor_is_told_and_nothing_begins_anew(ward: Ward) -> None:
    case = ward.case()
    swept(moment(27))
    heir = make_agency("Phường mới")
    officer, leader = make_official(heir, "case_officer"), make_official(heir, "leader")
    Case.objects.filter(pk=case.pk).update(holder_agency=heir, competent_agency=heir)
    swept(moment(27, 12))
    assert passed(case) == [("share:50", True)]
    swept(moment(4, month=12))
    assert told(leader) == {"ladder.overdue": 1}
    assert told(officer)["ladder.overdue"] == 1
    assert "ladder.overdue" not in told(ward.officer)


def test_who_has_it_is_told_rather_than_the_desk(ward: Ward) -> None:
    mine = make_official(ward.agency, "case_officer")
    case = ward.case()
    Case.objects.filter(pk=case.pk).update(assignee_id=mine.account_id)
    swept(moment(27))
    assert told(mine) == {"ladder.share": 1}
    assert not told(ward.officer)


def test_short_and_closed_ones(ward: Ward) -> None:
    short, closed = ward.case(1), ward.case()
    swept(moment(18, 11))
    Case.objects.filter(pk=closed.pk).update(is_open=False)
    swept(moment(27))
    assert list(Watch.objects.values_list("case_id", flat=True)) == [short.pk]
    assert "before:1" not in {key for key, _told in passed(short)}
    assert not passed(closed)


def test_more_than_some_a_day_wait_for_the_morning(ward: Ward) -> None:
    for _ in range(8):
        ward.case()
    swept(moment(27))
    assert told(ward.officer) == {"ladder.share": 5}
    assert Telling.objects.filter(told_at=None).count() == 3
    assert not send_digests(moment(30, 7))  # too early
    assert not send_digests(moment(29))  # a Sunday
    send_digests(moment(30, 8))
    send_digests(moment(30, 9))
    assert told(ward.officer) == {"ladder.share": 5, "ladder.digest": 1}
    digest = next(n for n in notices_of(ward.officer) if n.template == "ladder.digest")
    assert digest.body.startswith("3 hồ sơ")
    assert not Telling.objects.filter(told_at=None).exists()


def statements(at: dt.datetime) -> int:
    with at_time(at), CaptureQueriesContext(connection) as sent:
        sweep(at)
    return sum(not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
               for q in sent.captured_queries)  # fmt: skip


def test_a_turn_costs_the_same_for_few_and_for_many(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "AT_ONCE", 100)
    with for_long():  # reference rows are remembered from the first turn on, also on a slow day
        ward.case()
        statements(moment(27))
        assert statements(moment(27)) <= 3  # nothing to do
        for _ in range(3):
            ward.case()
        few = statements(moment(27))
        for _ in range(12):
            ward.case()
        many = statements(moment(27))
    assert many == few <= 18
    assert Watch.objects.count() == Passed.objects.count() == 16


def test_a_new_ladder_holds_from_its_day(ward: Ward) -> None:
    case = ward.case()
    rungs = [Rung("share", 20, ("leader",)), Rung("overdue", 0, ("officer",))]
    given = {"rungs": rungs, "valid_from": dt.date(2026, 11, 24), "reason": "Nhắc sớm hơn"}
    for who in (ward.officer, ward.leader):
        with pytest.raises(NotAllowed):
            set_ladder(actor=who, **given)  # type: ignore[arg-type]
    with pytest.raises(InvalidInput):
        set_ladder(actor=ward.supervisor, **(given | {"valid_from": dt.date(2026, 11, 17)}))  # type: ignore[arg-type]
    set_ladder(actor=ward.supervisor, **given)  # type: ignore[arg-type]
    swept(moment(23))
    assert not passed(case)
    swept(moment(24))
    assert passed(case) == [("share:20", True)]
    assert told(ward.leader) == {"ladder.share": 1}
    assert Entry.objects.filter(chain="escalation").count() == 1


def test_an_agency_may_have_its_own(ward: Ward) -> None:
    other = make_agency()
    set_ladder(
        actor=ward.supervisor, rungs=[Rung("share", 10, ("officer",))],
        valid_from=dt.date(2026, 11, 18), reason="Thử", agency_id=ward.agency.pk,
    )  # fmt: skip
    mine, theirs = ward.case(), ward.case()
    Case.objects.filter(pk=theirs.pk).update(holder_agency=other)
    swept(moment(20))
    assert passed(mine) == [("share:10", True)]
    assert not passed(theirs)


def test_the_page_shows_and_sets_the_ladder(ward: Ward) -> None:
    client = client_of(ward.supervisor)
    page = client.get("/console/thang-nhac-han/")
    assert page.status_code == 200
    assert "đã dùng 80 % thời gian" in page.content.decode()
    sent = {"when_1": "share", "amount_1": "x", "tell_1": "officer", "reason": "Thử",
            "valid_from": "2026-11-20"}  # fmt: skip
    refused = client.post("/console/thang-nhac-han/moi/", sent)
    assert refused.status_code == 422
    assert 'value="x"' in refused.content.decode()
    assert client.post("/console/thang-nhac-han/moi/", sent | {"amount_1": "60"}).status_code == 302
    assert LadderRow.objects.get().rungs[0]["amount"] == 60
    assert client.get("/console/thang-nhac-han/").status_code == 200
    assert client_of(ward.officer).get("/console/thang-nhac-han/").status_code == 403


def test_a_late_case_is_explained_by_those_who_handle_it(ward: Ward) -> None:
    case = ward.case()
    swept(moment(4, month=12))
    row = Passed.objects.get(case=case, explain=True)
    panel = panel_of(ward.officer, case)
    assert panel is not None
    assert panel.open
    stranger = make_official(make_agency(), "case_officer")
    with pytest.raises(NotFound):
        explain(actor=stranger, uid=case.uid, passed_id=row.pk, text="x")
    with pytest.raises(InvalidInput):
        explain(actor=ward.officer, uid=case.uid, passed_id=row.pk, text=" ")
    explain(actor=ward.officer, uid=case.uid, passed_id=row.pk, text="Chờ cơ quan thuế")
    assert Explanation.objects.get().text == "Chờ cơ quan thuế"
    assert "thuế" not in str(Entry.objects.get(verb="escalation.explain").after)
    after = panel_of(ward.officer, case)
    assert after is not None
    assert not after.open
