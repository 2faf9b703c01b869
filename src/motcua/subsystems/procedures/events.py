"""What is published is found at once; what is retired is found no more.

- ``procedures.published`` — a version of a procedure came into the catalogue: ``code``,
  ``version``.
- ``procedures.retired`` — a procedure ends on ``last_day``, for a ``reason``.
- ``procedures.imported`` — an import of the national catalogue is over: ``run`` and its
  numbers.
"""

from __future__ import annotations

from motcua.foundation.outbox.public import EventMessage, every, subscribes
from motcua.subsystems.procedures.imported.entries import refresh_entries
from motcua.subsystems.procedures.models import Procedure

SIX_HOURS = 6 * 60 * 60


@subscribes("procedures.published", "procedures.index")
@subscribes("procedures.retired", "procedures.index")
def index_procedure(event: EventMessage) -> None:
    """Bring one procedure's entry in catalogue and search up to date. May run twice."""
    refresh_entries({event.key})


@every(SIX_HOURS, "procedures.follow_dates")
def follow_dates() -> None:
    """Let what comes into force or ends by its date appear and vanish in the search."""
    refresh_entries(set(Procedure.objects.values_list("code", flat=True)))
