"""What every step of the five procedures costs: counted statements, on the real engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from motcua.casework.attachments.public import receive_upload
from motcua.casework.attachments.tests.samples import pdf
from motcua.casework.cases.public import KeyReused, VersionConflict
from motcua.casework.ledger.public import check_ledger
from motcua.casework.people.public import Party, PartyDetails
from motcua.casework.testing.makers import make_agency, make_official
from motcua.casework.workflow.public import actions_for
from motcua.foundation.errors import NotFound
from motcua.foundation.ids import new_uid
from motcua.foundation.remembering import for_long
from motcua.foundation.timesource import at_time, now
from motcua.subsystems.applications.dossiers import city_date, load_dossier
from motcua.subsystems.applications.services import Filing, act, receive_at_counter, submit
from motcua.subsystems.applications.tests.world import World, make_world
from motcua.subsystems.payments.models import Charge
from motcua.subsystems.procedures.tests.samples import FATHER, SAMPLES

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 15
"""Statements of one step forward with ledger, clock and notice."""

ITEM = {
    "kind": "field", "target": "requester_phone", "label": "Số điện thoại",
    "problem": "wrong", "reason": "Không liên lạc được", "before": "0100000001",
}  # fmt: skip
PAYLOADS: dict[str, dict[str, Any]] = {
    "request_supplement": {"items": [ITEM, {**ITEM, "target": "requester_name"}]},
    "supplement": {"answers": {"requester_phone": "0907654321"}, "note": "Đây ạ."},
    "extend": {"days": 2},
    "answer": {"opinion": "agree"},
    "agree": {"opinion": "agree"},
    "deliver": {"receiver": "Trần Thị Lan"},
}
COST = {
    "accept": 15,
    "agree": 9,
    "answer": 9,
    "approve": 8,
    "approve_withdrawal": 10,
    "ask_consultation": 11,
    "assign": 10,
    "confirm_draft": 8,
    "confirm_fee": 13,
    "deliver": 8,
    "extend": 12,
    "forward": 8,
    "issue": 13,
    "keep": 8,
    "mend_draft": 8,
    "propose": 10,
    "propose_online": 11,
    "propose_refusal": 11,
    "reassign": 10,
    "refuse": 11,
    "refuse_after_appraisal": 11,
    "request_fee": 12,
    "request_supplement": 15,
    "return_for_rework": 8,
    "sign": 15,
    "stop": 10,
    "supplement": 14,
    "supplement_paper": 14,
    "verify_marriage": 11,
    "verify_status": 11,
    "withdraw": 10,
}
"""Action → its statements, without those that open and close the transaction."""
NOTE = "Đã xem xét theo quy định."

LONG = (
    ("clerk", "request_supplement"),
    ("citizen", "supplement"),
    ("clerk", "accept"),
    ("clerk", "forward"),
    ("division", "assign"),
    ("division", "reassign"),
    ("division", "extend"),
    ("officer", "request_fee"),
    ("clerk", "confirm_fee"),
    ("officer", "verify_marriage"),
    ("consulted", "answer"),
    ("officer", "verify_status"),
    ("consulted", "answer"),
    ("officer", "ask_consultation"),
    ("planner", "agree"),
    ("citizen", "withdraw"),
    ("division", "keep"),
    ("officer", "propose_online"),
    ("citizen", "mend_draft"),
    ("officer", "propose_online"),
    ("citizen", "confirm_draft"),
    ("officer", "propose"),
    ("division", "return_for_rework"),
    ("officer", "propose"),
    ("officer", "propose_online"),
    ("citizen", "confirm_draft"),
    ("division", "approve"),
    ("leader", "sign"),
    ("records", "issue"),
    ("clerk", "deliver"),
)
WARM = LONG[2:7] + LONG[-8:]
FORWARD = (("clerk", "accept"), ("clerk", "forward"), ("division", "assign"))
FIVE = ("1.001193", "1.001612", "1.004873", "1.013225", "1.014027")
JOURNEYS = (
    LONG,
    (("clerk", "refuse"),),
    (("citizen", "withdraw"),),
    (*FORWARD, ("officer", "request_supplement"), ("citizen", "supplement_paper"),
     ("division", "stop")),
    (*FORWARD, ("citizen", "withdraw"), ("division", "approve_withdrawal")),
    (*FORWARD, ("officer", "propose_refusal"), ("leader", "return_for_rework"),
     ("officer", "propose_refusal"), ("leader", "refuse_after_appraisal")),
)  # fmt: skip


def _world() -> World:
    world = make_world()
    planning = make_agency("Sở Quy hoạch", code="so-qhkt", kind="department", level="city")
    world.people["planner"] = make_official(planning, "consulted_officer", name="Cán bộ quy hoạch")
    return world


def _file(world: World, code: str) -> str:
    answers = dict(SAMPLES[code])
    if code == "1.001193":
        answers |= {**FATHER, "marriage_commune": "26743"}
    if code == "1.004873":
        answers |= {
            "lived_elsewhere": "yes",
            "former_commune": "26743",
            "former_from": "2015-01-01",
            "former_to": "2020-01-01",
        }
    filing = Filing(
        procedure_code=code,
        answers=answers,
        receiving_agency_id=world.centre.pk,
        papers_shown=tuple(paper["id"] for paper in _papers(code)),
    )
    if code != "1.013225":
        return str(submit(actor=world.citizen, filing=filing, key=str(new_uid()))["uid"])
    citizen = Party.objects.get(pk=world.citizen.party_id)
    made = receive_at_counter(
        actor=world.clerk,
        filing=filing,
        applicant=PartyDetails(
            full_name=citizen.full_name, identity_number=citizen.identity_number
        ),
        key=str(new_uid()),
    )
    return str(made["uid"])


def _papers(code: str) -> list[dict[str, Any]]:
    from motcua.subsystems.procedures.public import version_in_force

    return list(version_in_force(code, city_date(now())).document["components"])


def _step(world: World, uid: str, who: str, action: str) -> list[str] | None:
    """Take a step if the process offers it; the statements sent."""
    actor = world.citizen if who == "citizen" else world.people[who]
    try:
        dossier = load_dossier(actor, uid)
    except NotFound:
        return None
    offered = actions_for(actor, dossier.case, dossier.variables(city_date(now())))
    named = "supplement" if action == "supplement_paper" else action
    tokens = [one.token_id for one in offered if one.action == named]
    if not tokens:
        return None
    payload = {"note": NOTE, "reason": NOTE, **PAYLOADS.get(action, {})}
    if action in {"assign", "reassign"}:
        payload["officer"] = world.officer.account_id
    if action == "supplement_paper":
        file = SimpleUploadedFile("giay-to.pdf", pdf())
        receive_upload(actor=actor, file=file, component_code="identity", draft_key="mended")
        payload["draft_key"] = "mended"
    if action in {"request_fee", "confirm_fee"}:
        state = "open" if action == "request_fee" else "paid"
        Charge.objects.filter(case_id=dossier.case.pk).update(state=state)
    sent: list[str] = []

    def count(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        # The calendar is asked every few seconds whether it changed, whoever comes along then.
        if not sql.startswith(("BEGIN", "COMMIT")) and 'FROM "calendar_' not in sql:
            sent.append(sql)
        return execute(sql, *more)

    with connection.execute_wrapper(count):
        act(actor=actor, uid=uid, token_id=tokens[0], action=named, payload=payload,
            expected_version=dossier.case.version, key=str(new_uid()))  # fmt: skip
    return sent


def _costs(world: World) -> dict[str, int]:
    """The most that each action cost, in any procedure."""
    table: dict[str, int] = {}
    for code in FIVE:
        for journey in JOURNEYS:
            uid = _file(world, code)
            for who, action in journey:
                sent = _step(world, uid, who, action)
                if sent is not None:
                    table[action] = max(table.get(action, 0), len(sent))
    return table


def test_every_step_of_every_procedure_costs_what_the_table_says(
    working_morning: dt.datetime,
) -> None:
    """With reference rows remembered, as in a process that has been running for a while."""
    world = _world()
    # Past 15:00 even a same-day matter leaves a day for the apology.
    with for_long(), at_time(working_morning.replace(hour=16)):
        for code in FIVE:
            uid = _file(world, code)
            for who, action in WARM:
                _step(world, uid, who, action)
        found = _costs(world)
    assert {action: cost for action, cost in found.items() if cost > COST[action]} == {}
    assert found.keys() == COST.keys()
    assert max(COST.values()) <= MOST
    assert list(check_ledger()) == []


def test_a_step_sent_twice_is_done_once_and_a_key_means_one_content() -> None:
    world = make_world()
    uid = world.file()
    dossier = load_dossier(world.clerk, uid)
    (accept,) = (
        one.token_id
        for one in actions_for(world.clerk, dossier.case, dossier.variables(city_date(now())))
        if one.action == "accept"
    )
    sent: dict[str, Any] = {
        "actor": world.clerk, "uid": uid, "token_id": accept, "action": "accept", "key": "k-1",
        "expected_version": dossier.case.version,
    }  # fmt: skip
    first = act(**sent)
    assert act(**sent) == first
    with pytest.raises(KeyReused):
        act(**{**sent, "payload": {"note": "khác"}})
    with pytest.raises(VersionConflict):
        act(**{**sent, "key": "k-2"})
    assert Charge.objects.filter(case=dossier.case).count() == 1
    assert list(check_ledger()) == []
