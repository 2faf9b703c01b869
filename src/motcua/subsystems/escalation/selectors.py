"""Ladders with their history, and the rungs that a case passed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from motcua.casework.access.public import Actor, allowed, require
from motcua.casework.agencies.public import Agency
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import today
from motcua.subsystems.applications.public import Panel
from motcua.subsystems.escalation.ladders import delivered, ladder_of, ladders_on
from motcua.subsystems.escalation.models import LadderRow, Passed
from motcua.subsystems.escalation.rules import Ladder, Rung
from motcua.subsystems.escalation.wording import WHOM, key_words
from motcua.subsystems.procedures.public import field_names

NAME = Bilingual("Nhắc hạn", "Reminders")


@dataclass(frozen=True, slots=True)
class PassedRung:
    """A passed rung with its words and what was said about it."""

    row: Passed
    words: Bilingual
    people: int
    said: Sequence[Any]


def passed_by(case_id: int) -> list[PassedRung]:
    """The rungs a case passed, newest first. Three statements; one when there are none."""
    rows = Passed.objects.filter(case_id=case_id).prefetch_related("tellings", "explanations")
    return [
        PassedRung(row, key_words(row.key), len(row.tellings.all()), list(row.explanations.all()))
        for row in rows.order_by("-passed_at", "-pk")
    ]


def panel_of(actor: Actor, case: Any) -> Panel | None:
    """What the page of a case shows of the ladder; nothing before the first rung."""
    if not actor.serves:
        return None
    rungs = passed_by(case.pk)
    if not rungs:
        return None
    may = case.is_open and allowed(actor, "escalation.explain", agency_id=case.holder_agency_id)
    asks = any(rung.row.explain and not rung.said for rung in rungs)
    data = {"rungs": rungs, "may_explain": may, "case": case}
    return Panel(NAME, "escalation/panel.html", data, open=may and asks)


@dataclass(frozen=True, slots=True)
class ShownRung:
    """A rung in words."""

    words: Bilingual
    whom: Bilingual
    explain: bool


@dataclass(frozen=True, slots=True)
class ShownLadder:
    """A ladder with its scope in words."""

    scope: Bilingual
    valid_from: dt.date
    rungs: Sequence[ShownRung]
    reason: str = ""
    who: str = ""
    in_force: bool = False


def shown_rung(rung: Rung) -> ShownRung:
    words = key_words(rung.key)
    if rung.when == "again":
        n = rung.amount
        words = Bilingual(
            f"quá hạn, nhắc lại mỗi {n} ngày làm việc", f"overdue, again every {n} working days"
        )
    whom = [WHOM[name] for name in rung.tell]
    names = Bilingual(", ".join(w.vi for w in whom), ", ".join(w.en for w in whom))
    return ShownRung(words, names, rung.explain)


def ladders_page(actor: Actor) -> list[ShownLadder]:
    """Every ladder there was and is, the newest first. Two statements.

    Raises:
        NotAllowed.
    """
    require(actor, "escalation.set_ladder")
    now = {id(ladder): ladder for ladder in ladders_on(today()).values()}
    current = {(one.scope, one.recorded) for one in now.values()}
    names = field_names()
    shown: list[ShownLadder] = []
    for row in LadderRow.objects.select_related("agency").order_by("-valid_from", "-pk"):
        ladder = ladder_of(row)
        held = (ladder.scope, ladder.recorded) in current
        shown.append(_shown(ladder, names, row.agency, row.reason, row.actor_name, held))
    for ladder in delivered():
        held = (ladder.scope, ladder.recorded) in current
        shown.append(_shown(ladder, names, None, "", "", held))
    return shown


def _shown(
    ladder: Ladder, names: Any, agency: Agency | None, reason: str, who: str, held: bool
) -> ShownLadder:
    scope = names.get(ladder.field) or Bilingual("Toàn thành phố", "The whole city")
    if agency is not None:
        scope = Bilingual(f"{agency.name} – {scope.vi}", f"{agency.name_en} – {scope.en}")
    rungs = [shown_rung(rung) for rung in ladder.rungs]
    return ShownLadder(scope, ladder.valid_from, rungs, reason, who, held)


def city_rungs() -> Sequence[Rung]:
    """The city's own ladder today, to begin a new one from."""
    ladder = ladders_on(today()).get((None, ""))
    return ladder.rungs if ladder else ()


def agency_of_code(code: str) -> int | None:
    """The id of an agency by its code; None when there is none."""
    return Agency.objects.filter(code=code).values_list("pk", flat=True).first()
