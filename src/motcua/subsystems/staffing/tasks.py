"""What runs by itself: giving the cases of a distribution, and standing rules."""

from __future__ import annotations

from typing import Any

from motcua.foundation.outbox.public import EventMessage, enqueue, handles, subscribes
from motcua.subsystems.staffing.services import GIVE, give_by_rule, give_next


@handles(GIVE, lease_seconds=300)
def give(payload: dict[str, Any]) -> None:
    """Give the next few cases of a distribution."""
    if give_next(int(payload["distribution"])):
        enqueue(GIVE, {"distribution": payload["distribution"]})


def follow_rule(event: EventMessage) -> None:
    """A case that came without an officer is given by the agency's standing rule."""
    give_by_rule(int(event.payload["case_id"]))


BRING = ("submitted", "forward", "accept", "supplement")
"""Acts after which a case may wait for an officer."""
for _verb in BRING:
    subscribes(f"applications.{_verb}", "staffing.rule")(follow_rule)
