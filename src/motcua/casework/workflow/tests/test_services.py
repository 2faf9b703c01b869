"""Cases run through published processes: turns, branches, timers, silence, conflicts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.casework.access.public import ANONYMOUS, SYSTEM, Actor
from motcua.casework.agencies.public import Agency, merge_agencies
from motcua.casework.cases.public import Case
from motcua.casework.testing.makers import make_agency, make_case, make_citizen, make_official
from motcua.casework.workflow import triggers
from motcua.casework.workflow.models import PublishedIsFinal
from motcua.casework.workflow.public import (
    BrokenProcess,
    Consultation,
    Move,
    NoSuchAction,
    ProcessDefinition,
    Timer,
    Token,
    UnknownAgency,
    actions_for,
    assign,
    cancel_all,
    case_diagram,
    consultations,
    definition_in_force,
    fire_due_timers,
    history,
    move,
    position,
    publish,
    queue_counts,
    register_variables,
    register_verb,
    start,
    take_signal,
)
from motcua.casework.workflow.registry import _handlers, _variables
from motcua.casework.workflow.tests.processes import (
    action,
    end,
    permit,
    process,
    supplement,
    task,
    wait,
)
from motcua.foundation.errors import Conflict, NotAllowed, NotFound
from motcua.foundation.outbox.models import Event
from motcua.foundation.timesource import at_time

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 8, 3, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
DAY = dt.timedelta(days=1)
ASKED = {"needs_consultation": True}


@dataclass
class World:
    ward: Agency
    fire: Agency
    build: Agency
    clerk: Actor
    officer: Actor
    leader: Actor
    citizen: Actor
    definition: ProcessDefinition
    case: Case

    def act(
        self, actor: Actor, step: str, name: str, at: dt.datetime = MONDAY, **more: Any
    ) -> Move:
        token = Token.objects.get(case=self.case, step=step, state="active")
        return move(
            actor=actor, case_id=self.case.pk, token_id=token.pk, action_id=name,
            variables=more.pop("variables", {}), at=at, **more,
        )  # fmt: skip

    def steps(self) -> set[str]:
        return set(
            Token.objects.filter(case=self.case, state="active").values_list("step", flat=True)
        )


@pytest.fixture
def world() -> Iterator[World]:
    ward = make_agency()
    fire, build = make_agency("PC07", code="PC07"), make_agency("SXD", code="SXD")
    citizen = make_citizen()
    handlers, variables = dict(_handlers), dict(_variables)
    _handlers.clear()
    w = World(
        ward, fire, build,
        make_official(ward, "receiving_clerk"), make_official(ward, "case_officer"),
        make_official(ward, "leader"), citizen,
        publish(actor=SYSTEM, document=permit(), at=MONDAY - DAY),
        make_case(ward, applicant=citizen),
    )  # fmt: skip
    start(actor=citizen, case_id=w.case.pk, definition=w.definition, at=MONDAY)
    yield w
    for registry, before in ((_handlers, handlers), (_variables, variables)):
        registry.clear()
        registry.update(before)  # type: ignore[arg-type]


def test_publishing_again_changes_nothing_until_the_document_changes(world: World) -> None:
    again = publish(actor=SYSTEM, document=permit(), at=MONDAY)
    assert again.pk == world.definition.pk
    changed = permit()
    changed["steps"][0]["hours"] = 4
    second = publish(actor=SYSTEM, document=changed, at=MONDAY, valid_from=dt.date(2026, 9, 1))
    assert second.version == 2
    assert definition_in_force("1.000001", dt.date(2026, 8, 31)).version == 1
    assert definition_in_force("1.000001", dt.date(2026, 9, 1)).version == 2
    with pytest.raises(NotFound):
        definition_in_force("1.000001", dt.date(2026, 1, 1))
    assert Event.objects.filter(topic="workflow.published").count() == 2


def test_the_system_takes_only_what_names_the_signal(world: World) -> None:
    document = process(
        wait("pay", action("paid", "done", signals=["charge_paid"]), action("stop", "done")),
        end(), key="s",
    )  # fmt: skip
    case = make_case(world.ward, applicant=world.citizen)
    definition = publish(actor=SYSTEM, document=document, at=MONDAY - DAY)
    start(actor=world.citizen, case_id=case.pk, definition=definition, at=MONDAY)
    assert actions_for(SYSTEM, case) == []
    for signal in ("stop", "obligation_paid", ""):
        assert take_signal(case_id=case.pk, signal=signal, at=MONDAY) is None
    moved = take_signal(case_id=case.pk, signal="charge_paid", at=MONDAY)
    assert moved is not None
    assert (moved.action, moved.signals, moved.ended) == ("paid", ("charge_paid",), True)
    assert Token.objects.get(case=case).left_by_id is None
    assert take_signal(case_id=case.pk, signal="charge_paid", at=MONDAY) is None


def test_only_administrators_publish_and_only_sound_processes(world: World) -> None:
    with pytest.raises(NotAllowed):
        publish(actor=world.officer, document=permit())
    with pytest.raises(BrokenProcess):
        publish(actor=SYSTEM, document=process(task("a", action("go", "b")), end()))
    with pytest.raises(BrokenProcess):
        publish(actor=SYSTEM, document={"key": "x"})


def test_a_published_version_is_final(world: World) -> None:
    world.definition.basis = "changed"
    with pytest.raises(PublishedIsFinal):
        world.definition.save()
    with pytest.raises(PublishedIsFinal):
        world.definition.delete()


def test_the_database_refuses_changes_of_published_versions(world: World) -> None:
    triggers.install(connection)
    rows = ProcessDefinition.objects.filter(pk=world.definition.pk)
    try:
        with pytest.raises(IntegrityError, match="final"), transaction.atomic():
            rows.update(basis="changed")
        with pytest.raises(IntegrityError), transaction.atomic():
            rows._raw_delete(rows.db)
    finally:
        triggers.remove(connection)


def test_a_case_walks_from_door_to_door(world: World) -> None:
    accepted = world.act(world.clerk, "receive", "accept")
    assert (accepted.verb, accepted.state, accepted.ended) == ("accept", "processing", False)
    assert accepted.holder is not None
    assert (accepted.holder.role, accepted.holder.agency_id) == ("case_officer", world.ward.pk)
    asked = world.act(world.officer, "examine", "consult", variables=ASKED, note="Có ý kiến?")
    assert {t.agency_id for t in asked.tokens} == {world.fire.pk, world.build.pk}
    first = world.act(
        make_official(world.fire, "consulted_officer"), "consult_fire", "answer",
        note="Đồng ý", opinion="agree",
    )  # fmt: skip
    assert (first.tokens, first.ended) == ((), False)
    second = world.act(make_official(world.build, "consulted_officer"), "consult_build", "answer")
    assert [t.step for t in second.tokens] == ["propose_after"]
    world.act(world.officer, "propose_after", "propose")
    world.act(world.leader, "sign", "sign")
    last = world.act(world.clerk, "give_back", "hand_over")
    assert (last.state, last.ended, last.tokens) == ("returned", True, ())
    assert [passed.step for passed in history(world.case)] == [
        "receive", "examine", "consult_fire", "consult_build", "propose_after", "sign", "give_back",
    ]  # fmt: skip
    answers = {c.agency_id: (c.question, c.answer, c.opinion) for c in consultations(world.case)}
    assert answers[world.fire.pk] == ("Có ý kiến?", "Đồng ý", "agree")


def _sent(queries: CaptureQueriesContext) -> int:
    """Statements besides the savepoints that a test's own transaction brings."""
    return sum("SAVEPOINT" not in query["sql"] for query in queries.captured_queries)


