"""What runs by itself: noting acts for webhooks, telling them, forgetting old messages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from motcua.foundation.outbox.public import BULK, EventMessage, every, handles, subscribes
from motcua.foundation.timesource import now
from motcua.subsystems.applications.public import ACTS
from motcua.subsystems.partners.models import Delivery
from motcua.subsystems.partners.services import deliver, note_event

DAYS_KEPT = 90


def note(event: EventMessage) -> None:
    """Note an act on a dossier for the webhooks that may be told of it."""
    verb = event.topic.removeprefix("applications.")
    note_event(event.id, verb, int(event.payload["case_id"]), event.emitted_at)


@handles("partners.deliver", in_transaction=False, max_attempts=3, lease_seconds=60, priority=BULK)
def tell(payload: dict[str, Any]) -> None:
    """Tell one webhook one thing."""
    deliver(str(payload["delivery"]))


@every(86_400, "partners.forget")
def forget() -> None:
    """Delete messages that ended ninety days ago."""
    old = now() - dt.timedelta(days=DAYS_KEPT)
    Delivery.objects.filter(ended_at__lt=old).delete()


for _verb in ACTS:
    subscribes(f"applications.{_verb}", "partners.note", priority=BULK)(note)
