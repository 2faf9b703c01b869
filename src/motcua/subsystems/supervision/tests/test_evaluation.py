"""A period over HTTP: who sees what, what a person enters, and what closing freezes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from motcua.casework.access.public import CITY_VIEWER, Actor, grant
from motcua.casework.agencies.public import Agency
from motcua.casework.cases.public import Case
from motcua.casework.people.public import Account
from motcua.casework.testing.makers import make_agency, make_case, make_official
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.timesource import at_time
from motcua.subsystems.applications.public import Application
from motcua.subsystems.supervision.models import FrozenScore, UnitFact
from motcua.subsystems.supervision.services import open_period

pytestmark = pytest.mark.django_db
DUE = dt.datetime(2026, 8, 10, 3, tzinfo=dt.UTC)
NEXT = dt.datetime(2026, 10, 5, 3, tzinfo=dt.UTC)
UNIT = "/console/danh-gia/2026-Q3/don-vi/ubnd-a/"


class City:
    """A ward with a leader and two officers, and the city's supervisor."""

    def __init__(self) -> None:
        self.ward: Agency = make_agency(code="ubnd-a")
        self.other: Agency = make_agency(code="ubnd-b")
        self.officer = make_official(self.ward, "case_officer", name="Cán bộ A")
        self.colleague = make_official(self.ward, "case_officer", name="Cán bộ B")
        self.leader = make_official(self.ward, "leader")
        self.stranger = make_official(self.other, "leader")
        self.supervisor = make_official(make_agency(level="city"), "supervisor")

    def decided(self, days: int, contacts: int = 0) -> Case:
        """A dossier of the officer, decided so many days after its due date."""
        case = make_case(self.ward, kind="application")
        decided = DUE + dt.timedelta(days=days)
        Case.objects.filter(pk=case.pk).update(
            due_at=DUE, decided_at=decided, competent_agency=self.ward, code=f"H29-{case.pk}"
        )
        Application.objects.create(
            case=case,
            procedure_version_id=1,
            procedure_code="1.0",
            officer_id=self.officer.account_id,
            contacts=contacts,
        )
        grant([case.pk], [CITY_VIEWER, f"a:{self.ward.pk}"])
        return Case.objects.get(pk=case.pk)


@pytest.fixture
def city() -> City:
    made = City()
    open_period(actor=made.supervisor, code="2026-q3")
    return made


def _as(client: Any, actor: Actor) -> Any:
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def _person(city: City) -> str:
    return f"{UNIT}can-bo/{Account.objects.get(pk=city.officer.account_id).uid}/"


def test_a_period_from_points_to_publication(city: City, client: Any) -> None:
    city.decided(-1)
    late = city.decided(1, contacts=1)
    page = _as(client, city.supervisor).get(UNIT)
    assert str(page.context["page"].result.total) == "5.5"  # 1.0 + 1.5 + 2.0 + 1.0
    given = {"criterion": "6", "posted": "yes", "electronic": "yes", "evidence": ""}
    assert client.post(f"{UNIT}ghi/", given).status_code == 422
    assert not UnitFact.objects.exists()
    assert client.post(f"{UNIT}ghi/", given | {"evidence": "Biên bản 12"}).status_code == 302
    assert str(client.get(UNIT).context["page"].result.total) == "7.5"
    with at_time(NEXT):
        assert client.get("/danh-gia-don-vi/").context["period"] is None
        assert client.post("/console/danh-gia/2026-Q3/chot/").status_code == 302
        run_until_idle()
    Application.objects.filter(pk=late.pk).update(contacts=3)
    assert str(client.get(UNIT).context["page"].result.total) == "7.5"
    client.logout()
    public = client.get("/danh-gia-don-vi/")
    assert "7,5" in public.content.decode() or "7.5" in public.content.decode()
    assert "Cán bộ A" not in public.content.decode()
    assert FrozenScore.objects.filter(account_id=city.officer.account_id).count() == 1
    with pytest.raises(TypeError):
        FrozenScore.objects.get(account__isnull=True).save()
    again = _as(client, city.supervisor).post(f"{UNIT}ghi/", given | {"evidence": "x"})
    assert again.status_code == 409


def test_a_period_is_not_closed_before_its_end(city: City, client: Any) -> None:
    with at_time(DUE):
        answer = _as(client, city.supervisor).post("/console/danh-gia/2026-Q3/chot/")
    assert answer.status_code == 409


def test_who_sees_what(city: City, client: Any) -> None:
    case = city.decided(-1)
    person, dossier = _person(city), f"/console/danh-gia/2026-Q3/ho-so/{case.uid}/"
    seen = {
        "officer": (404, 200), "colleague": (404, 404), "leader": (200, 200),
        "stranger": (404, 404), "supervisor": (200, 200),
    }  # fmt: skip
    for who, (unit_page, person_page) in seen.items():
        _as(client, getattr(city, who))
        assert client.get(UNIT).status_code == unit_page, who
        assert client.get(person).status_code == person_page, who
        assert client.get("/console/danh-gia/2026-Q3/").status_code == 200
        opened = 404 if who in {"colleague", "stranger"} else 200
        assert client.get(dossier).status_code == opened, who
        if who != "supervisor":
            assert client.post(f"{UNIT}ghi/", {"criterion": "6"}).status_code == 403
            assert client.post("/console/danh-gia/2026-Q3/chot/").status_code == 403
    client.logout()
    for path in (UNIT, person, dossier):
        assert client.get(path).status_code in {302, 403}


def test_a_dossier_explains_each_point_and_a_complaint_needs_evidence(
    city: City, client: Any
) -> None:
    case = city.decided(1, contacts=1)
    path = f"/console/danh-gia/2026-Q3/ho-so/{case.uid}/"
    text = _as(client, city.supervisor).get(path).content.decode()
    assert "Dài hơn thời gian quy định" in text
    assert "Yêu cầu bổ sung 1 lần" in text
    assert client.post(f"{path}thai-do/", {"right": "yes"}).status_code == 422
    client.post(f"{path}thai-do/", {"right": "yes", "evidence": "Kết luận 3"})
    assert "Có phản ánh đúng về thái độ" in client.get(path).content.decode()


def test_a_unit_costs_the_same_however_many_dossiers(
    city: City, client: Any, django_assert_max_num_queries: Any
) -> None:
    for n in range(12):
        city.decided(n % 3 - 1)
    _as(client, city.supervisor).get(UNIT)
    with django_assert_max_num_queries(14):
        assert client.get(UNIT).status_code == 200