def test_a_move_takes_two_statements_and_three_with_a_timer(world: World) -> None:
    case = Case.objects.select_related("receiving_agency", "competent_agency").get(pk=world.case.pk)
    world_token = Token.objects.get(case=case, step="receive")
    moving: dict[str, Any] = {"case_id": case.pk, "case": case, "variables": {}, "at": MONDAY}
    with pytest.raises(NotAllowed):  # the process is known from here on
        move(actor=world.officer, token_id=world_token.pk, action_id="accept", **moving)
    with CaptureQueriesContext(connection) as plain:
        move(actor=world.clerk, token_id=world_token.pk, action_id="accept", **moving)
    examine = Token.objects.get(case=case, step="examine")
    with CaptureQueriesContext(connection) as timed:
        move(actor=world.officer, token_id=examine.pk, action_id="ask", **moving)
    assert (_sent(plain), _sent(timed)) == (2, 3)


def test_a_move_refused_leaves_the_token_where_it_stood(world: World) -> None:
    token = Token.objects.get(case=world.case, step="receive")
    moving: dict[str, Any] = {"case_id": world.case.pk, "variables": {}, "at": MONDAY}
    with pytest.raises(NotAllowed):
        move(actor=world.officer, token_id=token.pk, action_id="accept", **moving)
    for typed in ("nonsense", "x" * 200, "a\0b"):
        with pytest.raises(NoSuchAction):
            move(actor=world.clerk, token_id=token.pk, action_id=typed, **moving)
    token.refresh_from_db()
    assert (token.state, token.outcome, token.left_at) == ("active", "", None)


