"""Birth, residence and health insurance filed as one: three dossiers, one page, no hostage."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from motcua.casework.attachments.public import Attachment
from motcua.casework.attachments.tests.samples import pdf
from motcua.casework.cases.public import Case
from motcua.casework.ledger.public import check_ledger
from motcua.casework.people.public import Account
from motcua.casework.testing.makers import make_agency, make_citizen
from motcua.foundation.errors import InvalidInput, NotAllowed, NotFound
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.timesource import local
from motcua.subsystems.applications.groups_shown import MemberLine, group_page
from motcua.subsystems.applications.selectors import my_dossiers, public_state
from motcua.subsystems.applications.services import Filing, open_again, submit
from motcua.subsystems.applications.tests.agencies import open_the_others
from motcua.subsystems.applications.tests.world import World, make_world
from motcua.subsystems.procedures.tests.samples import SAMPLES

pytestmark = pytest.mark.django_db
GROUP = ("2.000986", "1.001193", "1.004222", "1.014137")


@pytest.fixture
def world(working_morning: dt.datetime) -> World:
    made = make_world(procedures=GROUP)
    open_the_others(made)
    return made


def file(world: World, *, draft_key: str = "", **more: Any) -> str:
    filing = Filing(
        procedure_code="2.000986",
        answers=SAMPLES["2.000986"] | more,
        receiving_agency_id=world.centre.pk,
        draft_key=draft_key,
    )
    return str(submit(actor=world.citizen, filing=filing)["uid"])


def lines(world: World, uid: str) -> dict[str, MemberLine]:
    return {line.id: line for line in group_page(world.citizen, uid).lines}


def stages(world: World, uid: str) -> dict[str, str]:
    return {name: line.standing.stage for name, line in lines(world, uid).items()}


def state(uid: str) -> str:
    return Case.objects.get(uid=uid).state


def dossier(world: World, uid: str, member: str) -> str:
    case = lines(world, uid)[member].case
    assert case is not None
    return str(case.uid)


def grant_birth(world: World, uid: str) -> str:
    birth = dossier(world, uid, "birth")
    for who, action in (
        ("clerk", "accept"), ("clerk", "forward"), ("officer", "propose_online"),
        ("citizen", "confirm_draft"), ("leader", "sign"), ("records", "issue"),
    ):  # fmt: skip
        world.do(who, birth, action)
    run_until_idle()
    return birth


def grant(world: World, uid: str, agency: str) -> None:
    for who, action in (
        ("clerk", "accept"), ("clerk", "forward"), (f"{agency} case_officer", "propose"),
        (f"{agency} leader", "sign"), (f"{agency} records_clerk", "issue"),
    ):  # fmt: skip
        world.do(who, uid, action)
    run_until_idle()


def test_one_filing_three_dossiers_each_in_its_agency_with_its_clock(world: World) -> None:
    uid = file(world)
    run_until_idle()
    assert stages(world, uid) == {
        "birth": "open", "residence": "waiting", "insurance": "waiting",
    }  # fmt: skip
    birth = grant_birth(world, uid)
    assert stages(world, uid) == {"birth": "granted", "residence": "open", "insurance": "open"}
    shown = lines(world, uid)
    assert [line.agency.vi for line in shown.values() if line.agency] == [
        world.ward.name, "Công an phường Sài Gòn", "Bảo hiểm xã hội Thành phố Hồ Chí Minh",
    ]  # fmt: skip
    assert shown["birth"].result is not None
    world.do("clerk", birth, "deliver")
    residence, insurance = (dossier(world, uid, m) for m in ("residence", "insurance"))
    grant(world, insurance, "bhxh-tp")
    assert (state(uid), state(birth)) == ("open", "returned")
    world.do("clerk", residence, "accept")
    assert local(Case.objects.get(uid=residence).due_at).strftime("%d/%m") == "30/11"
    run_until_idle()
    whole = Case.objects.get(uid=uid)
    assert whole.due_at == Case.objects.get(uid=residence).due_at
    world.do("clerk", residence, "forward")
    for role, action in (
        ("case_officer", "propose"), ("leader", "sign"), ("records_clerk", "issue"),
    ):  # fmt: skip
        world.do(f"ca-26740 {role}", residence, action)
    run_until_idle()
    whole.refresh_from_db()
    assert (whole.state, whole.outcome, whole.is_open) == ("done", "done", False)
    assert list(check_ledger()) == []


def test_the_number_of_the_birth_certificate_goes_on_to_the_others(world: World) -> None:
    uid = file(world)
    birth = grant_birth(world, uid)
    number = Case.objects.get(uid=birth).application.result_number
    from motcua.subsystems.applications.dossiers import load_dossier

    for member in ("residence", "insurance"):
        answers = load_dossier(world.citizen, dossier(world, uid, member)).answers
        assert answers["birth_registration"] == number
    residence = load_dossier(world.citizen, dossier(world, uid, "residence"))
    assert residence.answers["person_name"] == SAMPLES["2.000986"]["child_name"]
    assert residence.application.variant == "child"


def test_a_failed_member_takes_nothing_from_the_others(world: World) -> None:
    uid = file(world)
    birth = grant_birth(world, uid)
    world.do("clerk", dossier(world, uid, "residence"), "refuse", reason="Chưa đủ điều kiện")
    run_until_idle()
    assert state(uid) == "open"
    grant(world, dossier(world, uid, "insurance"), "bhxh-tp")
    assert stages(world, uid) == {
        "birth": "granted", "residence": "failed", "insurance": "granted",
    }  # fmt: skip
    assert state(uid) == "partly"
    assert lines(world, uid)["birth"].result is not None
    world.do("clerk", birth, "deliver")
    run_until_idle()
    assert (state(birth), state(uid)) == ("returned", "partly")


def test_without_a_birth_certificate_the_others_do_not_open(world: World) -> None:
    uid = file(world)
    world.do("clerk", dossier(world, uid, "birth"), "refuse", reason="Sai thẩm quyền")
    run_until_idle()
    assert stages(world, uid) == {
        "birth": "failed", "residence": "blocked", "insurance": "blocked",
    }  # fmt: skip
    assert state(uid) == "none"


def test_a_supplement_of_one_is_the_applicants_turn_for_the_whole(world: World) -> None:
    uid = file(world)
    item = {"kind": "field", "target": "requester_phone", "label": "Số điện thoại", "reason": "Sai"}
    world.do("clerk", dossier(world, uid, "birth"), "request_supplement", items=[item], note="Sửa")
    run_until_idle()
    assert state(uid) == "yours"


def test_what_cannot_open_waits_for_a_person_and_stops_nobody(world: World) -> None:
    elsewhere = {"commune": "26743", "line": "1 Lê Thánh Tôn"}
    uid = file(world, residence_address=elsewhere)
    grant_birth(world, uid)
    assert stages(world, uid) == {"birth": "granted", "residence": "stuck", "insurance": "open"}
    assert state(uid) == "stuck"
    with pytest.raises(NotAllowed):
        open_again(actor=world.officer, uid=uid, member="residence")
    make_agency("Công an phường Bến Thành", code="ca-26743", kind="branch", commune_code="26743")
    open_again(actor=world.clerk, uid=uid, member="residence")
    assert stages(world, uid)["residence"] == "open"
    assert state(uid) == "open"


def test_papers_given_once_are_in_every_dossier_that_asks_for_them(world: World) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from motcua.casework.attachments.public import receive_upload

    receive_upload(
        actor=world.citizen,
        file=SimpleUploadedFile("nha.pdf", pdf(), "application/pdf"),
        component_code="housing",
        draft_key="d1",
    )
    uid = file(world, draft_key="d1", housing_in_database="no")
    grant_birth(world, uid)
    whole = Case.objects.get(uid=uid)
    given = Attachment.objects.get(case=whole)
    residence = Case.objects.get(uid=dossier(world, uid, "residence"))
    reused = Attachment.objects.get(case=residence)
    assert (reused.component_code, reused.reused_from_id) == ("housing", given.pk)


def test_a_wrong_answer_is_refused_before_anything_opens(world: World) -> None:
    with pytest.raises(InvalidInput) as caught:
        file(world, child_birth_date="2019-01-01")
    assert "child_birth_date" in caught.value.fields
    with pytest.raises(InvalidInput) as caught:
        file(world, clinic=None)
    assert "clinic" in caught.value.fields
    assert not Case.objects.exists()


def test_the_citizen_has_one_row_and_one_page_and_strangers_none(
    world: World, client: Client, django_assert_max_num_queries: Any
) -> None:
    uid = file(world)
    grant_birth(world, uid)
    assert [str(case.uid) for case in my_dossiers(world.citizen)] == [uid]
    whole = Case.objects.get(uid=uid)
    assert public_state(whole.code or "").state.id == "open"
    client.force_login(Account.objects.get(pk=world.citizen.account_id))
    with django_assert_max_num_queries(24):
        page = client.get(f"/ho-so/lien-thong/{uid}/?da-nop").content.decode()
    assert page.count('class="card stack"') == 3
    assert "Công an phường Sài Gòn" in page
    assert f"/ho-so/lien-thong/{uid}/" in client.get("/ho-so/").content.decode()
    child = client.get(f"/ho-so/{dossier(world, uid, 'residence')}/").content.decode()
    assert f"/ho-so/lien-thong/{uid}/" in child
    with pytest.raises(NotFound):
        group_page(make_citizen("Người lạ"), uid)


def test_who_decides_a_member_sees_the_whole(world: World, client: Client) -> None:
    uid = file(world)
    police = world.people["ca-26740 case_officer"]
    with pytest.raises(NotFound):
        group_page(police, uid)
    grant_birth(world, uid)
    client.force_login(Account.objects.get(pk=police.account_id))
    page = client.get(f"/console/lien-thong/{uid}/")
    assert page.status_code == 200
    assert "Bảo hiểm xã hội" in page.content.decode()
    moved = client.get(f"/console/ho-so/{uid}/")
    assert moved.status_code == 302, moved.content.decode()[:600]
    assert moved.headers["Location"] == f"/console/lien-thong/{uid}/"
