"""Two officers at once: one wins, the other is told; the last branch always opens the join."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections, transaction

from motcua.casework.access.public import SYSTEM, Actor
from motcua.casework.testing.makers import make_agency, make_case, make_official
from motcua.casework.workflow.public import Token, cancel_all, move, publish, start
from motcua.casework.workflow.tests.processes import (
    action,
    consultation,
    end,
    join,
    process,
    task,
)
from motcua.foundation.errors import Conflict

pytestmark = pytest.mark.django_db(transaction=True)

AT = dt.datetime(2026, 8, 3, 2, 0, tzinfo=dt.UTC)


def together(*works: Callable[[], Any]) -> list[Any]:
    """Run every work in its own connection, begun at the same moment; results or errors."""
    barrier = threading.Barrier(len(works))
    results: list[Any] = [None] * len(works)

    def run(number: int, work: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            with transaction.atomic():
                results[number] = work()
        except Exception as error:  # noqa: BLE001 - handed to the test
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def take(actor: Actor, token: Token, name: str) -> Callable[[], Any]:
    return lambda: move(
        actor=actor, case_id=token.case_id, token_id=token.pk, action_id=name, variables={}, at=AT
    )


@pytest.fixture(autouse=True)
def _real_threads() -> None:
    if connection.vendor == "sqlite" and ":memory:" in str(connection.settings_dict["NAME"]):
        pytest.skip("a shared in-memory database has no second writer")


def branching(count: int) -> tuple[Any, list[Token], Actor]:
    names = [f"b{n}" for n in range(count)]
    ward, other = make_agency(), make_agency(code="X1")
    document = process(
        task("s", action("go", *names)),
        *(consultation(name, "X1", action("answer", "met")) for name in names),
        join("met", "z"),
        task("z", action("go", "done")),
        end(),
    )
    definition = publish(actor=SYSTEM, document=document, at=AT - dt.timedelta(days=1))
    case = make_case(ward)
    begun = start(actor=SYSTEM, case_id=case.pk, definition=definition, at=AT)
    first = Token.objects.get(pk=begun.tokens[0].token_id)
    take(make_official(ward, "case_officer"), first, "go")()
    tokens = list(Token.objects.filter(case=case, state="active").order_by("pk"))
    return case, tokens, make_official(other, "consulted_officer")


def test_of_two_officers_one_wins() -> None:
    for _ in range(5):
        case, tokens, official = branching(2)
        results = together(*[take(official, tokens[0], "answer")] * 2)
        assert sum(isinstance(r, Conflict) for r in results) == 1, results
        assert sum(not isinstance(r, Exception) for r in results) == 1
        assert Token.objects.filter(case=case, state="active").count() == 1
        _forget()


def test_the_last_of_many_branches_opens_the_join_exactly_once() -> None:
    for _ in range(5):
        case, tokens, official = branching(4)
        results = together(*(take(official, token, "answer") for token in tokens))
        assert not [r for r in results if isinstance(r, Exception)]
        assert sorted(len(r.tokens) for r in results) == [0, 0, 0, 1]
        active = Token.objects.filter(case=case, state="active")
        assert [token.step for token in active] == ["z"]
        _forget()


def test_nothing_escapes_a_withdrawal() -> None:
    for _ in range(5):
        case, tokens, official = branching(2)
        take(official, tokens[0], "answer")()
        together(
            take(official, tokens[1], "answer"),
            lambda case=case: cancel_all(actor=SYSTEM, case_id=case.pk, at=AT),
        )
        assert not Token.objects.filter(case=case, state="active").exists()
        _forget()


def _forget() -> None:
    from motcua.casework.agencies.public import Agency

    Agency.objects.filter(code="X1").update(code=f"old-{Agency.objects.count()}")
