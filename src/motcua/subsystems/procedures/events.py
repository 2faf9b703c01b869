"""What is published is found at once; what is retired is found no more.

- ``procedures.published`` — a version of a procedure came into the catalogue: ``code``,
  ``version``.
- ``procedures.retired`` — a procedure ends on ``last_day``, for a ``reason``.
"""

from __future__ import annotations

from motcua.casework.access.public import PUBLIC_VIEWER
from motcua.casework.search.public import Entry, index_many, remove
from motcua.foundation.outbox.public import EventMessage, every, subscribes
from motcua.foundation.timesource import today
from motcua.subsystems.procedures.models import Procedure
from motcua.subsystems.procedures.selectors import search_entries

KIND = "procedure"
SIX_HOURS = 6 * 60 * 60


@subscribes("procedures.published", "procedures.index")
@subscribes("procedures.retired", "procedures.index")
def index_procedure(event: EventMessage) -> None:
    """Bring one procedure's entry in the search index up to date. May run twice."""
    _bring_up_to_date({event.key})


@every(SIX_HOURS, "procedures.follow_dates")
def follow_dates() -> None:
    """Let what comes into force or ends by its date appear and vanish in the search."""
    _bring_up_to_date(set(Procedure.objects.values_list("code", flat=True)))


def _bring_up_to_date(codes: set[str]) -> None:
    entries = [entry for entry in search_entries(today()) if entry.code in codes]
    index_many(
        Entry(
            KIND,
            entry.code,
            entry.title,
            entry.text,
            viewers=(PUBLIC_VIEWER,),
            data={"code": entry.code, "title_en": entry.title_en},
        )
        for entry in entries
    )
    remove(KIND, codes - {entry.code for entry in entries})
