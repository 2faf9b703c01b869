"""The verbs of a dossier, called as services: the ten states and what goes with them."""

from __future__ import annotations

import datetime as dt

import pytest

from motcua.casework.cases.public import Case, timeline
from motcua.casework.ledger.public import check_ledger
from motcua.casework.issuing.public import document_bytes, verify
from motcua.foundation.errors import DomainError
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.timesource import at_time, local
from motcua.subsystems.applications.models import Application, Slip
from motcua.subsystems.applications.tests.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(working_morning: dt.datetime) -> World:
    return make_world()


def test_from_filing_to_the_sealed_result(world: World) -> None:
    uid = world.file()
    case = Case.objects.get(uid=uid)
    assert (case.state, case.code) == ("new", "H29.130.1-261118-0001")
    world.do("clerk", uid, "accept")
    case.refresh_from_db()
    assert case.state == "received"
    assert local(case.due_at).isoformat() == "2026-11-23T17:00:00+07:00"
    world.do("clerk", uid, "forward")
    world.do("officer", uid, "propose_online")
    world.do("citizen", uid, "confirm_draft")
    world.do("division", uid, "approve")
    world.do("leader", uid, "sign")
    world.do("records", uid, "issue")
    case.refresh_from_db()
    assert (case.state, case.clock_state, case.outcome) == ("finished", "stopped", "granted")
    world.do("clerk", uid, "deliver")
    case.refresh_from_db()
    assert (case.state, case.is_open) == ("returned", False)
    assert list(check_ledger()) == []
    run_until_idle()
    assert Slip.objects.get(case=case).document.state == "sealed"
    result = Application.objects.get(pk=case.pk).result
    report = verify(document_bytes(result))
    assert [s.indication for s in report.signatures] == ["TOTAL-PASSED", "TOTAL-PASSED"]
    assert [row.to_state for row in timeline(case, public_only=True)][0] == "returned"
