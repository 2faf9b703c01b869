"""The hall as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.foundation.timesource import now, today
from motcua.subsystems.procedures.public import procedure_names
from motcua.subsystems.reception.groups import groups_on
from motcua.subsystems.reception.models import Ticket
from motcua.subsystems.reception.selectors import CounterNow, Hall, field_names


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket in words: what for, how long it waits, for whom first."""

    ticket: Ticket
    field: str
    procedure: str
    group: str
    minutes: int
    only: int | None


@dataclass(frozen=True, slots=True)
class HallScreen:
    """Everything on the clerk's page of the hall."""

    hall: Hall
    own: CounterNow | None
    current: TicketRow | None
    waiting: Sequence[TicketRow]
    missed: Sequence[TicketRow]
    free: Sequence[tuple[int, str]]
    fields: Sequence[tuple[str, str]]
    groups: Sequence[tuple[str, str]]
    targets: Sequence[tuple[str, str]]


def hall_screen(hall: Hall, english: bool) -> HallScreen:
    """Turn the hall into rows. Names come from what is remembered."""
    language = "en" if english else "vi"
    names = field_names(english)
    groups = {g.code: g.name.in_language(language) for g in groups_on(today())}
    procedures = procedure_names(today())
    at = now()

    def row(ticket: Ticket) -> TicketRow:
        known = procedures.get(ticket.procedure_code)
        return TicketRow(
            ticket,
            str(names.get(ticket.field) or ticket.field),
            known.in_language(language) if known else "",
            groups.get(ticket.group, ""),
            int((at - ticket.issued_at).total_seconds() // 60),
            ticket.only_counter_id,
        )

    own = hall.own
    others = [c.counter for c in hall.counters if own is None or c.counter.pk != own.counter.pk]
    word = "Counter" if english else "Quầy"
    return HallScreen(
        hall,
        own,
        row(own.ticket) if own and own.ticket else None,
        [row(t) for t in hall.waiting],
        [row(t) for t in hall.missed],
        [(c.counter.pk, f"{word} {c.counter.number} {c.counter.name}".strip())
         for c in hall.counters if c.sitting is None],
        list(names.items()),
        list(groups.items()),
        [(f"field:{code}", name) for code, name in names.items()]
        + [(f"counter:{c.pk}", f"{word} {c.number} {c.name}".strip()) for c in others],
    )  # fmt: skip
