"""Beginning at the counter: which procedure, and the person's card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from motcua.casework.forms.public import validate
from motcua.casework.people.public import Card, read_card
from motcua.foundation.folding import fold, words
from motcua.foundation.timesource import now, today
from motcua.subsystems.applications.communes import communes
from motcua.subsystems.applications.console_views.counter_draft import (
    CounterDraft,
    lay_into_form,
    look_up,
    procedures_at_counter,
    remember_person,
)
from motcua.subsystems.applications.console_views.counter_form import counter_form
from motcua.subsystems.applications.selectors import procedures_received

RECENT_DAYS = 60
Row = tuple[str, str, str]


def recent_procedures(agency_id: int) -> list[Row]:
    """What this centre received most in the last two months, at most eight."""
    known = {row[0]: row for row in procedures_at_counter()}
    codes = procedures_received(agency_id, now() - dt.timedelta(days=RECENT_DAYS))
    return [known[code] for code in codes if code in known][:8]


def find_procedures(typed: str, agency_id: int) -> list[Row]:
    """The procedures that what was typed may mean, the centre's usual ones first.

    A code, or words of the name in any order, with or without accents, each begun at least.
    """
    rows, wanted = procedures_at_counter(), words(typed)
    exact = [row for row in rows if fold(typed).strip() in {row[0].lower(), fold(row[1])}]
    if exact or not wanted:
        return exact[:1]
    usual = [row[0] for row in recent_procedures(agency_id)]
    found = [row for row in rows if _means(wanted, words(f"{row[1]} {row[0]}"))]
    return sorted(found, key=lambda r: usual.index(r[0]) if r[0] in usual else len(usual))


def _means(wanted: list[str], present: list[str]) -> bool:
    return all(any(word.startswith(piece) for word in present) for piece in wanted)


def take_card(draft: CounterDraft, text: str) -> bool:
    """Lay a scanned card, and what is on record of its holder, into the draft.

    Returns:
        Whether the person is known well enough to go on to the e-form at once.
    """
    card = read_card(text)
    if card is None:
        return False
    look_up(draft, card.number)
    person = draft.person()
    answers = {**(person.answers if person else {}), **_facts(card)}
    remember_person(draft, answers)
    if not validate(counter_form(), answers, today=today()).ok:
        return False
    lay_into_form(draft, answers)
    return True


def _facts(card: Card) -> Mapping[str, Any]:
    """What the card says goes before what was on record; it says nothing of phone and mail."""
    facts: dict[str, Any] = {"identity_number": card.number}
    if card.full_name:
        facts["full_name"] = card.full_name
    if card.birth_date:
        facts["birth_date"] = card.birth_date.isoformat()
    if card.address:
        facts["address"] = _place(card.address)
    return facts


def _place(address: str) -> dict[str, str]:
    """The address line, and the commune when it is one of today's; old wards are left open."""
    folded = fold(address)
    for code, name in communes().items():
        if fold(name.vi) in folded:
            return {"commune": code, "line": address}
    return {"line": address}
