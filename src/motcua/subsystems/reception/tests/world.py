"""A hall for tests: the small city of dossiers, with three counters and two more clerks."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.casework.access.public import ANONYMOUS, Actor
from motcua.casework.testing.makers import make_official
from motcua.foundation.timesource import today
from motcua.subsystems.applications.tests.world import World, make_world
from motcua.subsystems.reception.models import Counter, Ticket
from motcua.subsystems.reception.rules import PlanFacts
from motcua.subsystems.reception.selectors import field_codes
from motcua.subsystems.reception.services import (
    make_device,
    set_counter,
    set_slot_plan,
    take_ticket,
)


@dataclass
class HallWorld:
    """The ward's centre with its counters, devices and clerks."""

    world: World
    counters: list[Counter]
    second: Actor
    fields: list[str]

    def draw(self, field: str = "", **more: object) -> Ticket:
        """A number drawn at the kiosk."""
        return take_ticket(
            actor=ANONYMOUS,
            agency_id=self.world.centre.pk,
            field=field or self.fields[0],
            fields=self.fields,
            **more,  # type: ignore[arg-type]
        )

    def device(self, kind: str, counter: int = 0) -> str:
        """The secret of a new device."""
        return make_device(
            actor=self.world.head,
            agency_id=self.world.centre.pk,
            kind=kind,
            counter_id=self.counters[counter].pk,
        ).key


def make_hall() -> HallWorld:
    """Build it. Counter 1 serves the first field only, 2 and 3 everything."""
    world = make_world()
    fields = field_codes()
    centre = world.centre.pk
    counters = [
        set_counter(
            actor=world.head, agency_id=centre, number=n, fields=fields[:1] if n == 1 else ()
        )
        for n in (1, 2, 3)
    ]
    set_slot_plan(
        actor=world.head,
        agency_id=centre,
        facts=PlanFacts(30, 1, 2, 14, 60),
        valid_from=today(),
    )
    second = make_official(world.centre, "receiving_clerk", name="Cán bộ thứ hai")
    return HallWorld(world, counters, second, fields)
