"""New notices are planned for delivery after the transaction that wrote them."""

from __future__ import annotations

from motcua.casework.notices.delivery import plan_deliveries
from motcua.casework.notices.services import CREATED
from motcua.foundation.outbox.public import EventMessage, subscribes


@subscribes(CREATED, "notices.plan")
def plan(event: EventMessage) -> None:
    plan_deliveries(event.payload["notices"])
