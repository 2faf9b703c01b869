"""What happens to open cases when their agency is merged into another."""

from __future__ import annotations

import datetime as dt

from motcua.casework.access.public import Actor
from motcua.casework.cases.models import Case, SavedView
from motcua.casework.ledger.public import record


def move_open_cases(
    actor: Actor, predecessor_id: int, successor_id: int, effective_on: dt.date
) -> dict[str, int]:
    """Hand open cases to the successor: holder and competence move, code and clock stay.

    The receiving agency is a fact of history and stays. One statement per
    column however many cases; the ledger keeps one entry with the count on the
    agency's chain, since no case changes its state.
    """
    held = Case.objects.filter(holder_agency_id=predecessor_id, is_open=True)
    competent = Case.objects.filter(competent_agency_id=predecessor_id, is_open=True)
    counts = {
        "cases_competent": competent.update(competent_agency_id=successor_id),
        "views_shared": SavedView.objects.filter(shared_with_id=predecessor_id).update(
            shared_with_id=successor_id
        ),
        "cases_held": held.update(holder_agency_id=successor_id),
    }
    record(
        actor=actor,
        chain=f"agency:{successor_id}",
        verb="cases.inherit",
        after={"from": predecessor_id, "on": effective_on.isoformat(), **counts},
    )
    return counts
