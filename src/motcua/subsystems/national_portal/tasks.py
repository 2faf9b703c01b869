"""What runs by itself: writing messages down, handing them over, fetching what was filed."""

from __future__ import annotations

from typing import Any

import structlog

from motcua.foundation.outbound import OutboundUnavailable
from motcua.foundation.outbox.public import BULK, EventMessage, every, handles, subscribes
from motcua.subsystems.applications.public import ACTS
from motcua.subsystems.national_portal.ports import connected
from motcua.subsystems.national_portal.services import (
    collect_filed,
    deliver,
    report_dossier,
    take,
)

TRIES = 12
log = structlog.get_logger(__name__)


def write_down(event: EventMessage) -> None:
    """Append what the portal must be told of an act on a dossier."""
    if connected():
        report_dossier(int(event.payload["case_id"]))


@subscribes("payments.collected", "national_portal.write_payment_down", priority=BULK)
def write_payment_down(event: EventMessage) -> None:
    """Append the dossier anew when its charge was paid: no act of an official need follow."""
    if connected():
        report_dossier(int(event.payload["case_id"]), again=f":paid{event.payload['receipt_id']}")


@handles(
    "national_portal.deliver",
    in_transaction=False,
    max_attempts=TRIES,
    lease_seconds=120,
    priority=BULK,
)
def hand_over(payload: dict[str, Any]) -> None:
    """Hand a dossier's waiting messages over to the portal, in order."""
    if connected():
        deliver(int(payload["case_id"]))


@handles("national_portal.take", in_transaction=False, max_attempts=TRIES, lease_seconds=120)
def take_in(payload: dict[str, Any]) -> None:
    """File a dossier that came from the portal, or show it to a person."""
    take(int(payload["inbound_id"]))


@handles("national_portal.collect", in_transaction=False, max_attempts=1, lease_seconds=120)
def fetch_filed(payload: dict[str, Any]) -> None:
    """Fetch what was filed on the portal since the last time; an outage waits for the next."""
    del payload
    if not connected():
        return
    try:
        collect_filed()
    except OutboundUnavailable:
        log.warning("national_portal.away")


@every(60, "national_portal.look")
def look() -> None:
    """Once a minute, ask for what was filed on the portal (a job of its own: it waits outside)."""
    from motcua.foundation.outbox.public import enqueue

    if connected():
        enqueue("national_portal.collect", {})


for _verb in ACTS:
    subscribes(f"applications.{_verb}", "national_portal.write_down", priority=BULK)(write_down)
