"""Counters: setting them up, and who sits at which."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from motcua.casework.access.public import Actor, require
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, InvalidInput, NotFound
from motcua.foundation.timesource import now
from motcua.subsystems.reception.errors import CounterTaken, NotAtCounter
from motcua.subsystems.reception.manifest import MANAGE, SERVE
from motcua.subsystems.reception.models import Counter, Sitting


@transaction.atomic
def set_counter(
    *,
    actor: Actor,
    agency_id: int,
    number: int,
    name: str = "",
    fields: Sequence[str] = (),
    active: bool = True,
) -> Counter:
    """Set up a counter of a centre, or change the one with this number.

    Args:
        number: 1…99, as it stands above the counter.
        fields: codes of the fields served; none means all.

    Raises:
        NotAllowed: the actor does not run this centre. InvalidInput: no such number.
    """
    require(actor, MANAGE, agency_id=agency_id)
    if not 1 <= number <= 99:
        wrong = Bilingual("Số quầy từ 1 đến 99.", "A counter's number is 1 to 99.")
        raise InvalidInput({"number": wrong})
    values = {"name": name.strip()[:80], "fields": sorted(fields), "active": active}
    counter, _made = Counter.objects.update_or_create(
        agency_id=agency_id, number=number, defaults=values
    )
    record(
        actor=actor,
        chain=f"hall:{agency_id}",
        verb="reception.set_counter",
        after={"number": number, **values},
        agency_id=agency_id,
    )
    return counter


@transaction.atomic
def open_counter(*, actor: Actor, counter_id: int) -> Sitting:
    """The clerk sits down at a counter and may call.

    Raises:
        NotFound: no such counter of a centre where the actor serves.
        CounterTaken: somebody sits there, or the clerk sits elsewhere.
    """
    counter = Counter.objects.filter(pk=counter_id, active=True).first()
    if counter is None or counter.agency_id not in actor.agency_ids:
        raise NotFound
    require(actor, SERVE, agency_id=counter.agency_id)
    try:
        with transaction.atomic():
            sitting = Sitting.objects.create(
                counter=counter, account_id=actor.account_id, opened_at=now()
            )
    except IntegrityError as error:
        raise CounterTaken from error
    _note(actor, counter, "reception.open_counter")
    return sitting


@transaction.atomic
def close_counter(*, actor: Actor, counter_id: int | None = None) -> None:
    """Close the clerk's own counter, or (for the head) a counter somebody forgot to close.

    Raises:
        NotAtCounter: nothing is open. NotAllowed: another's counter, and not the head.
    """
    open_now = Sitting.objects.select_for_update(of=("self",)).select_related("counter")
    open_now = open_now.filter(closed_at=None)
    if counter_id is None:
        sitting = open_now.filter(account_id=actor.account_id).first()
    else:
        sitting = open_now.filter(counter_id=counter_id).first()
    if sitting is None:
        raise NotAtCounter
    if sitting.account_id != actor.account_id:
        require(actor, MANAGE, agency_id=sitting.counter.agency_id)
    sitting.closed_at = now()
    sitting.save(update_fields=["closed_at"])
    _note(actor, sitting.counter, "reception.close_counter")


def _note(actor: Actor, counter: Counter, verb: str) -> None:
    record(
        actor=actor,
        chain=f"counter:{counter.pk}",
        verb=verb,
        after={"number": counter.number},
        agency_id=counter.agency_id,
    )
