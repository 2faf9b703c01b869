"""New notices are planned for delivery after the transaction that wrote them.

- ``notices.created`` — notices were written for one or more readers: ``notices`` (uids).
"""

from __future__ import annotations

from motcua.casework.notices.delivery import plan_deliveries
from motcua.casework.notices.services import CREATED
from motcua.foundation.outbox.public import EventMessage, subscribes


@subscribes(CREATED, "notices.plan")
def plan(event: EventMessage) -> None:
    """Plan the deliveries of new notices over each reader's channels."""
    plan_deliveries(event.payload["notices"])