def test_the_last_arrival_at_a_join_takes_five_statements(world: World) -> None:
    world.act(world.clerk, "receive", "accept")
    world.act(world.officer, "examine", "consult", variables=ASKED)
    world.act(make_official(world.fire, "consulted_officer"), "consult_fire", "answer")
    official = make_official(world.build, "consulted_officer")
    token = Token.objects.get(case=world.case, step="consult_build")
    with CaptureQueriesContext(connection) as queries:
        move(
            actor=official, case_id=world.case.pk, token_id=token.pk,
            action_id="answer", variables={}, at=MONDAY,
        )  # fmt: skip
    # more than a plain move: reading the case, the arrival, the consultation's answer
    assert _sent(queries) == 5


def test_only_whose_turn_it_is_may_act(world: World) -> None:
    stranger = make_official(make_agency("Phường khác"), "receiving_clerk")
    for actor in (world.officer, stranger, world.citizen, make_citizen(), ANONYMOUS, SYSTEM):
        with pytest.raises(NotAllowed):
            world.act(actor, "receive", "accept")
        assert actions_for(actor, world.case) == []
    assert [p.action for p in actions_for(world.clerk, world.case)] == ["accept", "ask", "refuse"]


def test_the_applicant_or_the_counter_supplies_what_was_missing(world: World) -> None:
    world.act(world.clerk, "receive", "accept")
    asked = world.act(world.officer, "examine", "ask")
    assert asked.state == "supplement"
    assert asked.tokens[0].agency_id is None
    assert [p.verb for p in actions_for(world.citizen, world.case)] == ["supplement"]
    with pytest.raises(NotAllowed):
        world.act(make_citizen(), "await_supplement", "supplied")
    back = world.act(world.citizen, "await_supplement", "supplied")
    assert [t.step for t in back.tokens] == ["examine"]
    world.act(world.officer, "examine", "ask")
    assert world.act(world.clerk, "await_supplement", "supplied").tokens[0].step == "examine"


def test_a_representative_acts_for_the_applicant(world: World) -> None:
    world.act(world.clerk, "receive", "ask")
    assert world.citizen.party_id is not None
    friend = make_citizen().acting_for(world.citizen.party_id)
    world.act(friend, "await_supplement", "supplied")
    assert world.steps() == {"receive"}


def test_conditions_and_unknown_actions_are_refused(world: World) -> None:
    world.act(world.clerk, "receive", "accept")
    for name, variables in (
        ("consult", {}),
        ("nothing", {}),
        ("consult", {"needs_consultation": 1}),
    ):
        with pytest.raises(NoSuchAction):
            world.act(world.officer, "examine", name, variables=variables)
    token = Token.objects.get(case=world.case, step="examine")
    with pytest.raises(NotFound):
        move(actor=world.officer, case_id=world.case.pk + 1, token_id=token.pk, action_id="propose",
             variables={}, at=MONDAY)  # fmt: skip


def test_a_token_moves_once(world: World) -> None:
    token = Token.objects.get(case=world.case)
    world.act(world.clerk, "receive", "accept")
    with pytest.raises(Conflict):
        move(actor=world.clerk, case_id=world.case.pk, token_id=token.pk, action_id="accept",
             variables={}, at=MONDAY)  # fmt: skip


