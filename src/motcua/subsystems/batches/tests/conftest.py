"""A ward whose leader has papers to sign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from django.test import override_settings

from motcua.casework.access.public import Actor
from motcua.casework.issuing.public import without_files
from motcua.casework.people.public import Account
from motcua.subsystems.applications.tests.world import World, make_world
from motcua.subsystems.batches.models import Batch
from motcua.subsystems.batches.rules import SIGN, Purpose
from motcua.subsystems.batches.selectors import waiting
from motcua.subsystems.batches.services import approve

PASSWORD = "mot-cua-rat-mo"
PROCEDURE = "1.004873"


@pytest.fixture
def world(db: None, working_morning: dt.datetime) -> World:
    return prepared_world()


def prepared_world() -> World:
    """The ward; leader and records clerk have a password."""
    made = make_world([PROCEDURE])
    for actor in (made.leader, made.records):
        account = Account.objects.get(pk=actor.account_id)
        account.set_password(PASSWORD)
        account.save()
    return made


def to_the_leader(world: World, *, note: str = "") -> str:
    """One dossier as far as the leader's desk; its uid."""
    uid = world.file()
    with (
        override_settings(DEMO=True),
        without_files(),
    ):  # the draft is laid out when it is signed; here only its row counts
        for who, action in (("clerk", "accept"), ("clerk", "forward")):
            world.do(who, uid, action)
        world.do("officer", uid, "propose_online", note=note)
        world.do("citizen", uid, "confirm_draft")
        world.do("division", uid, "approve")
    return uid


def approved(actor: Actor, uids: Sequence[str] | None = None, purpose: Purpose = SIGN) -> Batch:
    """One approval of what waits, or of these."""
    rows = waiting(actor, purpose, only=uids).rows
    return approve(actor=actor, purpose=purpose, seen=[row.seen for row in rows], password=PASSWORD)
