"""Tickets: who is called, by whom, once."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection

from motcua.casework.access.public import SYSTEM
from motcua.casework.ledger.public import entries
from motcua.foundation.errors import InvalidInput, NotAllowed, NotFound
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.timesource import at_time
from motcua.subsystems.reception.errors import (
    CounterTaken,
    NotAtCounter,
    NotRatable,
    StillCalling,
    TicketMoved,
)
from motcua.subsystems.reception.models import Device, Ticket
from motcua.subsystems.reception.selectors import day_figures, hall, screen_of, wait_of
from motcua.subsystems.reception.services import (
    begin_service,
    bring_back,
    call_next,
    close_counter,
    finish,
    mark_missed,
    open_counter,
    rate_service,
    recall,
    set_counter,
    take_ticket,
    transfer,
    wipe_personal_data,
)
from motcua.subsystems.reception.tests.world import HallWorld, make_hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(working_morning: dt.datetime) -> HallWorld:
    return make_hall()


def later(morning: dt.datetime, minutes: float) -> at_time:  # type: ignore[valid-type]
    return at_time(morning + dt.timedelta(minutes=minutes))


def test_a_morning_at_the_counter(place: HallWorld, working_morning: dt.datetime) -> None:
    clerk = place.world.clerk
    first = place.draw()
    with later(working_morning, 1):
        second = place.draw(group="elderly")
        odd = place.draw(group="no-such-group")
    assert (first.label, second.label, odd.label) == ("A001", "A002", "A003")
    assert odd.group == ""
    with pytest.raises(NotAtCounter):
        call_next(actor=clerk)
    open_counter(actor=clerk, counter_id=place.counters[0].pk)
    wait = wait_of(odd)
    assert (wait.ahead, wait.counters, wait.minutes) == (2, 1, 16)
    with later(working_morning, 5):
        called = call_next(actor=clerk)
        assert called is not None
        assert called.pk == second.pk  # the older person first
        with pytest.raises(StillCalling):
            call_next(actor=clerk)
        recall(actor=clerk, uid=called.uid)
        screen = screen_of(place.world.centre.pk)
        assert [(x.counter, x.label, x.calls, x.calling) for x in screen.lines] == [
            (1, "A002", 2, True)
        ]
        assert list(screen.waiting) == ["A001", "A003"]
        begin_service(actor=clerk, uid=called.uid)
    with later(working_morning, 15):
        then = call_next(actor=clerk)  # ends the one before
        assert then is not None
        assert then.pk == first.pk
        mark_missed(actor=clerk, uid=then.uid)
        bring_back(actor=clerk, uid=then.uid)
        assert [t.label for t in hall(clerk, place.world.centre).waiting] == ["A003", "A001"]
        figures = day_figures(clerk, place.world.centre, working_morning.date())
    assert (figures.issued, figures.served, figures.wait_max) == (3, 1, 15.0)
    assert figures.service_mean == 10.0
    verbs = [e.verb for e in entries(f"ticket:{second.pk}")]
    assert verbs == ["reception.take_ticket", "reception.call", "reception.recall",
                     "reception.begin", "reception.finish"]  # fmt: skip


def test_each_counter_calls_only_its_fields(place: HallWorld) -> None:
    clerk, second = place.world.clerk, place.second
    other = place.draw(field=place.fields[1])
    assert other.label == "B001"
    open_counter(actor=clerk, counter_id=place.counters[0].pk)
    assert call_next(actor=clerk) is None
    open_counter(actor=second, counter_id=place.counters[1].pk)
    called = call_next(actor=second)
    assert called is not None
    begin_service(actor=second, uid=called.uid)
    transfer(actor=second, uid=called.uid, counter_id=place.counters[0].pk)
    assert call_next(actor=second) is None
    sent = call_next(actor=clerk)
    assert sent is not None
    assert sent.pk == other.pk
    with pytest.raises(NotFound):
        finish(actor=second, uid=sent.uid)  # another's counter
    with pytest.raises(InvalidInput):
        transfer(actor=clerk, uid=sent.uid)


def test_a_counter_holds_one_clerk_and_a_clerk_one_counter(place: HallWorld) -> None:
    clerk, second = place.world.clerk, place.second
    open_counter(actor=clerk, counter_id=place.counters[0].pk)
    for actor, counter in ((second, 0), (clerk, 1)):
        with pytest.raises(CounterTaken):
            open_counter(actor=actor, counter_id=place.counters[counter].pk)
    with pytest.raises(NotAllowed):
        close_counter(actor=second, counter_id=place.counters[0].pk)
    close_counter(actor=place.world.head, counter_id=place.counters[0].pk)
    open_counter(actor=second, counter_id=place.counters[0].pk)


def test_strangers_are_refused(place: HallWorld) -> None:
    officer = place.world.officer
    with pytest.raises(NotFound):
        open_counter(actor=officer, counter_id=place.counters[0].pk)
    with pytest.raises(NotAllowed):
        set_counter(actor=place.world.clerk, agency_id=place.world.centre.pk, number=9)
    with pytest.raises(NotAllowed):
        hall(officer, place.world.centre)
    ticket = place.draw()
    with pytest.raises(NotFound):
        bring_back(actor=officer, uid=ticket.uid)
    with pytest.raises(InvalidInput):
        place.draw(field="no-such-field")


def test_a_filed_dossier_is_laid_to_the_ticket_being_served(place: HallWorld) -> None:
    from motcua.casework.people.public import PartyDetails
    from motcua.subsystems.applications.services import Filing, receive_at_counter
    from motcua.subsystems.applications.tests.world import MARITAL

    clerk = place.world.clerk
    ticket = place.draw()
    open_counter(actor=clerk, counter_id=place.counters[0].pk)
    call_next(actor=clerk)
    begin_service(actor=clerk, uid=ticket.uid)
    receive_at_counter(
        actor=clerk,
        filing=Filing(
            procedure_code="1.004873", answers=MARITAL,
            receiving_agency_id=place.world.centre.pk, papers_shown=("identity",),
        ),
        applicant=PartyDetails(full_name="Trần Thị Lan", identity_number="079190001234"),
    )  # fmt: skip
    run_until_idle()
    ticket.refresh_from_db()
    assert ticket.case is not None
    assert ticket.case.kind == "application"


def test_a_rating_once_and_only_at_its_tablet(
    place: HallWorld, working_morning: dt.datetime
) -> None:
    clerk = place.world.clerk
    tablets = {n: Device.objects.get(key_hash=_hash(place.device("tablet", n))) for n in (0, 1)}
    ticket = place.draw()
    open_counter(actor=clerk, counter_id=place.counters[0].pk)
    call_next(actor=clerk)
    with pytest.raises(NotFound):
        rate_service(device=tablets[0], uid=ticket.uid, score=3)
    finish(actor=clerk, uid=ticket.uid)
    with pytest.raises(NotFound):
        rate_service(device=tablets[1], uid=ticket.uid, score=3)
    with pytest.raises(InvalidInput):
        rate_service(device=tablets[0], uid=ticket.uid, score=4)
    rating = rate_service(device=tablets[0], uid=ticket.uid, score=1, reasons=["waited", "x"])
    assert rating.reasons == ["waited"]
    with pytest.raises(NotRatable):
        rate_service(device=tablets[0], uid=ticket.uid, score=3)
    figures = day_figures(clerk, place.world.centre, working_morning.date())
    assert not figures.ratings  # one alone would point at a person
    assert all("score" not in str(e.after) for e in entries(f"ticket:{ticket.pk}"))


def _hash(key: str) -> str:
    from motcua.foundation.crypto import keyed_hash

    return keyed_hash(key, purpose="reception-device")


def test_the_night_takes_the_cards(place: HallWorld, working_morning: dt.datetime) -> None:
    ticket = place.draw(card="079190001234||Trần Thị Lan|03021990|Nữ||")
    wipe_personal_data()
    ticket.refresh_from_db()
    assert ticket.card
    with at_time(working_morning + dt.timedelta(days=1)):
        assert wipe_personal_data() == 1
    ticket.refresh_from_db()
    assert ticket.card == ""


def test_the_hall_costs_the_same_however_many_wait(
    place: HallWorld, django_assert_num_queries: object
) -> None:
    open_counter(actor=place.world.clerk, counter_id=place.counters[0].pk)
    for n in range(2):
        for _ in range(1 + 5 * n):
            place.draw()
        with django_assert_num_queries(5):  # type: ignore[operator]
            hall(place.world.clerk, place.world.centre)
        with django_assert_num_queries(2):  # type: ignore[operator]
            screen_of(place.world.centre.pk)


@pytest.mark.django_db(transaction=True)
def test_two_clerks_never_call_the_same_ticket(working_morning: dt.datetime) -> None:
    place = make_hall()
    clerks = [place.world.clerk, place.second, place.world.head]
    for actor, counter in zip(clerks, place.counters, strict=True):
        open_counter(actor=actor, counter_id=counter.pk)
    for _ in range(18):
        place.draw()
    called: list[str] = []
    problems: list[BaseException] = []
    ready = threading.Barrier(len(clerks))

    def work(actor: object) -> None:
        try:
            with at_time(working_morning):
                ready.wait(20)
                while True:
                    ticket = call_next(actor=actor)  # type: ignore[arg-type]
                    if ticket is None:
                        return
                    called.append(ticket.label)
                    begin_service(actor=actor, uid=ticket.uid)  # type: ignore[arg-type]
        except BaseException as error:  # noqa: BLE001 - shown by the test
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(actor,)) for actor in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert len(called) == len(set(called)) == 18
    assert Ticket.objects.filter(state=Ticket.State.DONE).count() == 18


def test_a_ticket_changed_meanwhile_is_refused(place: HallWorld) -> None:
    clerk = place.world.clerk
    ticket = place.draw()
    open_counter(actor=clerk, counter_id=place.counters[0].pk)
    call_next(actor=clerk)
    begin_service(actor=clerk, uid=ticket.uid)
    with pytest.raises(TicketMoved):
        mark_missed(actor=clerk, uid=ticket.uid)
    assert take_ticket(
        actor=SYSTEM, agency_id=place.world.centre.pk, field=place.fields[0], fields=place.fields
    )