def test_a_case_is_started_once(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        start(actor=SYSTEM, case_id=world.case.pk, definition=world.definition, at=MONDAY)


def test_step_times_are_working_hours(world: World) -> None:
    due = Token.objects.get(case=world.case).step_due_at
    assert due is not None
    assert MONDAY + dt.timedelta(hours=9) <= due <= MONDAY + DAY


def test_a_timer_stops_a_dossier_nobody_supplements(world: World) -> None:
    calls: list[tuple[int, str | None]] = []
    register_verb(
        "stop_no_supplement", lambda case_id, done, at: calls.append((case_id, done.state))
    )
    world.act(world.clerk, "receive", "ask")
    timer = Timer.objects.get()
    assert MONDAY + 8 * DAY < timer.due_at < MONDAY + 11 * DAY
    assert fire_due_timers(timer.due_at - dt.timedelta(minutes=1)).timers == 0
    assert fire_due_timers(timer.due_at).timers == 1
    assert fire_due_timers(timer.due_at + DAY).timers == 0
    assert calls == [(world.case.pk, "stopped")]
    assert world.steps() == set()
    assert Event.objects.filter(topic="workflow.timer_fired").count() == 1


def test_a_timer_of_a_step_that_was_left_is_dropped(world: World) -> None:
    world.act(world.clerk, "receive", "ask")
    world.act(world.citizen, "await_supplement", "supplied", at=MONDAY + DAY)
    fired = fire_due_timers(MONDAY + 30 * DAY)
    assert (fired.timers, fired.dropped, fired.failed) == (0, 1, 0)
    assert world.steps() == {"receive"}


def test_a_failing_verb_leaves_its_case_untouched_and_the_others_moving(world: World) -> None:
    other = make_case(world.ward, applicant=world.citizen)
    start(actor=world.citizen, case_id=other.pk, definition=world.definition, at=MONDAY)
    for case in (world.case, other):
        token = Token.objects.get(case=case)
        move(actor=world.clerk, case_id=case.pk, token_id=token.pk, action_id="ask",
             variables={}, at=MONDAY)  # fmt: skip

    def handler(case_id: int, done: Move, at: dt.datetime) -> None:
        if case_id == world.case.pk:
            raise RuntimeError("broken")

    register_verb("stop_no_supplement", handler)
    fired = fire_due_timers(MONDAY + 30 * DAY)
    assert (fired.timers, fired.failed) == (1, 1)
    assert world.steps() == {"await_supplement"}
    assert not Token.objects.filter(case=other, state="active").exists()


def test_a_verb_has_one_handler(world: World) -> None:
    register_verb("x", lambda *_: None)
    with pytest.raises(ValueError, match="already"):
        register_verb("x", lambda *_: None)


def test_silence_is_consent_or_is_escalated(world: World) -> None:
    register_verb("answer_consultation", lambda *_: None)
    world.act(world.clerk, "receive", "accept")
    world.act(world.officer, "examine", "consult", variables=ASKED)
    assert fire_due_timers(MONDAY + DAY).silences == 0
    assert fire_due_timers(MONDAY + 10 * DAY).silences == 2
    assert fire_due_timers(MONDAY + 20 * DAY).silences == 0
    assert world.steps() == {"consult_build"}
    silent = Consultation.objects.get(agency=world.fire)
    assert (silent.silence_applied, silent.answered_at) == (True, None)
    rules = [e.payload["rule"] for e in Event.objects.filter(topic="workflow.consultation_silent")]
    assert sorted(rules) == ["consent", "escalate"]
    world.act(
        make_official(world.build, "consulted_officer"), "consult_build", "answer", note="Muộn"
    )
    assert world.steps() == {"propose_after"}


def test_a_timer_without_handler_applies_the_state_by_itself(world: World) -> None:
    document = process(
        task("a", action("go", "await_supplement")), supplement(), end("stopped", state="done"),
        key="2.1",
    )  # fmt: skip
    definition = publish(actor=SYSTEM, document=document, at=MONDAY - DAY)
    case = make_case(world.ward, applicant=world.citizen)
    begun = start(actor=SYSTEM, case_id=case.pk, definition=definition, at=MONDAY)
    move(actor=world.officer, case_id=case.pk, token_id=begun.tokens[0].token_id,
         action_id="go", variables={}, at=MONDAY)  # fmt: skip
    assert fire_due_timers(MONDAY + 30 * DAY).timers == 1
    case.refresh_from_db()
    assert (case.state, case.is_open) == ("done", False)


def test_units_by_expression_and_unknown_agencies(world: World) -> None:
    document = process(
        task("a", action("go", "b")),
        task("b", action("go", "done"), unit="'PC' + number"),
        end(),
        key="3.1",
        variables=["number"],
    )
    definition = publish(actor=SYSTEM, document=document, at=MONDAY - DAY)
    case = make_case(world.ward)
    begun = start(actor=SYSTEM, case_id=case.pk, definition=definition, at=MONDAY)
    args: dict[str, Any] = {
        "actor": world.officer, "case_id": case.pk, "token_id": begun.tokens[0].token_id,
        "action_id": "go", "at": MONDAY,
    }  # fmt: skip
    for variables in ({}, {"number": "99"}):
        with pytest.raises(UnknownAgency), transaction.atomic():
            move(**args, variables=variables)
    assert move(**args, variables={"number": "07"}).tokens[0].agency_id == world.fire.pk


def test_turns_follow_their_agency_through_a_merger(world: World) -> None:
    heir = make_agency("Phường mới")
    merge_agencies(
        actor=SYSTEM, predecessor_id=world.ward.pk, successor_id=heir.pk,
        effective_on=MONDAY.date() + DAY, decision="NQ",
    )  # fmt: skip
    clerk = make_official(heir, "receiving_clerk")
    later = world.act(clerk, "receive", "accept", at=MONDAY + 2 * DAY)
    assert later.tokens[0].agency_id == heir.pk
    world.act(make_official(heir, "case_officer"), "examine", "ask", at=MONDAY + 2 * DAY)
    world.case.refresh_from_db()
    with at_time(MONDAY + 3 * DAY):
        assert [p.action for p in actions_for(clerk, world.case)] == ["supplied"]
    world.act(clerk, "await_supplement", "supplied", at=MONDAY + 3 * DAY)


def test_withdrawal_ends_every_turn(world: World) -> None:
    world.act(world.clerk, "receive", "accept")
    world.act(world.officer, "examine", "consult", variables=ASKED)
    assert cancel_all(actor=world.citizen, case_id=world.case.pk, at=MONDAY) == 2
    assert position(world.case) == []
    assert fire_due_timers(MONDAY + 30 * DAY).silences == 0


def test_running_cases_keep_their_version(world: World) -> None:
    changed = permit()
    changed["steps"][0]["actions"] = [action("accept", "sign")]
    changed["steps"] = [s for s in changed["steps"] if s["id"] in {
        "receive", "sign", "give_back", "done"}]  # fmt: skip
    changed["steps"][1]["actions"] = [action("sign", "give_back")]
    publish(actor=SYSTEM, document=changed, at=MONDAY)
    assert world.act(world.clerk, "receive", "accept").tokens[0].step == "examine"


def test_where_a_case_stands_is_told_in_words_and_drawn(world: World) -> None:
    world.act(world.clerk, "receive", "accept")
    (here,) = position(world.case)
    assert (here.step, here.role, here.name.en) == ("examine", "case_officer", "examine")
    assert here.agency_name is not None
    assert here.agency_name.vi == world.ward.name
    assert "wf-active" in case_diagram(world.case)
    assert case_diagram(make_case(world.ward)) == ""


def test_queues_count_what_waits_and_what_is_late(world: World) -> None:
    (queue,) = queue_counts(world.clerk, MONDAY)
    assert (queue.step, queue.waiting, queue.late) == ("receive", 1, 0)
    assert queue_counts(world.clerk, MONDAY + 10 * DAY)[0].late == 1
    assert queue_counts(world.officer) == queue_counts(ANONYMOUS) == []


def test_heads_assign_and_colleagues_may_stand_in(world: World) -> None:
    token = Token.objects.get(case=world.case)
    with pytest.raises(NotAllowed):
        assign(
            actor=world.officer,
            case_id=world.case.pk,
            token_id=token.pk,
            account_id=None,
            at=MONDAY,
        )
    head = make_official(world.ward, "centre_head")
    assign(
        actor=head, case_id=world.case.pk, token_id=token.pk,
        account_id=world.clerk.account_id, at=MONDAY,
    )  # fmt: skip
    assert position(world.case)[0].assignee_id == world.clerk.account_id
    world.act(make_official(world.ward, "receiving_clerk"), "receive", "accept")
    with pytest.raises(Conflict):
        assign(actor=head, case_id=world.case.pk, token_id=token.pk, account_id=None, at=MONDAY)
    with pytest.raises(NotFound):
        assign(actor=head, case_id=world.case.pk, token_id=0, account_id=None, at=MONDAY)


def test_variables_of_a_kind_are_registered_once(world: World) -> None:
    register_variables("test", lambda case_id: {})
    with pytest.raises(ValueError, match="already"):
        register_variables("test", lambda case_id: {})
