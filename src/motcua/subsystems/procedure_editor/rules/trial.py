"""A dossier walked through a draft's process under a simulated clock. Pure: nothing is kept.

The clock is the real one (``clock.public``), fee, case and limit are the catalogue's own rules;
only the agencies and people are left out. Each official takes the hours of the step, the
applicant two working days, unless other hours are given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from motcua.casework.calendar.public import WorkCalendar
from motcua.casework.clock.public import (
    Due,
    Entry,
    Limit,
    Policy,
    Why,
    plan_resume,
    plan_start,
    plan_stop,
    plan_suspend,
)
from motcua.casework.workflow.public import (
    Definition,
    MarkedToken,
    Marking,
    NoSuchMove,
    enabled,
    fire,
    first_marking,
)
from motcua.foundation.errors import Bilingual, DomainError
from motcua.subsystems.procedure_editor.rules.documents import Document
from motcua.subsystems.procedure_editor.rules.process_words import ROLE_NAMES, SLIPS, STATE_NAMES
from motcua.subsystems.procedures.public import limit_for

APPLICANT_HOURS: Final = 16.0
MOST_MOVES: Final = 60
_PAUSING: Final = {"request_supplement": "supplement", "request_financial_obligation": "financial"}
_RESUMING: Final = frozenset({"supplement", "confirm_financial_obligation"})
_ENDING: Final = frozenset(
    {
        "issue",
        "refuse",
        "stop",
        "stop_no_supplement",
        "refuse_after_appraisal",
        "approve_withdrawal",
    }
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """One act of the walk: ``examine.propose``, done after so many working hours."""

    step: str
    action: str
    hours: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """What one act did: when, who, the state after it, the due date, the slip it makes."""

    at: dt.datetime
    step: Bilingual
    role: Bilingual
    action: Bilingual
    state: Bilingual
    due: dt.datetime | None
    late: bool
    slip: Bilingual | None
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Possible:
    """What may be done next."""

    key: str
    step: Bilingual
    role: Bilingual
    action: Bilingual
    primary: bool


@dataclass(frozen=True, slots=True)
class Walk:
    """The whole walk so far. ``due`` is the due date now; ``ended`` when nothing is left to do."""

    rows: tuple[Row, ...]
    possible: tuple[Possible, ...]
    state: Bilingual
    now: dt.datetime
    due: dt.datetime | None
    ended: bool


@dataclass(slots=True)
class _Clock:
    """The main track, as entries not written anywhere."""

    calendar: WorkCalendar
    entries: list[Entry] = field(default_factory=list[Entry])
    due: Due | None = None

    def take(self, plan: Any) -> None:
        self.entries.append(plan.entry)
        self.due = plan.due


def walk(
    package: Document,
    definition: Definition,
    moves: Sequence[Chosen],
    *,
    known: Mapping[str, Any],
    case: str,
    channel: str,
    filed_at: dt.datetime,
    calendar: WorkCalendar,
) -> Walk:
    """The dossier after these moves; what cannot be done any more is left out from there on.

    Args:
        known: what conditions read: answers, ``case``, ``channel``.
        filed_at: when the simulated dossier is filed.
    """
    clock = _Clock(calendar)
    marking, at = first_marking(definition), filed_at
    state = definition.step(definition.start).state
    rows: list[Row] = []
    for chosen in moves[:MOST_MOVES]:
        token = next((t for t in sorted(marking) if t.step == chosen.step), None)
        if token is None:
            break
        try:
            following, effects = fire(definition, marking, token, chosen.action, known)
        except NoSuchMove:
            break
        at = calendar.add_working_hours(at, _hours(definition, token, chosen))
        late = _is_late(clock.due, at)
        note = _keep_time(package, clock, effects.verb, at, case, channel)
        marking, state = following, effects.state or state
        made = _Made(at, state, effects.verb, late, note)
        rows.append(_row(definition, token, chosen, made, clock.due))
    return Walk(
        tuple(rows),
        _possible(definition, marking, known),
        STATE_NAMES.get(state, Bilingual(state, state)),
        at,
        clock.due.at if clock.due else None,
        not marking,
    )


def _hours(definition: Definition, token: MarkedToken, chosen: Chosen) -> int:
    """Whole hours, at least one: the calendar counts in hours."""
    step = definition.step(token.step)
    usual = APPLICANT_HOURS if step.role == "applicant" else step.hours
    hours = chosen.hours if chosen.hours is not None else usual
    return max(1, round(hours or 1))


def _is_late(due: Due | None, at: dt.datetime) -> bool:
    return due is not None and due.state == "running" and due.at is not None and at > due.at


def _keep_time(
    package: Document, clock: _Clock, verb: str, at: dt.datetime, case: str, channel: str
) -> Bilingual | None:
    """What a verb does to the clock, by the clock's own rules; its refusal as a note."""
    common: dict[str, Any] = {
        "calendar": clock.calendar,
        "at": at,
        "why": Why(reason="trial", legal_basis="trial"),
    }
    try:
        if verb == "accept":
            limit = limit_for(package, case, channel, at.date())
            span: Any = Limit(limit.amount, limit.unit)  # type: ignore[arg-type]
            policy = _policy(package)
            clock.take(plan_start(clock.entries, limit=span, policy=policy, **common))
        elif verb in _PAUSING and clock.due is not None:
            ground: Any = _PAUSING[verb]
            clock.take(plan_suspend(clock.entries, ground=ground, **common))
        elif verb in _RESUMING and clock.due is not None:
            clock.take(plan_resume(clock.entries, **common))
        elif verb in _ENDING and clock.due is not None and clock.due.state != "stopped":
            clock.take(plan_stop(clock.entries, **common))
    except DomainError as error:
        return error.text()
    except LookupError:
        return Bilingual("Chưa có thời hạn cho trường hợp này.", "There is no limit for this case.")
    return None


def _policy(package: Document) -> Policy:
    days = package.get("supplement_days")
    unit: Any = package.get("supplement_unit") or "working_day"
    kind: Any = package["supplement_policy"]
    return Policy(kind, Limit(days, unit) if days else None)


@dataclass(frozen=True, slots=True)
class _Made:
    """What one act came to."""

    at: dt.datetime
    state: str
    verb: str
    late: bool
    note: Bilingual | None


def _row(
    definition: Definition, token: MarkedToken, chosen: Chosen, made: _Made, due: Due | None
) -> Row:
    step, move = definition.step(token.step), definition.move(token.step, chosen.action)
    role = (move.role if move else "") or step.role
    return Row(
        made.at,
        Bilingual(step.name.vi, step.name.en),
        ROLE_NAMES.get(role, Bilingual(role, role)),
        move.label if move else Bilingual(chosen.action, chosen.action),
        STATE_NAMES.get(made.state, Bilingual(made.state, made.state)),
        due.at if due and due.state == "running" else None,
        made.late,
        SLIPS.get(made.verb),
        made.note,
    )


def _possible(
    definition: Definition, marking: Marking, known: Mapping[str, Any]
) -> tuple[Possible, ...]:
    found: list[Possible] = []
    may = enabled(definition, marking, known)
    for token in sorted(marking):
        step = definition.step(token.step)
        for move in definition.moves(token.step):
            if move.after is None and (token.step, move.id) not in may:
                continue
            if move.after is not None and not move.interrupts:
                continue
            role = move.role or step.role
            found.append(
                Possible(
                    f"{token.step}.{move.id}",
                    Bilingual(step.name.vi, step.name.en),
                    ROLE_NAMES.get(role, Bilingual(role, role)),
                    move.label,
                    move.primary,
                )
            )
    return tuple(found)
