"""How many statements the hot paths may send: counts, which no machine changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.casework.access.public import Actor
from motcua.casework.cases.public import Case, InboxFilters, inbox, inbox_counts
from motcua.casework.workflow.public import actions_for
from motcua.foundation.remembering import for_long
from motcua.foundation.timesource import at_time, now
from motcua.subsystems.applications.dossiers import city_date, load_dossier
from motcua.subsystems.applications.public import Filing, act, submit
from motcua.subsystems.applications.tests.world import MARITAL, World, make_world

pytestmark = pytest.mark.django_db(transaction=True)

SUBMIT = 12
STEP = 15
INBOX = 6


@pytest.fixture
def world(working_morning: dt.datetime) -> Iterator[World]:
    """A city in which everything was done once, as in a process that runs for a while."""
    made = make_world()
    # A slow machine must not reach the moment at which what is remembered is asked again.
    with for_long():
        walk(made, "warm", lambda work: work())
        with at_time(working_morning + dt.timedelta(minutes=1)):
            yield made


def statements(work: Callable[[], object]) -> int:
    """Those of one call, without the two that open and close its transaction."""
    with CaptureQueriesContext(connection) as sent:
        work()
    texts = [query["sql"] for query in sent]
    # The calendar is asked every few seconds whether it changed, whoever comes along then.
    return sum(
        not text.startswith(("BEGIN", "COMMIT")) and 'FROM "calendar_' not in text for text in texts
    )


def file(world: World, key: str) -> str:
    filing = Filing(procedure_code="1.004873", answers=MARITAL, receiving_agency_id=world.centre.pk)
    return str(submit(actor=world.citizen, filing=filing, key=key)["uid"])


def step(actor: Actor, uid: str, action: str) -> Callable[[], object]:
    """The act as the page sends it: with the turn, the version that was seen and a key."""
    dossier = load_dossier(actor, uid)
    offered = actions_for(actor, dossier.case, dossier.variables(city_date(now())))
    token = next(one.token_id for one in offered if one.action == action)
    version = dossier.case.version
    return lambda: act(
        actor=actor,
        uid=uid,
        token_id=token,
        action=action,
        expected_version=version,
        key=f"{uid}-{action}",
    )


WAY = (
    ("clerk", "accept"),
    ("clerk", "forward"),
    ("officer", "propose_online"),
    ("citizen", "confirm_draft"),
    ("division", "approve"),
    ("leader", "sign"),
    ("records", "issue"),
    ("clerk", "deliver"),
)


def walk(
    world: World, key: str, measure: Callable[[Callable[[], object]], object]
) -> dict[str, object]:
    """One dossier's whole way; what ``measure`` says of each act."""
    uid = file(world, key)
    found: dict[str, object] = {}
    for who, action in WAY:
        actor = world.citizen if who == "citizen" else world.people[who]
        found[action] = measure(step(actor, uid, action))
    return found


def test_filing_a_dossier(world: World) -> None:
    assert statements(lambda: file(world, "k1")) <= SUBMIT


def test_each_step_forward(world: World) -> None:
    counts = walk(world, "k2", statements)
    simple = {
        action: counts[action] for action in ("forward", "confirm_draft", "approve", "deliver")
    }
    assert max(simple.values()) <= STEP, counts  # type: ignore[type-var]
    assert counts["accept"] <= ACCEPT, counts  # type: ignore[operator]


ACCEPT = 21
"""Accepting also stops one clock, starts another, fixes the fee, gives a receipt, orders a slip."""


def test_a_page_of_the_inbox(world: World) -> None:
    for number in range(3):
        file(world, f"i{number}")
    clerk = world.people["clerk"]
    assert Case.objects.count() == 4

    def page() -> None:
        filters = InboxFilters(kinds=("application",), states=("new",))
        assert len(inbox(clerk, filters).rows) == 3
        inbox_counts(clerk)

    assert statements(page) <= INBOX
